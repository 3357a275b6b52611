#include "projections/reports/open_escalations.h"

#include <unordered_set>

#include "projections/history/visible_facts.h"

namespace duebook {

OpenEscalations::OpenEscalations(const History& history, const Cut& cut)
    : history_(&history), of_customer_(history.customers.seq.size()) {
  const History::Facts& facts = history.facts;
  const VisibleFacts visible(history, cut);
  std::unordered_set<uint64_t> closed;  // seqs
  visible.ForEach({EventType::EscalationClosed}, [&](uint32_t row) { closed.insert(facts.subject[row]); });
  visible.ForEach({EventType::EscalationStarted}, [&](uint32_t row) {
    if (closed.contains(facts.seq[row])) return;
    const uint8_t covers = facts.text[row] == "stop_supply" ? kCovered : kCovered | kOutside;
    bool is_for_all = true;
    visible.ForEachPart(row, [&](size_t part) {
      is_for_all = false;
      of_item_[history.fact_parts.item[part]] |= covers;
    });
    of_customer_[facts.customer[row]] |= is_for_all ? kAny | covers : kAny;
  });
}

uint8_t OpenEscalations::Of(uint32_t item) const {
  const uint8_t of_all = of_customer_[history_->items.customer[item]];
  if (of_item_.empty()) return of_all;
  const auto named = of_item_.find(item);
  return named == of_item_.end() ? of_all : of_all | named->second;
}

}  // namespace duebook
