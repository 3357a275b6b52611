// Who looks after a customer from a day on.

#include "ledger/command/spelling.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveSalespersonAssigned(const EvolveCase& evolve_case) {
  const std::string_view name = EventView::Text(evolve_case.event.body<schema::SalespersonAssigned>().salesperson());
  evolve_case.MutableCustomer().salespersons.push_back({evolve_case.event.date(), Nfc(name)});
}

void MoveSalespersonAssigned(EventView event, Figures& figures) {
  figures.Describe(event.Referred("customer"), kSalespersonAttribute,
                   EventView::Text(event.body<schema::SalespersonAssigned>().salesperson()));
}

}  // namespace

const EventKind kSalespersonAssigned{
    .chinese = "指派业务员",
    .sentence = "Salesperson {salesperson} assigned",
    .chinese_sentence = "业务员改为 {salesperson}",
    .evolve = EvolveSalespersonAssigned,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveSalespersonAssigned,
};

}  // namespace duebook
