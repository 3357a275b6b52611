#include "ledger/events/fundings.h"

#include <fmt/core.h>

namespace duebook {

std::string_view FundingField(const Named& named) {
  return named.Find("payment") != nullptr ? "payment" : "credit_note";
}

const NamedDocument& NamedFunding(const Named& named) { return named.By(FundingField(named)); }

uint64_t ReferredFunding(EventView event) {
  const uint64_t payment = event.Referred("payment");
  return payment != 0 ? payment : event.Referred("credit_note");
}

std::string Called(const NamedDocument& funding) {
  return fmt::format("{} {}", funding.kind == DocumentKind::kPayment ? "payment" : "credit note", funding.number());
}

Rejection RefuseReversed(const NamedDocument& funding) {
  return {RejectionCode::kAlreadyReversed, fmt::format("{} was reversed", Called(funding)), std::string(funding.field)};
}

std::optional<Rejection> CheckPaymentStands(RuleCase& rule_case) {
  const NamedDocument* payment = rule_case.named.Find("payment");
  if (payment == nullptr || !payment->Get<Funding>().reversed) return std::nullopt;
  return RefuseReversed(*payment);
}

std::optional<Rejection> CheckFunding(RuleCase& rule_case) {
  const NamedDocument& named = NamedFunding(rule_case.named);
  const auto* funding = named.As<Funding>();
  if (funding == nullptr) {
    return Rejection{RejectionCode::kCreditNoteAllocated,
                     fmt::format("{} was issued on an invoice and has nothing left to apply or refund", Called(named)),
                     "credit_note"};
  }
  if (funding->reversed) return RefuseReversed(named);
  return std::nullopt;
}

std::optional<Rejection> CheckUnapplied(const NamedDocument& named, Date date, Minor amount, std::string_view doing) {
  const auto& funding = named.Get<Funding>();
  const Timeline::Extreme least = funding.unapplied.LeastFrom(date);
  if (least.value >= amount) return std::nullopt;
  return Rejection{RejectionCode::kMoreThanUnapplied,
                   fmt::format("{} {} of {} would leave {} of it on {}", doing, Shown(amount, funding.currency),
                               Called(named), Shown(least.value - amount, funding.currency), least.date.ToString()),
                   "amount"};
}

}  // namespace duebook
