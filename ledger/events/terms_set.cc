// When a customer has to pay, from a day on.

#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveTermsSet(const EvolveCase& evolve_case) {
  const std::string_view terms = EventView::Text(evolve_case.event.body<schema::TermsSet>().terms());
  evolve_case.MutableCustomer().terms.push_back({evolve_case.event.date(), std::string(terms)});
}

void MoveTermsSet(EventView event, Figures& figures) {
  figures.Describe(event.Referred("customer"), kTermsAttribute,
                   EventView::Text(event.body<schema::TermsSet>().terms()));
}

}  // namespace

const EventKind kTermsSet{
    .chinese = "设定账期",
    .sentence = "Terms set to {terms}",
    .chinese_sentence = "账期改为 {terms}",
    .check_fields = CheckTermsOf<schema::TermsSet>,
    .evolve = EvolveTermsSet,
    .loaded = LoadedWith::kCustomer,
    .moves = MoveTermsSet,
};

}  // namespace duebook
