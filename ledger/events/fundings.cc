#include "ledger/events/fundings.h"

#include <fmt/core.h>

namespace duebook {

std::string Called(const FundingName& name) {
  return fmt::format("{} {}", name.kind == DocumentKind::kPayment ? "payment" : "credit note", name.number);
}

Rejection RefuseReversed(const FundingName& name) {
  return {RejectionCode::kAlreadyReversed, fmt::format("{} was reversed", Called(name)),
          name.kind == DocumentKind::kPayment ? "payment" : "credit_note"};
}

const Funding& NamedFunding(RuleCase& rule_case, const FundingName& name) {
  return *rule_case.books.FindDocument<Funding>(name.kind, name.number);
}

std::optional<Rejection> CheckMayBeUsed(RuleCase& rule_case, const FundingName& name) {
  const auto* funding = rule_case.books.FindDocument<Funding>(name.kind, name.number);
  if (funding == nullptr) {
    return Rejection{RejectionCode::kCreditNoteAllocated,
                     fmt::format("{} was issued on an invoice and has nothing left to apply or refund", Called(name)),
                     "credit_note"};
  }
  if (funding->reversed) return RefuseReversed(name);
  return std::nullopt;
}

std::optional<Rejection> CheckUnapplied(const Funding& funding, const FundingName& name, Date date, Minor amount,
                                        std::string_view doing) {
  const Timeline::Extreme least = funding.unapplied.LeastFrom(date);
  if (least.value >= amount) return std::nullopt;
  return Rejection{RejectionCode::kMoreThanUnapplied,
                   fmt::format("{} {} of {} would leave {} of it on {}", doing, Shown(amount, funding.currency),
                               Called(name), Shown(least.value - amount, funding.currency), least.date.ToString()),
                   "amount"};
}

}  // namespace duebook
