// Who looks after a customer from a day on.

#include "ledger/command/spelling.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveSalespersonAssigned(Books& books, EventView event) {
  books.MutableCustomer(event.customer())
      .salespersons.push_back(
          {event.date(), Nfc(EventView::Text(event.body<schema::SalespersonAssigned>().salesperson()))});
}

}  // namespace

const EventKind kSalespersonAssigned{
    .chinese = "指派业务员",
    .sentence = "Salesperson {salesperson} assigned",
    .chinese_sentence = "业务员改为 {salesperson}",
    .evolve = EvolveSalespersonAssigned,
    .loaded = LoadedWith::kCustomer,
};

}  // namespace duebook
