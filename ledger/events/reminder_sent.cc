// A reminder went out. It says of each invoice since when something of it is due, for the level counts for that.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

std::optional<Rejection> DecideReminderSent(RuleCase& rule_case) {
  std::vector<std::optional<Date>> dues;
  for (const NamedDocument& invoice : rule_case.named.documents) {
    dues.push_back(EarliestOpenDue(rule_case.books, invoice.found, rule_case.event.date()));
  }
  // From here on it succeeds.
  rule_case.command.Set("dues", dues);
  return std::nullopt;
}

}  // namespace

const EventKind kReminderSent{
    .chinese = "催款",
    .sentence =
        "Reminder of level {level} sent[ by {channel}][ to {to}] for invoices {invoices}, due {dues}[: {text}][, "
        "SHA-256 {sha256}]",
    .chinese_sentence =
        "发出第 {level} 级催款[，方式 {channel}][，收件人 {to}]，发票 {invoices}，到期日 {dues}[：{text}][，SHA-256 "
        "{sha256}]",
    .decide = DecideReminderSent,
};

}  // namespace duebook
