// A history whose rows a test says, whether or not there are events that make them.

#pragma once

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "projections/history/growing_history.h"
#include "projections/history/history.h"

namespace duebook {

class HandMadeHistory {
 public:
  struct Customer {
    uint64_t seq;
    Date date;
    std::string_view id;
  };
  struct Item {
    uint64_t seq;
    Date date;
    ItemKind kind;
    std::string_view number;
    Minor amount;
    uint32_t customer = 0;
    Currency currency = *Currency::Parse("CNY");
  };
  struct Movement {
    uint64_t seq;
    Date date;
    uint32_t item;
    MovementKind kind;
    Minor amount;
    uint32_t counterpart = kNoItem;
  };

  // Returns the row of the customer.
  uint32_t Add(const Customer& customer) {
    AddRow(columns_->customers, HistoryRows::Customers{.seq = customer.seq, .date = customer.date, .id = customer.id});
    last_seq_ = std::max(last_seq_, customer.seq);
    return static_cast<uint32_t>(columns_->customers.seq.size() - 1);
  }
  // Returns the row of the item.
  uint32_t Add(const Item& item) {
    AddRow(columns_->items, HistoryRows::Items{.seq = item.seq,
                                               .date = item.date,
                                               .due = item.date,
                                               .amount = item.amount,
                                               .customer = item.customer,
                                               .currency = item.currency,
                                               .kind = item.kind,
                                               .salesperson = 0,
                                               .origin = Origin::kRecorded,
                                               .recorder = 0,
                                               .number = item.number});
    last_seq_ = std::max(last_seq_, item.seq);
    return static_cast<uint32_t>(columns_->items.seq.size() - 1);
  }
  void Add(const Movement& movement) {
    AddRow(columns_->movements, HistoryRows::Movements{.seq = movement.seq,
                                                       .date = movement.date,
                                                       .amount = movement.amount,
                                                       .item = movement.item,
                                                       .counterpart = movement.counterpart,
                                                       .kind = movement.kind});
    last_seq_ = std::max(last_seq_, movement.seq);
  }

  History Take() const {
    columns_->GoOnBehind(last_seq_);
    return History(columns_, last_seq_);
  }

 private:
  std::shared_ptr<GrowingHistory> columns_ = std::make_shared<GrowingHistory>();
  uint64_t last_seq_ = 0;
};

// Returns the values of a column, for matchers.
template <class T>
std::vector<T> ValuesOf(const ColumnView<T>& column) {
  std::vector<T> values;
  for (size_t row = 0; row < column.size(); row++) values.push_back(column[row]);
  return values;
}

}  // namespace duebook
