// A void takes off all that is open, on its day and for good: nothing may be applied from then on, and nothing later
// may have changed what is open.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckVoidedAmount(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("invoice");
  const auto* invoice = named.As<Invoice>();
  if (invoice == nullptr) return std::nullopt;
  const Sum open = invoice->open.At(rule_case.event.date());
  if (ToMinor(open).has_value()) return std::nullopt;
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("{} is open of invoice {} with its debit notes, more than one void can take off; undo "
                               "debit notes first, each by an EventReversed",
                               Shown(open, invoice->currency), named.number()),
                   "invoice"};
}

std::optional<Rejection> CheckNothingMovesLater(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("invoice");
  const auto& invoice = named.Get<Invoice>();
  if (invoice.last_movement <= rule_case.event.date()) return std::nullopt;
  return Rejection{RejectionCode::kBeforeItsCause,
                   fmt::format("dated {}, before the last movement on invoice {} on {}",
                               rule_case.event.date().ToString(), named.number(), invoice.last_movement.ToString()),
                   "date"};
}

std::optional<Rejection> DecideInvoiceVoided(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("invoice");
  const auto& invoice = named.Get<Invoice>();
  const Date date = rule_case.event.date();
  if (!invoice.settled.IsZeroFrom(date)) {
    return Rejection{RejectionCode::kStillApplied,
                     fmt::format("{} is applied to or written off invoice {} on {} or later; reverse that first",
                                 Shown(invoice.settled.MostFrom(date).value, invoice.currency), named.number(),
                                 invoice.settled.MostFrom(date).date.ToString()),
                     "invoice"};
  }
  // From here on it succeeds.
  rule_case.command.Set("open", *ToMinor(invoice.open.At(date)));
  return std::nullopt;
}

void EvolveInvoiceVoided(const EvolveCase& evolve_case) {
  auto& invoice = evolve_case.Mutable<Invoice>("invoice");
  invoice.voided = true;
  ChangeOpen(invoice, evolve_case.event.date(), -AmountOf(evolve_case.event.body<schema::InvoiceVoided>().open()));
}

void MoveInvoiceVoided(EventView event, Figures& figures) {
  const uint64_t invoice = event.Referred("invoice");
  const Minor open = AmountOf(event.body<schema::InvoiceVoided>().open());
  figures.Move(invoice, MovementKind::kCredited, -open, event.date());
  figures.EndInvoice(invoice);
  figures.AddFact({.subject = invoice});  // for those who ask nothing else of shipments
}

}  // namespace

const EventKind kInvoiceVoided{
    .chinese = "发票作废",
    .sentence = "Invoice {invoice} voided[, {open} taken off][: {reason}]",
    .chinese_sentence = "发票 {invoice} 作废[，减少 {open}][：{reason}]",
    .check_fields = CheckVoidedAmount,
    .check_dates = CheckNothingMovesLater,
    .decide = DecideInvoiceVoided,
    .evolve = EvolveInvoiceVoided,
    .moves = MoveInvoiceVoided,
};

}  // namespace duebook
