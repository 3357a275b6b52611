// A guarantee is given back, all of it or a part.

#include "ledger/events/event_kind.h"
#include "ledger/events/guarantees.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckStands(RuleCase& rule_case) {
  return CheckGuaranteeStands(rule_case.named.By("guarantee"));
}

// Without an amount all that is left comes back.
std::optional<Rejection> DecideGuaranteeReleased(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const NamedDocument& named = rule_case.named.By("guarantee");
  const bool is_given = rule_case.command.IsGiven("amount");
  const Minor amount = is_given ? event.body<schema::GuaranteeReleased>().amount()->minor()
                                : *ToMinor(named.Get<Guarantee>().left.LeastFrom(event.date()).value);
  if (auto rejection = CheckLeftOfGuarantee(named, event.date(), amount)) return rejection;
  // From here on it succeeds.
  if (!is_given) rule_case.command.Set("amount", amount);
  return std::nullopt;
}

void EvolveGuaranteeReleased(const EvolveCase& evolve_case) {
  const EventView event = evolve_case.event;
  const Minor amount = AmountOf(event.body<schema::GuaranteeReleased>().amount());
  evolve_case.Mutable<Guarantee>("guarantee").left.Add(event.date(), -amount);
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  books.Mutable<Guarantee>(changed).left.Add(date, original.amount);
}

// The subject is the guarantee.
void MoveGuaranteeReleased(EventView event, Figures& figures) {
  const auto& body = event.body<schema::GuaranteeReleased>();
  figures.AddFact({.subject = event.Referred("guarantee"), .amount = AmountOf(body.amount())});
}

}  // namespace

const EventKind kGuaranteeReleased{
    .chinese = "解除担保",
    .sentence = "Guarantee {guarantee} released[, {amount} of it][: {reason}]",
    .chinese_sentence = "解除担保 {guarantee}[，金额 {amount}][：{reason}]",
    .check_state = CheckStands,
    .decide = DecideGuaranteeReleased,
    .evolve = EvolveGuaranteeReleased,
    .undo = {.changes = {"guarantee"}, .evolve = EvolveUndone},
    .moves = MoveGuaranteeReleased,
};

}  // namespace duebook
