#include "ledger/events/write_offs.h"

#include <fmt/core.h>

namespace duebook {

namespace {

std::string_view StateText(WriteOffState state) {
  switch (state) {
    case WriteOffState::kPending:
      return "pending";
    case WriteOffState::kInForce:
      return "in force";
    case WriteOffState::kRejected:
      return "rejected";
    case WriteOffState::kReversed:
      return "reversed";
  }
  CHECK(false);
}

}  // namespace

const WriteOff& NamedWriteOff(RuleCase& rule_case, std::string_view number) {
  return *rule_case.books.FindDocument<WriteOff>(DocumentKind::kWriteOff, number);
}

Rejection RefuseState(RejectionCode code, std::string_view number, WriteOffState state, std::string_view needed) {
  return {code, fmt::format("write-off {} is {}, not {}", number, StateText(state), needed), "write_off"};
}

Rejection RefuseCausal(std::string_view what, Date date, Date earliest) {
  return {RejectionCode::kBeforeItsCause,
          fmt::format("dated {}, before {} on {}", date.ToString(), what, earliest.ToString()), "date"};
}

std::optional<Rejection> CheckOpenToWriteOff(Books& books, std::string_view number, Date date, Minor amount) {
  const auto& invoice = *books.FindDocument<Invoice>(DocumentKind::kInvoice, number);
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  if (least.value >= amount) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanOpen,
      fmt::format("writing off {} of invoice {}, of which {} is open on {}", Shown(amount, invoice.currency), number,
                  Shown(least.value, invoice.currency), least.date.ToString()),
      "amount"};
}

void ChangeRequested(Books& books, const WriteOff& write_off, int sign) {
  auto& all = books.MutableCustomer(write_off.customer).requested;
  auto requested = FindRequested(all, write_off.currency);
  if (requested == all.end()) requested = all.insert(all.end(), {write_off.currency, Timeline()});
  requested->second.Add(write_off.date, sign * write_off.amount);
}

}  // namespace duebook
