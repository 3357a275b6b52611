// Undoes what has no reversal of its own name, from its own date on. How, says the file of what is undone.

#include <fmt/core.h>

#include "ledger/events/event_kind.h"
#include "ledger/values/parse_number.h"

namespace duebook {

namespace {

// The ids that the ledger gives end with ":1", ":2" and so on. An export has such events as lines of their own, which
// come before the event for which the ledger made them.
bool IsMadeByTheLedger(std::string_view id) {
  const size_t colon = id.rfind(':');
  return colon != std::string_view::npos && ParseNumber<uint32_t>(id.substr(colon + 1)).has_value();
}

std::optional<Rejection> CheckMayBeUndone(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("event");
  const auto& original = named.Get<Reversible>();
  const Undo& undo = KindOf(original.type).undo;
  if (original.cause_seq != 0 && !IsMadeByTheLedger(rule_case.event.id())) {
    return Rejection{
        RejectionCode::kUnknownReference,
        fmt::format("the ledger recorded event {} for event {}, and takes it back with what that recorded: "
                    "reverse that",
                    named.number(), original.cause_seq),
        "event"};
  }
  if (undo.check_state != nullptr) {
    if (auto rejection = undo.check_state(original, named.parents[0])) return rejection;
  }
  if (!original.reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("event {} was reversed already", named.number()),
                   "event"};
}

std::optional<Rejection> CheckIsLast(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("event");
  const auto& original = named.Get<Reversible>();
  const auto check = KindOf(original.type).undo.check_last;
  return check == nullptr ? std::nullopt : check(rule_case.books, original, named.parents[0]);
}

std::optional<Rejection> DecideEventReversed(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("event");
  const auto& original = named.Get<Reversible>();
  const Undo& undo = KindOf(original.type).undo;
  if (undo.decide != nullptr) {
    if (auto rejection = undo.decide(original, named.parents[0], rule_case.event.date())) return rejection;
  }
  if (undo.changes_whole_customer) rule_case.books.CompleteCustomer(original.customer);
  // From here on it succeeds.
  rule_case.command.Set("amount", original.amount);
  return std::nullopt;
}

void EvolveEventReversed(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  auto& original = evolve_case.Mutable<Reversible>("event");
  original.reversed = true;
  const Undo& undo = KindOf(original.type).undo;
  if (undo.evolve != nullptr)
    undo.evolve(books, original, evolve_case.named.By("event").parents[0], evolve_case.event.date());
}

void MoveEventReversed(EventView event, Figures& figures) { figures.TakeBack(event.Referred("event")); }

}  // namespace

const EventKind kEventReversed{
    .chinese = "冲销",
    .sentence = "Event {event}[ of {amount}] reversed[: {reason}]",
    .chinese_sentence = "冲销事件 {event}[，金额 {amount}][：{reason}]",
    .check_state = CheckMayBeUndone,
    .check_dates = CheckIsLast,
    .decide = DecideEventReversed,
    .evolve = EvolveEventReversed,
    .moves = MoveEventReversed,
};

}  // namespace duebook
