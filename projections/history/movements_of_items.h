// The movements of some items: for what is asked of few items on many days.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

struct ItemMovement {
  Minor amount = 0;
  Date date;
  bool is_debit_note = false;
};

class MovementsOfItems {
 public:
  // Those that the cut sees of these items, which ascend. Cost: two passes over the movements.
  MovementsOfItems(const History& history, const Cut& cut, std::vector<uint32_t> items);

  const std::vector<uint32_t>& items() const { return items_; }
  // Returns those of the item at a place among them, in order of their days, and of one day as they were recorded.
  std::span<const ItemMovement> Of(size_t place) const {
    return {movements_.data() + begin_[place], begin_[place + 1] - begin_[place]};
  }

 private:
  std::vector<uint32_t> items_;
  std::vector<size_t> begin_;  // by place; and the end of all
  std::vector<ItemMovement> movements_;
};

}  // namespace duebook
