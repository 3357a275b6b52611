// A customer confirms prices in writing.

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

Date LastDayOf(const schema::PriceConfirmed& body) {
  return body.valid_until() == nullptr ? Date::Max() : DateOf(*body.valid_until());
}

void EvolvePriceConfirmed(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const auto& body = evolve_case.event.body<schema::PriceConfirmed>();
  Name number;
  auto& confirmation =
      books.CreateDocument<Confirmation>(DocumentKind::kConfirmation, EventView::Text(body.confirmation()), &number);
  EvolveBase(evolve_case, confirmation, body.amount());
  confirmation.order = books.Keep(EventView::Text(body.order()));
  confirmation.valid_until = LastDayOf(body);
  evolve_case.MutableCustomer().papers.Mutable().confirmations.push_back(number);
}

void EvolveUndone(Books& books, const Reversible& /*original*/, const Books::Found& changed, Date date) {
  books.Mutable<Confirmation>(changed).reversed_on = date;
}

// Its day is the last on which it holds, its key the confirmation, its text the order.
void MovePriceConfirmed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::PriceConfirmed>();
  figures.AddFact({.amount = AmountOf(body.amount()),
                   .day = LastDayOf(body),
                   .key = EventView::Text(body.confirmation()),
                   .text = EventView::Text(body.order())});
}

}  // namespace

const EventKind kPriceConfirmed{
    .chinese = "价格确认",
    .sentence =
        "Prices confirmed by {confirmation}[ for order {order}][, {amount}][, valid until {valid_until}][, signed by "
        "{signed_by}]",
    .chinese_sentence =
        "价格确认 {confirmation}[，订单 {order}][，金额 {amount}][，有效期至 {valid_until}][，{signed_by} 签字]",
    .evolve = EvolvePriceConfirmed,
    .undo = {.evolve = EvolveUndone},
    .moves = MovePriceConfirmed,
};

}  // namespace duebook
