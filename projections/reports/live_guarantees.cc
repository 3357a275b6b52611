#include "projections/reports/live_guarantees.h"

#include <algorithm>

namespace duebook {

LiveGuarantees::LiveGuarantees(const History& history, const Cut& cut) {
  const History::Facts& facts = history.facts;
  const FactSpans spans(history, cut);
  std::unordered_map<uint64_t, size_t> by_seq;
  const auto known = static_cast<uint32_t>(RowsKnown(facts.seq, cut.known));
  for (uint32_t fact = 0; fact < known; ++fact) {
    const EventType type = facts.type[fact];
    if (type == EventType::GuaranteeReceived && facts.date[fact] <= cut.effective) {
      by_seq.emplace(facts.seq[fact], guarantees_.size());
      const ColumnView<uint32_t>& parts = history.fact_parts.fact;
      for (size_t part = RowsBelow(parts, fact); part < parts.size() && parts[part] == fact; ++part) {
        of_items_[history.fact_parts.item[part]].push_back(guarantees_.size());
      }
      guarantees_.push_back({.received = spans.Of(fact), .expires = facts.day[fact], .released = {}});
    } else if (type == EventType::GuaranteeReleased && facts.date[fact] <= cut.effective) {
      const auto guarantee = by_seq.find(facts.subject[fact]);
      if (guarantee != by_seq.end()) guarantees_[guarantee->second].released.push_back(spans.Of(fact));
    }
  }
}

bool LiveGuarantees::Cover(uint32_t item, Date day) const {
  const auto found = of_items_.find(item);
  if (found == of_items_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](size_t place) {
    const Guarantee& guarantee = guarantees_[place];
    if (!guarantee.received.IsThereOn(day) || day > guarantee.expires) return false;
    Sum left = guarantee.received.amount;
    for (const SpannedAmount& release : guarantee.released) {
      if (release.IsThereOn(day)) left -= release.amount;
    }
    return left > 0;
  });
}

}  // namespace duebook
