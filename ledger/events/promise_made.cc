// A customer promises to pay. It changes nothing of what is open.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckPromiseDue(RuleCase& rule_case) {
  const Date due = DateOf(*rule_case.event.body<schema::PromiseMade>().due());
  if (due < rule_case.event.date()) {
    return Rejection{
        RejectionCode::kBadDate,
        fmt::format("promised on {} for {}, a day that had passed", rule_case.event.date().ToString(), due.ToString()),
        "due"};
  }
  return std::nullopt;
}

void EvolvePromiseMade(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::PromiseMade>();
  const std::string_view number = EventView::Text(body.promise());
  EvolveBase(evolve_case, evolve_case.books.CreateDocument<Promise>(DocumentKind::kPromise, number), body.amount());
}

void MovePromiseMade(EventView event, Figures& figures) {
  const auto& body = event.body<schema::PromiseMade>();
  const Date due = DateOf(*body.due());
  figures.AddPromise({.number = EventView::Text(body.promise()),
                      .amount = body.amount()->minor(),
                      .due = due,
                      .invoices = event.AllReferred("invoices"),
                      .last_day = body.grace() < 0 ? std::nullopt : std::optional(due.AddDays(body.grace())),
                      .plan = EventView::Text(body.plan()),
                      .instrument = EventView::Text(body.instrument())});
}

}  // namespace

const EventKind kPromiseMade{
    .chinese = "付款承诺",
    .sentence =
        "Promise {promise} to pay {amount} by {due}[ on invoices {invoices}][, {grace} days of grace][, plan {plan}][, "
        "by {instrument}]",
    .chinese_sentence =
        "付款承诺 {promise}：{due} 前支付 {amount}[，对应发票 {invoices}][，宽限 {grace} 天][，计划 {plan}][，凭 "
        "{instrument}]",
    .check_fields = CheckPromiseDue,
    .evolve = EvolvePromiseMade,
    .moves = MovePromiseMade,
};

}  // namespace duebook
