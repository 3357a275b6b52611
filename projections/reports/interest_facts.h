// What is said of invoices that bears on their interest, beside what moves them: debit notes of interest and charges,
// disputes that hold something back, and which invoices are void.

#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/fact_spans.h"
#include "projections/history/history.h"

namespace duebook {

// Values of the few items that have some, in order of item.
template <class Value>
class ByItem {
 public:
  void Add(uint32_t item, Value value) { values_.emplace_back(item, std::move(value)); }
  // After the last Add. Those of one item keep their order.
  void Finish() {
    std::stable_sort(values_.begin(), values_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  std::span<const std::pair<uint32_t, Value>> Of(uint32_t item) const {
    const auto begin = std::lower_bound(values_.begin(), values_.end(), item,
                                        [](const auto& each, uint32_t other) { return each.first < other; });
    auto end = begin;
    while (end != values_.end() && end->first == item) ++end;
    return {begin, end};
  }
  const std::vector<std::pair<uint32_t, Value>>& all() const { return values_; }

 private:
  std::vector<std::pair<uint32_t, Value>> values_;
};

struct InterestFacts {
  // What the cut sees, and what is known and dated after it: `from` and `until` tell them apart.
  struct Note : SpannedAmount {
    bool is_interest = false;  // else a charge
  };
  struct Dispute {
    Date opened;
    Minor held_back = 0;                  // its amount, or what was found right
    std::vector<SpannedAmount> credited;  // for what was found right
  };

  InterestFacts(const History& history, const Cut& cut);

  ByItem<Note> notes;
  ByItem<Dispute> disputes;
  std::vector<bool> is_void;  // by item
};

}  // namespace duebook
