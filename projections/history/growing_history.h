// A history in the making: folds events into columns, one after the other. One thread folds; any number of others take
// states of it (History) meanwhile, under no lock.

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/derived/growing_column.h"
#include "ledger/log/derived/stored_columns.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"
#include "projections/history/history_tables.h"
#include "projections/history/rows_by_seq.h"

namespace duebook {

class GrowingHistory : public HistoryTables<GrowingColumn, GrowingTextColumn> {
 public:
  // The last event folded, whether or not it left a row.
  uint64_t position() const { return position_.load(std::memory_order_acquire); }

  // Folds one event. Events come in ascending seq; a history of some customers may leave out all others' events. The
  // event's references must have been folded before it: see status().
  void Evolve(EventView event);
  // Folds what the log has behind position().
  Status CatchUp(const EventLog& log);

  // kDamaged once an event referred to what is not here. Then what they were found by, an index or columns that were
  // kept, is not right, nor is this history, though it can be read.
  Status status() const;

  // Index of the row that the event with this seq introduced; kNoItem if it introduced none.
  uint32_t CustomerAt(uint64_t seq) const;
  uint32_t ItemAt(uint64_t seq) const;

  // Goes on behind the event with this seq, whose state was loaded into the columns.
  void GoOnBehind(uint64_t position) { position_ = position; }

  // Its columns by their names on disk, in the order of ForEachColumn.
  std::vector<NamedColumn> Columns();

 private:
  uint32_t PersonIndex(std::string_view name);
  // Whether the row is there; if not, the event is a stray one.
  bool IsHere(EventView event, uint32_t row, const GrowingColumn<uint64_t>& table);
  // What of an item is not the same in all events that introduce one.
  struct NewItem {
    ItemKind kind;
    std::string_view number;
    Date due;
    Minor amount;
    std::string_view salesperson = {};
    std::string_view recorder = {};
  };
  uint32_t AddItem(EventView event, const NewItem& item);
  void AddMovement(EventView event, uint32_t item, MovementKind kind, Minor amount, uint32_t counterpart = kNoItem) {
    AddMovement(event, event.date(), item, kind, amount, counterpart);
  }
  void AddMovement(EventView event, Date date, uint32_t item, MovementKind kind, Minor amount, uint32_t counterpart);
  void AddCustomer(EventView event);
  void AddAssignment(EventView event, uint32_t customer, std::string_view salesperson);
  void AddInvoice(EventView event);
  void AddCreditNote(EventView event);
  // Amounts negative: applied; positive: the application reversed.
  void AddApplication(EventView event, uint32_t invoice, uint32_t source, Minor amount, Minor discount);
  void AddWriteOff(EventView event);
  void AddReversal(EventView event);
  void AddDispute(EventView event);
  void AddResolution(EventView event);
  void AddVoid(EventView event);
  void AddPromise(EventView event);
  void AddWithdrawal(EventView event);
  void AddShipment(EventView event);
  void AddReturn(EventView event, uint64_t shipment, Minor amount);
  // What the event names beside its customer: of shipments and invoices, those that belong together.
  void AddInvoicedShipments(EventView event);
  void Fold(EventView event);

  std::atomic<uint64_t> position_ = 0;
  uint64_t first_stray_ = 0;  // the first event that referred to what is not here; 0: none
  RowsBySeq evolved_customers_;
  RowsBySeq evolved_items_;
  struct HashOfText {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  // Of `people`; filled when it is needed.
  std::unordered_map<std::string, uint32_t, HashOfText, std::equal_to<>> person_index_;
};

}  // namespace duebook
