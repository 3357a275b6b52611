// What a customer may owe is approved.

#include <fmt/core.h>

#include "ledger/command/spelling.h"
#include "ledger/events/credit_roles.h"
#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

Minor ApprovedLimit(const RuleCase& rule_case) {
  const schema::Amount* limit = rule_case.event.body<schema::CustomerApproved>().limit();
  if (limit != nullptr) return limit->minor();
  return LimitOn(rule_case.customer->credit.limits, rule_case.event.currency(), rule_case.event.date());
}

// Who opened an account, or looks after it, does not approve it; and once is enough.
std::optional<Rejection> DecideCustomerApproved(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  if (event.imported()) return std::nullopt;
  const auto refuse = [](RejectionCode code, std::string sentence) {
    return Rejection{code, std::move(sentence), "actor"};
  };
  const std::string_view actor = event.actor();
  const CreditFile& credit = rule_case.customer->credit;
  if (actor == credit.opened_by) {
    return refuse(RejectionCode::kSelfApproval,
                  fmt::format("{} opened the account of {} and cannot approve it", actor, event.customer()));
  }
  if (auto rejection = CheckMaySetLimit(rule_case, ApprovedLimit(rule_case))) return rejection;
  if (actor == SalespersonOf(rule_case)) {
    return refuse(RejectionCode::kSalespersonApproves,
                  fmt::format("{} is the salesperson of {} on {} and cannot approve it", actor, event.customer(),
                              event.date().ToString()));
  }
  const Timeline::Extreme most = credit.approved.MostFrom(event.date());
  if (most.value == 0) return std::nullopt;
  return Rejection{RejectionCode::kApprovedTwice,
                   fmt::format("{} is approved already on {}", event.customer(), most.date.ToString()), "customer"};
}

void EvolveCustomerApproved(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::CustomerApproved>();
  Customer& customer = evolve_case.MutableCustomer();
  customer.credit.approved.Add(event.date(), 1);
  KeepLimit(customer, event, body.limit());
  const std::string_view terms = EventView::Text(body.terms());
  if (!terms.empty()) customer.terms.push_back({event.date(), std::string(terms)});
}

// The limit and the terms stay.
void EvolveUndone(Books& books, const Reversible& original, const Books::Found& /*changed*/, Date date) {
  books.MutableCustomer(original.customer).credit.approved.Add(date, -1);
}

// The amount is the limit, if it says one: then the number is 1. The key is who approves.
void MoveCustomerApproved(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CustomerApproved>();
  figures.AddFact(
      {.amount = AmountOf(body.limit()), .number = body.limit() == nullptr ? 0U : 1U, .key = event.actor()});
  if (body.limit() != nullptr) figures.SetLimit(event.Referred("customer"), body.limit()->minor());
  figures.Describe(event.Referred("customer"), kTermsAttribute, EventView::Text(body.terms()));
}

}  // namespace

const EventKind kCustomerApproved{
    .chinese = "客户批准",
    .sentence = "Customer approved[ with a limit of {limit}][, terms {terms}][, application {form}][: {reason}]",
    .chinese_sentence = "批准客户赊销[，额度 {limit}][，账期 {terms}][，开户申请书 {form}][：{reason}]",
    .check_fields = CheckTermsOf<schema::CustomerApproved>,
    .decide = DecideCustomerApproved,
    .evolve = EvolveCustomerApproved,
    .undo = {.evolve = EvolveUndone},
    .loaded = LoadedWith::kCustomer,
    .moves = MoveCustomerApproved,
};

}  // namespace duebook
