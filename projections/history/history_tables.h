// The tables of a history: which columns there are, and how they are called on disk. History (history.h) has them to be
// read, GrowingHistory (growing_history.h) in the making.
//
// Every table is in order of seq, so the rows known at a seq are a prefix of it. Instalments are in order of items.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "ledger/events/figures.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

inline constexpr uint32_t kNoItem = UINT32_MAX;

// Where an item comes from: it was recorded here, or imported from another system.
enum class Origin : uint8_t { kRecorded = 1, kImported = 2 };

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
    Vector<uint32_t> salesperson;  // index into people; 0: the customer's
    Vector<Origin> origin;
    Vector<uint32_t> recorder;  // of a payment: index into people; otherwise 0
    Texts number;
  } items;
  Texts people;  // [0] is ""

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

  // What ended as if it had not been: which application an ApplicationReversed undoes, which invoice is void.
  struct ApplicationReversals {
    Vector<uint64_t> seq;
    Vector<uint64_t> application;  // its seq
  } application_reversals;
  struct Voids {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> item;
  } voids;

  struct Disputes {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> item;
    Texts number, reason;
  } disputes;
  struct DisputeResolutions {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> dispute;  // index into disputes
    Texts outcome;
  } resolutions;

  struct Promises {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Date> due;
    Vector<Minor> amount;
    Vector<uint32_t> customer;
    Vector<Currency> currency;
    Texts number;
  } promises;
  // The invoices that promises name, if they do; grouped by promise.
  struct PromisedInvoices {
    Vector<uint32_t> promise;
    Vector<uint32_t> item;
  } promised_invoices;
  struct PromiseWithdrawals {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> promise;
  } withdrawals;

  struct Shipments {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> customer;
    Vector<Currency> currency;
    Texts number, order, signed_by;
  } shipments;
  // What came back of a shipment: positive, and negative where the return was reversed.
  struct ShipmentReturns {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> shipment;
  } returns;
  struct ShipmentReversals {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> shipment;
  } shipment_reversals;
  // A shipment and an invoice of which one names the other; seq and date of the one that does.
  struct InvoicedShipments {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> shipment;
    Vector<uint32_t> item;
  } invoiced_shipments;
};

// Which reports need a column: kFigures are what nearly all need, the others are asked for (History::Load).
enum class HistoryPart : uint8_t {
  kFigures,
  kSeqs,         // of items and movements: they tell how many rows are known at a cut
  kSalespeople,  // who sold what
  kCounterparts,
  kNumbers,
  kNames,
  kDisputes,
  kPromises,
  kShipments,
  kRecorders,
};
inline constexpr std::array kAllHistoryParts{
    HistoryPart::kFigures,   HistoryPart::kSeqs,     HistoryPart::kSalespeople, HistoryPart::kCounterparts,
    HistoryPart::kNumbers,   HistoryPart::kNames,    HistoryPart::kDisputes,    HistoryPart::kPromises,
    HistoryPart::kShipments, HistoryPart::kRecorders};

// What a number in a column can be, beside what its type says.
enum class Values : uint8_t {
  kAny,
  kPositive,
  kSeq,         // of events, ascending: tells which rows are known
  kEnd,         // of texts, ascending
  kCustomer,    // a row of customers
  kItem,        // a row of items
  kItemOrNone,  // or kNoItem
  kDispute,     // a row of disputes
  kPromise,     // a row of promises
  kShipment,    // a row of shipments
  kPerson,      // a row of people
};

struct HistoryColumn {
  std::string_view name;
  HistoryPart part = HistoryPart::kFigures;
  Values values = Values::kAny;

  std::string_view table() const { return name.substr(0, name.find('.')); }
};

template <class Tables, class Visit>
void ForEachColumnOf(Tables& tables, Visit&& visit) {
  using enum HistoryPart;
  using enum Values;
  auto& [customers, items, people, assignments, instalments, movements, application_reversals, voids, disputes,
         resolutions, promises, promised_invoices, withdrawals, shipments, returns, shipment_reversals,
         invoiced_shipments] = tables;
  visit(HistoryColumn{"customers.seq", kFigures, kSeq}, customers.seq);
  visit(HistoryColumn{"customers.date"}, customers.date);
  visit(HistoryColumn{"customers.id.heap"}, customers.id.heap);
  visit(HistoryColumn{"customers.id.ends", kFigures, kEnd}, customers.id.ends);
  visit(HistoryColumn{"customers.name.heap", kNames}, customers.name.heap);
  visit(HistoryColumn{"customers.name.ends", kNames, kEnd}, customers.name.ends);
  visit(HistoryColumn{"items.seq", kSeqs, kSeq}, items.seq);
  visit(HistoryColumn{"items.date"}, items.date);
  visit(HistoryColumn{"items.due"}, items.due);
  visit(HistoryColumn{"items.amount", kFigures, kPositive}, items.amount);
  visit(HistoryColumn{"items.customer", kFigures, kCustomer}, items.customer);
  visit(HistoryColumn{"items.currency"}, items.currency);
  visit(HistoryColumn{"items.kind"}, items.kind);
  visit(HistoryColumn{"items.salesperson", kSalespeople, kPerson}, items.salesperson);
  visit(HistoryColumn{"items.origin", kShipments}, items.origin);
  visit(HistoryColumn{"items.recorder", kRecorders, kPerson}, items.recorder);
  visit(HistoryColumn{"items.number.heap", kNumbers}, items.number.heap);
  visit(HistoryColumn{"items.number.ends", kNumbers, kEnd}, items.number.ends);
  visit(HistoryColumn{"people.heap"}, people.heap);
  visit(HistoryColumn{"people.ends", kFigures, kEnd}, people.ends);
  visit(HistoryColumn{"assignments.seq", kFigures, kSeq}, assignments.seq);
  visit(HistoryColumn{"assignments.date"}, assignments.date);
  visit(HistoryColumn{"assignments.customer", kFigures, kCustomer}, assignments.customer);
  visit(HistoryColumn{"assignments.salesperson", kFigures, kPerson}, assignments.salesperson);
  visit(HistoryColumn{"instalments.item", kFigures, kItem}, instalments.item);
  visit(HistoryColumn{"instalments.due"}, instalments.due);
  visit(HistoryColumn{"instalments.amount", kFigures, kPositive}, instalments.amount);
  visit(HistoryColumn{"movements.seq", kSeqs, kSeq}, movements.seq);
  visit(HistoryColumn{"movements.date"}, movements.date);
  visit(HistoryColumn{"movements.amount"}, movements.amount);
  visit(HistoryColumn{"movements.item", kFigures, kItem}, movements.item);
  visit(HistoryColumn{"movements.counterpart", kCounterparts, kItemOrNone}, movements.counterpart);
  visit(HistoryColumn{"movements.kind"}, movements.kind);
  visit(HistoryColumn{"application_reversals.seq", kPromises, kSeq}, application_reversals.seq);
  visit(HistoryColumn{"application_reversals.application", kPromises}, application_reversals.application);
  visit(HistoryColumn{"voids.seq", kShipments, kSeq}, voids.seq);
  visit(HistoryColumn{"voids.date", kShipments}, voids.date);
  visit(HistoryColumn{"voids.item", kShipments, kItem}, voids.item);
  visit(HistoryColumn{"disputes.seq", kFigures, kSeq}, disputes.seq);
  visit(HistoryColumn{"disputes.date"}, disputes.date);
  visit(HistoryColumn{"disputes.amount"}, disputes.amount);
  visit(HistoryColumn{"disputes.item", kFigures, kItem}, disputes.item);
  visit(HistoryColumn{"disputes.number.heap", kDisputes}, disputes.number.heap);
  visit(HistoryColumn{"disputes.number.ends", kDisputes, kEnd}, disputes.number.ends);
  visit(HistoryColumn{"disputes.reason.heap", kDisputes}, disputes.reason.heap);
  visit(HistoryColumn{"disputes.reason.ends", kDisputes, kEnd}, disputes.reason.ends);
  visit(HistoryColumn{"resolutions.seq", kFigures, kSeq}, resolutions.seq);
  visit(HistoryColumn{"resolutions.date"}, resolutions.date);
  visit(HistoryColumn{"resolutions.dispute", kFigures, kDispute}, resolutions.dispute);
  visit(HistoryColumn{"resolutions.outcome.heap", kDisputes}, resolutions.outcome.heap);
  visit(HistoryColumn{"resolutions.outcome.ends", kDisputes, kEnd}, resolutions.outcome.ends);
  visit(HistoryColumn{"promises.seq", kPromises, kSeq}, promises.seq);
  visit(HistoryColumn{"promises.date", kPromises}, promises.date);
  visit(HistoryColumn{"promises.due", kPromises}, promises.due);
  visit(HistoryColumn{"promises.amount", kPromises}, promises.amount);
  visit(HistoryColumn{"promises.customer", kPromises, kCustomer}, promises.customer);
  visit(HistoryColumn{"promises.currency", kPromises}, promises.currency);
  visit(HistoryColumn{"promises.number.heap", kPromises}, promises.number.heap);
  visit(HistoryColumn{"promises.number.ends", kPromises, kEnd}, promises.number.ends);
  visit(HistoryColumn{"promised_invoices.promise", kPromises, kPromise}, promised_invoices.promise);
  visit(HistoryColumn{"promised_invoices.item", kPromises, kItem}, promised_invoices.item);
  visit(HistoryColumn{"withdrawals.seq", kPromises, kSeq}, withdrawals.seq);
  visit(HistoryColumn{"withdrawals.date", kPromises}, withdrawals.date);
  visit(HistoryColumn{"withdrawals.promise", kPromises, kPromise}, withdrawals.promise);
  visit(HistoryColumn{"shipments.seq", kShipments, kSeq}, shipments.seq);
  visit(HistoryColumn{"shipments.date", kShipments}, shipments.date);
  visit(HistoryColumn{"shipments.amount", kShipments}, shipments.amount);
  visit(HistoryColumn{"shipments.customer", kShipments, kCustomer}, shipments.customer);
  visit(HistoryColumn{"shipments.currency", kShipments}, shipments.currency);
  visit(HistoryColumn{"shipments.number.heap", kShipments}, shipments.number.heap);
  visit(HistoryColumn{"shipments.number.ends", kShipments, kEnd}, shipments.number.ends);
  visit(HistoryColumn{"shipments.order.heap", kShipments}, shipments.order.heap);
  visit(HistoryColumn{"shipments.order.ends", kShipments, kEnd}, shipments.order.ends);
  visit(HistoryColumn{"shipments.signed_by.heap", kShipments}, shipments.signed_by.heap);
  visit(HistoryColumn{"shipments.signed_by.ends", kShipments, kEnd}, shipments.signed_by.ends);
  visit(HistoryColumn{"returns.seq", kShipments, kSeq}, returns.seq);
  visit(HistoryColumn{"returns.date", kShipments}, returns.date);
  visit(HistoryColumn{"returns.amount", kShipments}, returns.amount);
  visit(HistoryColumn{"returns.shipment", kShipments, kShipment}, returns.shipment);
  visit(HistoryColumn{"shipment_reversals.seq", kShipments, kSeq}, shipment_reversals.seq);
  visit(HistoryColumn{"shipment_reversals.date", kShipments}, shipment_reversals.date);
  visit(HistoryColumn{"shipment_reversals.shipment", kShipments, kShipment}, shipment_reversals.shipment);
  visit(HistoryColumn{"invoiced_shipments.seq", kShipments, kSeq}, invoiced_shipments.seq);
  visit(HistoryColumn{"invoiced_shipments.date", kShipments}, invoiced_shipments.date);
  visit(HistoryColumn{"invoiced_shipments.shipment", kShipments, kShipment}, invoiced_shipments.shipment);
  visit(HistoryColumn{"invoiced_shipments.item", kShipments, kItem}, invoiced_shipments.item);
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
