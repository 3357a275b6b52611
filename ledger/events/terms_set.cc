// When a customer has to pay, from a day on.

#include "ledger/events/customer_master.h"
#include "ledger/events/event_kind.h"

namespace duebook {

namespace {

void EvolveTermsSet(Books& books, EventView event) {
  books.MutableCustomer(event.customer())
      .terms.push_back({event.date(), std::string(EventView::Text(event.body<schema::TermsSet>().terms()))});
}

}  // namespace

const EventKind kTermsSet{
    .chinese = "设定账期",
    .sentence = "Terms set to {terms}",
    .chinese_sentence = "账期改为 {terms}",
    .check_fields = CheckTermsOf<schema::TermsSet>,
    .evolve = EvolveTermsSet,
    .loaded = LoadedWith::kCustomer,
};

}  // namespace duebook
