// History: the columns that all figures are computed from. A fold of the log: items (invoices, payments, unallocated
// credit notes) and the movements on them, in order of seq, with effective dates. It answers any cut by one linear
// pass; nothing in it depends on a cut.

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/history/rows_by_seq.h"
#include "projections/history/values.h"

namespace duebook {

class Folds;

enum class ItemKind : uint8_t { kInvoice = 1, kPayment = 2, kCreditNote = 3 };  // a credit note that names no invoice

// What moved an item. The amount is signed by its effect on what is open (invoice) or unapplied (payment, credit note).
enum class MovementKind : uint8_t {
  kIssued = 1,      // the item's own amount, positive: InvoiceIssued, PaymentReceived, CreditNoteIssued
  kDebited = 2,     // DebitNoteIssued on an invoice
  kCredited = 3,    // CreditNoteIssued on an invoice, InvoiceVoided
  kApplied = 4,     // PaymentApplied, both sides; positive again for ApplicationReversed
  kDiscount = 5,    // discount taken with an application, on the invoice only; likewise
  kWrittenOff = 6,  // negative when in force, positive when reversed
  kRefunded = 7,    // RefundPaid, on the payment
  kReversed = 8,    // PaymentReversed on the payment; EventReversed on a credit note that names no invoice
};

inline constexpr uint32_t kNoItem = UINT32_MAX;

// Texts stored back to back; offsets[i] to offsets[i + 1] is text i.
struct TextColumn {
  std::string heap;
  Values<uint64_t> offsets{0};

  size_t size() const { return offsets.size() - 1; }
  std::string_view operator[](size_t i) const {
    return std::string_view(heap).substr(offsets[i], offsets[i + 1] - offsets[i]);
  }
  void Add(std::string_view text) {
    heap.append(text);
    offsets.push_back(heap.size());
  }
  friend bool operator==(const TextColumn&, const TextColumn&) = default;
};

// Struct of arrays. Every table is in order of seq, so the rows known at a seq are a prefix of it.
class History {
 public:
  struct Customers {
    Values<uint64_t> seq;
    Values<Date> date;
    TextColumn id, name;
  } customers;

  struct Items {
    Values<uint64_t> seq;
    Values<Date> date;  // effective
    Values<Date> due;   // invoices; otherwise the effective date
    Values<Minor> amount;
    Values<uint32_t> customer;  // index into customers
    Values<Currency> currency;
    Values<ItemKind> kind;
    Values<uint32_t> salesperson;  // index into salespeople; 0: the customer's
    TextColumn number;
  } items;
  TextColumn salespeople;  // [0] is ""

  // Who looks after a customer, and from which day on.
  struct Assignments {
    Values<uint64_t> seq;
    Values<Date> date;
    Values<uint32_t> customer, salesperson;  // indexes into customers and salespeople
  } assignments;

  // Invoices with instalments only; grouped by item, of each by due date, as given within a day. They add up to
  // the item's amount.
  struct Instalments {
    Values<uint32_t> item;
    Values<Date> due;
    Values<Minor> amount;
  } instalments;

  struct Movements {
    Values<uint64_t> seq;
    Values<Date> date;
    Values<Minor> amount;
    Values<uint32_t> item;
    Values<uint32_t> counterpart;  // kApplied: the other side's item; else kNoItem
    Values<MovementKind> kind;
  } movements;

  struct Disputes {
    Values<uint64_t> seq;
    Values<Date> date;
    Values<Minor> amount;
    Values<uint32_t> item;
  } disputes;
  struct DisputeResolutions {
    Values<uint64_t> seq;
    Values<Date> date;
    Values<uint32_t> dispute;  // index into disputes
  } resolutions;

  // The last event folded, whether or not it left a row.
  uint64_t position() const { return position_; }

  // Folds one event. Events come in ascending seq; a history of some customers may leave out all others' events. The
  // event's references must have been folded before it: see status().
  void Evolve(EventView event);

  // kDamaged once an event referred to what is not here. Then what they were found by, an index or folds, is not right,
  // nor is this history, though it can be read.
  Status status() const;

  // Forgets what folding further events does not need, for those who keep the rows elsewhere (history_fold.h): of each
  // column all but the last element, of texts all; only the seqs of customers, items and disputes and the salespeople
  // stay. From then on it is good for nothing but Evolve.
  void ForgetRows();

  // Index of the row that the event with this seq introduced; kNoItem if it introduced none.
  uint32_t CustomerAt(uint64_t seq) const;
  uint32_t ItemAt(uint64_t seq) const;
  // Return the row of an event that another one names as its invoice, or as its customer. kDamaged, as status() says,
  // if it introduced none.
  Result<uint32_t> NamedItem(uint64_t seq) const;
  Result<uint32_t> NamedCustomer(uint64_t seq) const;

  // The whole log: by the folds beside it (history_fold.h), and by reading what is behind them.
  static Result<std::shared_ptr<const History>> Load(const EventLog& log);
  // Of these customers only, from their own events: cost does not depend on the size of the log. kNotFound names an
  // unknown customer.
  static Result<std::shared_ptr<const History>> OfCustomers(const EventLog& log,
                                                            const std::vector<std::string>& customers);

 private:
  // Folds what the log has behind position().
  Status CatchUp(const EventLog& log);
  friend Status AddFolds(const Folds& folds, History* history);

  uint32_t SalespersonIndex(std::string_view name);
  // Whether the row is there; if not, the event is a stray one.
  bool IsHere(EventView event, uint32_t row, const Values<uint64_t>& table);
  uint32_t AddItem(EventView event, ItemKind kind, std::string_view number, Date due, Minor amount);
  void AddMovement(EventView event, uint32_t item, MovementKind kind, Minor amount, uint32_t counterpart = kNoItem);
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

  // A movement that EventReversed may take back, of rows that were forgotten.
  struct ForgottenMovement {
    uint64_t seq;
    Minor amount;
    uint32_t item;
    uint32_t counterpart;
    MovementKind kind;
  };
  void AddReversalOf(EventView event, const ForgottenMovement& original);

  uint64_t position_ = 0;
  uint64_t first_stray_ = 0;  // the first event that referred to what is not here; 0: none
  RowsBySeq evolved_customers_;
  RowsBySeq evolved_items_;
  std::vector<ForgottenMovement> forgotten_;                     // ascending by seq
  size_t remembered_movements_ = 0;                              // rows left of those that were forgotten
  std::unordered_map<std::string, uint32_t> salesperson_index_;  // of `salespeople`; filled when it is needed
};

// How many rows of an ascending column of seqs are known at `known`.
size_t RowsKnown(const Values<uint64_t>& seq, uint64_t known);

}  // namespace duebook
