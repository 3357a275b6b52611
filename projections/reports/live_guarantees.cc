#include "projections/reports/live_guarantees.h"

#include <algorithm>
#include <utility>

namespace duebook {

LiveGuarantees::LiveGuarantees(const History& history, const Cut& cut) {
  const History::Facts& facts = history.facts;
  std::unordered_map<uint64_t, size_t> by_seq;
  std::unordered_map<uint32_t, size_t> by_fact;
  std::unordered_map<uint32_t, std::pair<size_t, Minor>> releases;  // by fact
  const auto known = static_cast<uint32_t>(RowsKnown(facts.seq, cut.known));
  for (uint32_t fact = 0; fact < known; ++fact) {
    const EventType type = facts.type[fact];
    if (type == EventType::GuaranteeReceived && facts.date[fact] <= cut.effective) {
      by_seq.emplace(facts.seq[fact], guarantees_.size());
      by_fact.emplace(fact, guarantees_.size());
      const ColumnView<uint32_t>& parts = history.fact_parts.fact;
      for (size_t part = RowsBelow(parts, fact); part < parts.size() && parts[part] == fact; ++part) {
        of_items_[history.fact_parts.item[part]].push_back(guarantees_.size());
      }
      guarantees_.push_back({.received = facts.date[fact], .expires = facts.day[fact], .amount = facts.amount[fact]});
    } else if (type == EventType::GuaranteeReleased && facts.date[fact] <= cut.effective) {
      const auto guarantee = by_seq.find(facts.subject[fact]);
      if (guarantee == by_seq.end()) continue;
      releases.emplace(fact, std::pair(guarantee->second, facts.amount[fact]));
      guarantees_[guarantee->second].released.emplace_back(facts.date[fact], facts.amount[fact]);
    }
  }
  const size_t reversals = RowsKnown(history.fact_reversals.seq, cut.known);
  for (size_t row = 0; row < reversals && !guarantees_.empty(); ++row) {
    const Date date = history.fact_reversals.date[row];
    if (date > cut.effective) continue;
    const uint32_t fact = history.fact_reversals.fact[row];
    if (const auto received = by_fact.find(fact); received != by_fact.end()) {
      guarantees_[received->second].reversed = date;
    } else if (const auto release = releases.find(fact); release != releases.end()) {
      guarantees_[release->second.first].released.emplace_back(date, -release->second.second);
    }
  }
}

bool LiveGuarantees::Cover(uint32_t item, Date day) const {
  const auto found = of_items_.find(item);
  if (found == of_items_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](size_t place) {
    const Guarantee& guarantee = guarantees_[place];
    if (day < guarantee.received || day > guarantee.expires || day >= guarantee.reversed) return false;
    Sum left = guarantee.amount;
    for (const auto& [date, amount] : guarantee.released) {
      if (date <= day) left -= amount;
    }
    return left > 0;
  });
}

}  // namespace duebook
