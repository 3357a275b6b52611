// What is open of an invoice is to be paid on other days from now on.

#include <fmt/core.h>

#include "ledger/events/credit_roles.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/schedules.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckAfterLast(RuleCase& rule_case) {
  const Schedules::Schedule* last = LastNewSchedule(rule_case.books, rule_case.named.By("invoice").found);
  const Date date = rule_case.event.date();
  if (last == nullptr || date >= last->date) return std::nullopt;
  return Rejection{RejectionCode::kBeforeItsCause,
                   fmt::format("dated {}, before the last schedule, event {}, on {}", date.ToString(), last->seq,
                               last->date.ToString()),
                   "date"};
}

std::optional<Rejection> DecideInvoiceRescheduled(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::InvoiceRescheduled>();
  const NamedDocument& named = rule_case.named.By("invoice");
  const auto& invoice = named.Get<Invoice>();
  const Sum sum = SumOf(*body.instalments());
  const Sum open = invoice.open.At(rule_case.event.date());
  if (sum == open) return CheckCreditKeeper(rule_case);
  return Rejection{
      RejectionCode::kInstalmentsDiffer,
      fmt::format("the instalments add up to {}, and {} of invoice {} is open on {}", Shown(sum, invoice.currency),
                  Shown(open, invoice.currency), named.number(), rule_case.event.date().ToString()),
      "instalments"};
}

void EvolveInvoiceRescheduled(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::InvoiceRescheduled>();
  AddSchedule(evolve_case.books, evolve_case.Find("invoice"),
              {evolve_case.event.seq(), evolve_case.event.date(), PartsInOrder(*body.instalments())});
}

std::optional<Rejection> CheckIsLast(Books& books, const Reversible& original, const Books::Found& changed) {
  const Schedules::Schedule* last = LastNewSchedule(books, changed);
  if (last == nullptr || last->seq == original.seq) return std::nullopt;
  return Rejection{RejectionCode::kBeforeItsCause,
                   fmt::format("invoice {} was rescheduled again by event {} on {}; reverse that first",
                               changed.number().text(), last->seq, last->date.ToString()),
                   "event"};
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  ReverseSchedule(books, changed, original.seq, date);
}

// Its parts are the instalments in the order of their days, each with the invoice; key is the agreement.
void MoveInvoiceRescheduled(EventView event, Figures& figures) {
  const auto& body = event.body<schema::InvoiceRescheduled>();
  const uint64_t invoice = event.Referred("invoice");
  std::vector<FactPart> parts;
  for (const auto& [due, amount] : PartsInOrder(*body.instalments())) parts.push_back({invoice, due, amount});
  figures.AddFact({.subject = invoice, .key = EventView::Text(body.agreement()), .parts = parts});
}

}  // namespace

const EventKind kInvoiceRescheduled{
    .chinese = "重新安排付款",
    .sentence = "Invoice {invoice} rescheduled to {instalments}: {reason}[, agreement {agreement}]",
    .chinese_sentence = "发票 {invoice} 改为分期 {instalments}：{reason}[，协议 {agreement}]",
    .check_dates = CheckAfterLast,
    .decide = DecideInvoiceRescheduled,
    .evolve = EvolveInvoiceRescheduled,
    .undo = {.changes = {"invoice"},
             .check_state = CheckInvoiceStands,
             .check_last = CheckIsLast,
             .evolve = EvolveUndone},
    .moves = MoveInvoiceRescheduled,
};

}  // namespace duebook
