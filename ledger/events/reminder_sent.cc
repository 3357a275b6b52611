// A reminder went out. It says of each invoice since when something of it is due, for the level counts for that.

#include "ledger/events/event_kind.h"
#include "ledger/events/schedules.h"

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

// Its parts are the invoices, each with the day since when it is due; a day that is unset is the first of all.
void MoveReminderSent(EventView event, Figures& figures) {
  const auto& body = event.body<schema::ReminderSent>();
  const std::vector<uint64_t> invoices = event.AllReferred("invoices");
  std::vector<FactPart> parts;
  for (size_t i = 0; i < invoices.size(); i++) {
    const int32_t due = body.dues()->Get(static_cast<flatbuffers::uoffset_t>(i))->days();
    parts.push_back({invoices[i], due == kUnsetDays ? Date::Min() : Date::FromDays(due), 0});
  }
  figures.AddFact({.number = static_cast<uint32_t>(body.level()), .parts = parts});
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
    .moves = MoveReminderSent,
};

}  // namespace duebook
