// One shipment may leave although the credit policy stops it.

#include <fmt/core.h>

#include "ledger/command/spelling.h"
#include "ledger/events/credit_roles.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveCreditOverridden(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::CreditOverridden>();
  auto& override = books.CreateDocument<Override>(DocumentKind::kOverride, EventView::Text(body.override()));
  EvolveBase(evolve_case, override, body.amount());
  override.until = DateOf(*body.until());
  override.granted_by = books.Keep(Nfc(event.actor()));
}

std::optional<Rejection> CheckUnused(const Reversible& original, const Books::Found& changed) {
  if (original.reversed || !changed.Get<Override>().used) return std::nullopt;
  return Rejection{RejectionCode::kOverrideUsed,
                   fmt::format("override {} was used, and stands", original.number.text()), "event"};
}

void EvolveUndone(Books& books, const Reversible& /*original*/, const Books::Found& changed, Date /*date*/) {
  books.Mutable<Override>(changed).reversed = true;
}

// The day is the last on which a shipment may leave by it, the key its number, the text the reason.
void MoveCreditOverridden(EventView event, Figures& figures) {
  const auto& body = event.body<schema::CreditOverridden>();
  figures.AddFact({.amount = AmountOf(body.amount()),
                   .day = DateOf(*body.until()),
                   .key = EventView::Text(body.override()),
                   .text = EventView::Text(body.reason())});
}

}  // namespace

const EventKind kCreditOverridden{
    .chinese = "放行",
    .sentence = "Override {override}: a shipment of up to {amount} may leave until {until}: {reason}",
    .chinese_sentence = "放行 {override}：{until} 前可发货，金额不超过 {amount}：{reason}",
    .decide = CheckMayOverride,
    .evolve = EvolveCreditOverridden,
    .undo = {.check_state = CheckUnused, .evolve = EvolveUndone},
    .moves = MoveCreditOverridden,
};

}  // namespace duebook
