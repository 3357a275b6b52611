// Undoes what has no reversal of its own name, from its own date on. How, says the file of what is undone.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

const Reversible& NamedOriginal(RuleCase& rule_case) {
  const std::string_view id = EventView::Text(rule_case.event.body<schema::EventReversed>().event());
  return *rule_case.books.FindDocument<Reversible>(DocumentKind::kEvent, id);
}

std::optional<Rejection> CheckMayBeUndone(RuleCase& rule_case) {
  const Reversible& original = NamedOriginal(rule_case);
  const Undo& undo = KindOf(original.type).undo;
  if (undo.check_state != nullptr) {
    if (auto rejection = undo.check_state(rule_case.books, original)) return rejection;
  }
  if (!original.reversed) return std::nullopt;
  const std::string_view id = EventView::Text(rule_case.event.body<schema::EventReversed>().event());
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("event {} was reversed already", id), "event"};
}

std::optional<Rejection> DecideEventReversed(RuleCase& rule_case) {
  const Reversible& original = NamedOriginal(rule_case);
  const Undo& undo = KindOf(original.type).undo;
  if (undo.decide != nullptr) {
    if (auto rejection = undo.decide(rule_case.books, original, rule_case.event.date())) return rejection;
  }
  // From here on it succeeds.
  rule_case.command.SetInternal("amount", original.amount);
  return std::nullopt;
}

void EvolveEventReversed(Books& books, EventView event) {
  auto& original = books.MutableDocument<Reversible>(DocumentKind::kEvent,
                                                     EventView::Text(event.body<schema::EventReversed>().event()));
  original.reversed = true;
  const Undo& undo = KindOf(original.type).undo;
  if (undo.evolve == nullptr) return books.Distrust("it undoes what cannot be undone so");
  undo.evolve(books, original, event.date());
}

}  // namespace

const EventKind kEventReversed{
    .chinese = "冲销",
    .sentence = "Event {event}[ of {amount}] reversed[: {reason}]",
    .chinese_sentence = "冲销事件 {event}[，金额 {amount}][：{reason}]",
    .check_state = CheckMayBeUndone,
    .decide = DecideEventReversed,
    .evolve = EvolveEventReversed,
};

}  // namespace duebook
