// What moves the aging: by how much each event changed which item.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "ledger/values/date.h"
#include "projections/history/history.h"
#include "projections/history/new_schedules.h"

namespace duebook {

// By how much one event changed one item.
struct ItemChange {
  uint64_t seq;
  Date date;
  uint32_t item;
  Minor balance = 0;   // open of an invoice, unapplied of a payment or credit note
  Minor debited = 0;   // by debit notes
  Minor disputed = 0;  // named by open disputes, be it open or not
};

// Returns the change by a movement of the history.
ItemChange ChangeByMovement(const History& history, size_t row);

// Visits the changes by all else that is known at `known`, in no order: by disputes, and by new schedules, which are
// those known at it, and change nothing but when an item is due.
void ForEachOtherChange(const History& history, uint64_t known, const NewSchedules& new_schedules,
                        const std::function<void(const ItemChange&)>& visit);

// Visits every change that is known at `known`, in no order.
void ForEachChange(const History& history, uint64_t known, const std::function<void(const ItemChange&)>& visit);

}  // namespace duebook
