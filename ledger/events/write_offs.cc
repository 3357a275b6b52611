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

Rejection RefuseState(RejectionCode code, const NamedDocument& write_off, std::string_view needed) {
  const std::string_view state = StateText(write_off.Get<WriteOff>().state);
  return {code, fmt::format("write-off {} is {}, not {}", write_off.number(), state, needed), "write_off"};
}

Rejection RefuseCausal(std::string_view what, Date date, Date earliest) {
  return {RejectionCode::kBeforeItsCause,
          fmt::format("dated {}, before {} on {}", date.ToString(), what, earliest.ToString()), "date"};
}

std::optional<Rejection> CheckOpenToWriteOff(const Books::Found& named, Date date, Minor amount) {
  const auto& invoice = named.Get<Invoice>();
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  if (least.value >= amount) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanOpen,
      fmt::format("writing off {} of invoice {}, of which {} is open on {}", Shown(amount, invoice.currency),
                  named.number().text(), Shown(least.value, invoice.currency), least.date.ToString()),
      "amount"};
}

void ChangeRequested(Customer& customer, Currency currency, Date date, Sum change) {
  auto& all = customer.requested;
  auto requested = FindRequested(all, currency);
  if (requested == all.end()) requested = all.insert(all.end(), {currency, Timeline()});
  requested->second.Add(date, change);
}

void ChangeRequested(const EvolveCase& evolve_case, const WriteOff& write_off, int sign) {
  ChangeRequested(evolve_case.MutableCustomer(), write_off.currency, write_off.date, sign * write_off.amount);
}

std::optional<Rejection> CheckIsInForce(RuleCase& rule_case) {
  const NamedDocument& write_off = rule_case.named.By("write_off");
  if (write_off.Get<WriteOff>().state == WriteOffState::kInForce) return std::nullopt;
  return RefuseState(RejectionCode::kNotInForce, write_off, "in force");
}

std::optional<Rejection> CheckCameIntoForce(RuleCase& rule_case) {
  const auto& write_off = rule_case.named.Get<WriteOff>("write_off");
  if (rule_case.event.date() >= write_off.in_force_from) return std::nullopt;
  return RefuseCausal("it came into force", rule_case.event.date(), write_off.in_force_from);
}

}  // namespace duebook
