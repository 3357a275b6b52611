#include "projections/reports/contact_book.h"

#include "projections/history/visible_facts.h"

namespace duebook {

ContactBook::ContactBook(const History& history, const Cut& cut) : last_(history.customers.seq.size(), kNoItem) {
  VisibleFacts(history, cut).ForEach({EventType::ContactLogged}, [&](uint32_t row) {
    rows_.push_back(row);
    uint32_t& last = last_[history.facts.customer[row]];
    if (last == kNoItem || IsEarlierFact(history, last, row)) last = row;
  });
}

}  // namespace duebook
