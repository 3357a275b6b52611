// The tables of a history: which columns there are, and how they are called on disk. History (history.h) has them to be
// read, GrowingHistory (growing_history.h) in the making.
//
// Every table is in order of seq, so the rows known at a seq are a prefix of it. Instalments are in order of items.

#pragma once

#include <array>
#include <cstdint>

#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

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

template <template <class> class Vector, class Texts>
struct HistoryTables {
  struct Customers {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Texts id, name;
  } customers;

  struct Items {
    Vector<uint64_t> seq;
    Vector<Date> date;  // effective
    Vector<Date> due;   // invoices; otherwise the effective date
    Vector<Minor> amount;
    Vector<uint32_t> customer;  // index into customers
    Vector<Currency> currency;
    Vector<ItemKind> kind;
    Vector<uint32_t> salesperson;  // index into salespeople; 0: the customer's
    Texts number;
  } items;
  Texts salespeople;  // [0] is ""

  // Who looks after a customer, and from which day on.
  struct Assignments {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> customer;
    Vector<uint32_t> salesperson;
  } assignments;

  // Invoices with instalments only; grouped by item, of each by due date, as given within a day. They add up to
  // the item's amount.
  struct Instalments {
    Vector<uint32_t> item;
    Vector<Date> due;
    Vector<Minor> amount;
  } instalments;

  struct Movements {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> item;
    Vector<uint32_t> counterpart;  // kApplied: the other side's item; else kNoItem
    Vector<MovementKind> kind;
  } movements;

  struct Disputes {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> item;
  } disputes;
  struct DisputeResolutions {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> dispute;  // index into disputes
  } resolutions;
};

// Which reports need a column: kFigures are what nearly all need, the others are asked for (History::Load).
enum class HistoryPart : uint8_t { kFigures, kCounterparts, kNumbers, kNames };
inline constexpr std::array kAllHistoryParts{HistoryPart::kFigures, HistoryPart::kCounterparts, HistoryPart::kNumbers,
                                             HistoryPart::kNames};

// What a number in a column can be, beside what its type says.
enum class Values : uint8_t {
  kAny,
  kPositive,
  kAscending,   // seqs, and ends of texts
  kCustomer,    // a row of customers
  kItem,        // a row of items
  kItemOrNone,  // or kNoItem
  kDispute,     // a row of disputes
  kSalesperson  // a row of salespeople
};

struct HistoryColumn {
  const char* name;
  HistoryPart part = HistoryPart::kFigures;
  Values values = Values::kAny;
};

template <class Tables, class Visit>
void ForEachColumnOf(Tables& tables, Visit&& visit) {
  using enum HistoryPart;
  using enum Values;
  auto& [customers, items, salespeople, assignments, instalments, movements, disputes, resolutions] = tables;
  visit(HistoryColumn{"customers.seq", kFigures, kAscending}, customers.seq);
  visit(HistoryColumn{"customers.date"}, customers.date);
  visit(HistoryColumn{"customers.id.heap"}, customers.id.heap);
  visit(HistoryColumn{"customers.id.ends", kFigures, kAscending}, customers.id.ends);
  visit(HistoryColumn{"customers.name.heap", kNames}, customers.name.heap);
  visit(HistoryColumn{"customers.name.ends", kNames, kAscending}, customers.name.ends);
  visit(HistoryColumn{"items.seq", kFigures, kAscending}, items.seq);
  visit(HistoryColumn{"items.date"}, items.date);
  visit(HistoryColumn{"items.due"}, items.due);
  visit(HistoryColumn{"items.amount", kFigures, kPositive}, items.amount);
  visit(HistoryColumn{"items.customer", kFigures, kCustomer}, items.customer);
  visit(HistoryColumn{"items.currency"}, items.currency);
  visit(HistoryColumn{"items.kind"}, items.kind);
  visit(HistoryColumn{"items.salesperson", kFigures, kSalesperson}, items.salesperson);
  visit(HistoryColumn{"items.number.heap", kNumbers}, items.number.heap);
  visit(HistoryColumn{"items.number.ends", kNumbers, kAscending}, items.number.ends);
  visit(HistoryColumn{"salespeople.heap"}, salespeople.heap);
  visit(HistoryColumn{"salespeople.ends", kFigures, kAscending}, salespeople.ends);
  visit(HistoryColumn{"assignments.seq", kFigures, kAscending}, assignments.seq);
  visit(HistoryColumn{"assignments.date"}, assignments.date);
  visit(HistoryColumn{"assignments.customer", kFigures, kCustomer}, assignments.customer);
  visit(HistoryColumn{"assignments.salesperson", kFigures, kSalesperson}, assignments.salesperson);
  visit(HistoryColumn{"instalments.item", kFigures, kItem}, instalments.item);
  visit(HistoryColumn{"instalments.due"}, instalments.due);
  visit(HistoryColumn{"instalments.amount", kFigures, kPositive}, instalments.amount);
  visit(HistoryColumn{"movements.seq", kFigures, kAscending}, movements.seq);
  visit(HistoryColumn{"movements.date"}, movements.date);
  visit(HistoryColumn{"movements.amount"}, movements.amount);
  visit(HistoryColumn{"movements.item", kFigures, kItem}, movements.item);
  visit(HistoryColumn{"movements.counterpart", kCounterparts, kItemOrNone}, movements.counterpart);
  visit(HistoryColumn{"movements.kind"}, movements.kind);
  visit(HistoryColumn{"disputes.seq", kFigures, kAscending}, disputes.seq);
  visit(HistoryColumn{"disputes.date"}, disputes.date);
  visit(HistoryColumn{"disputes.amount"}, disputes.amount);
  visit(HistoryColumn{"disputes.item", kFigures, kItem}, disputes.item);
  visit(HistoryColumn{"resolutions.seq", kFigures, kAscending}, resolutions.seq);
  visit(HistoryColumn{"resolutions.date"}, resolutions.date);
  visit(HistoryColumn{"resolutions.dispute", kFigures, kDispute}, resolutions.dispute);
}

// Visits every column of such tables with what is said of it, always in this order.
template <template <class> class Vector, class Texts, class Visit>
void ForEachColumn(HistoryTables<Vector, Texts>& tables, Visit&& visit) {
  ForEachColumnOf(tables, visit);
}
template <template <class> class Vector, class Texts, class Visit>
void ForEachColumn(const HistoryTables<Vector, Texts>& tables, Visit&& visit) {
  ForEachColumnOf(tables, visit);
}

}  // namespace duebook
