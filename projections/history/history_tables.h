// The tables of a history: which columns there are, and how they are called on disk. History (history.h) has them to be
// read, GrowingHistory (growing_history.h) in the making, and HistoryRows has one row of each. Every table is in order
// of seq, so the rows known at a seq are a prefix of it. Instalments are in order of items.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ledger/event/event.h"
#include "ledger/events/figures.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"
#include "projections/history/history_columns.h"

namespace duebook {

// Each table is a struct of its columns with a list of them behind: Columns visits what is said of a column, and that
// column of each of the tables given, of which there may be several of different vectors.
template <template <class> class Vector, class Texts>
struct HistoryTables {
  struct Customers {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Texts id;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFigures, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date"}, of.date...);
      visit(HistoryColumn{"id"}, of.id...);
    }
  } customers;

  struct Items {
    Vector<uint64_t> seq;
    Vector<Date> date;  // effective
    Vector<Date> due;   // invoices; otherwise the effective date
    Vector<Minor> amount;
    Vector<uint32_t> customer;
    Vector<Currency> currency;
    Vector<ItemKind> kind;
    Vector<uint32_t> salesperson;  // [0] of people: the customer's
    Vector<Origin> origin;
    Vector<uint32_t> recorder;  // of a payment; otherwise [0] of people
    Texts number;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFigures, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date"}, of.date...);
      visit(HistoryColumn{"due"}, of.due...);
      visit(HistoryColumn{"amount", HistoryPart::kFigures, Values::kPositive}, of.amount...);
      visit(HistoryColumn{"customer", HistoryPart::kFigures, Values::kCustomer}, of.customer...);
      visit(HistoryColumn{"currency"}, of.currency...);
      visit(HistoryColumn{"kind"}, of.kind...);
      visit(HistoryColumn{"salesperson", HistoryPart::kSalespeople, Values::kPerson}, of.salesperson...);
      visit(HistoryColumn{"origin", HistoryPart::kShipments}, of.origin...);
      visit(HistoryColumn{"recorder", HistoryPart::kRecorders, Values::kPerson}, of.recorder...);
      visit(HistoryColumn{"number", HistoryPart::kNumbers}, of.number...);
    }
  } items;

  // Names of people; [0] is "".
  struct People {
    Texts name;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"name"}, of.name...);
    }
  } people;

  // What is said of customers: the names of attributes, such as "salesperson".
  struct AttributeNames {
    Texts name;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"name"}, of.name...);
    }
  } attribute_names;

  // What an attribute of a customer is, and from which day on.
  struct Attributes {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> customer;
    Vector<uint32_t> attribute;
    Texts value;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFigures, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date"}, of.date...);
      visit(HistoryColumn{"customer", HistoryPart::kFigures, Values::kCustomer}, of.customer...);
      visit(HistoryColumn{"attribute", HistoryPart::kFigures, Values::kAttribute}, of.attribute...);
      visit(HistoryColumn{"value"}, of.value...);
    }
  } attributes;

  // Up to what a customer may owe, and from which day on.
  struct Limits {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> customer;
    Vector<Currency> currency;
    Vector<Minor> amount;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFigures, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date"}, of.date...);
      visit(HistoryColumn{"customer", HistoryPart::kFigures, Values::kCustomer}, of.customer...);
      visit(HistoryColumn{"currency"}, of.currency...);
      visit(HistoryColumn{"amount"}, of.amount...);
    }
  } limits;

  // Those of invoices that have some; grouped by item, of each by due date, as given within a day. They add up to the
  // item's amount.
  struct Instalments {
    Vector<uint32_t> item;
    Vector<Date> due;
    Vector<Minor> amount;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"item", HistoryPart::kFigures, Values::kItem}, of.item...);
      visit(HistoryColumn{"due"}, of.due...);
      visit(HistoryColumn{"amount", HistoryPart::kFigures, Values::kPositive}, of.amount...);
    }
  } instalments;

  struct Movements {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> item;
    Vector<uint32_t> counterpart;  // kApplied: the other side's item; else kNoItem
    Vector<MovementKind> kind;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFigures, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date"}, of.date...);
      visit(HistoryColumn{"amount"}, of.amount...);
      visit(HistoryColumn{"item", HistoryPart::kFigures, Values::kItem}, of.item...);
      visit(HistoryColumn{"counterpart", HistoryPart::kCounterparts, Values::kItemOrNone}, of.counterpart...);
      visit(HistoryColumn{"kind"}, of.kind...);
    }
  } movements;

  // What ended as if it had not been: which application an ApplicationReversed undoes, which invoice is void.
  struct ApplicationReversals {
    Vector<uint64_t> seq;
    Vector<uint64_t> application;  // its seq

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kPromises, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"application", HistoryPart::kPromises}, of.application...);
    }
  } application_reversals;

  struct Voids {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> item;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kShipments, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kShipments}, of.date...);
      visit(HistoryColumn{"item", HistoryPart::kShipments, Values::kItem}, of.item...);
    }
  } voids;

  struct Disputes {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> item;
    Texts number;
    Texts reason;
    Texts kind;
    Texts owner;  // who was to look after it when it was opened

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFigures, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date"}, of.date...);
      visit(HistoryColumn{"amount"}, of.amount...);
      visit(HistoryColumn{"item", HistoryPart::kFigures, Values::kItem}, of.item...);
      visit(HistoryColumn{"number", HistoryPart::kDisputes}, of.number...);
      visit(HistoryColumn{"reason", HistoryPart::kDisputes}, of.reason...);
      visit(HistoryColumn{"kind", HistoryPart::kDisputes}, of.kind...);
      visit(HistoryColumn{"owner", HistoryPart::kDisputes}, of.owner...);
    }
  } disputes;

  struct DisputeResolutions {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> dispute;
    Vector<Minor> upheld;  // how much of it was found right
    Texts outcome;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFigures, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date"}, of.date...);
      visit(HistoryColumn{"dispute", HistoryPart::kFigures, Values::kDispute}, of.dispute...);
      visit(HistoryColumn{"upheld", HistoryPart::kDisputes}, of.upheld...);
      visit(HistoryColumn{"outcome", HistoryPart::kDisputes}, of.outcome...);
    }
  } resolutions;

  struct Promises {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Date> due;
    Vector<Minor> amount;
    Vector<uint32_t> customer;
    Vector<Currency> currency;
    Vector<Date> last_day;  // with its days of grace; Date::Min() if it says none
    Texts number;
    Texts plan;        // "": none
    Texts instrument;  // likewise

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kPromises, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kPromises}, of.date...);
      visit(HistoryColumn{"due", HistoryPart::kPromises}, of.due...);
      visit(HistoryColumn{"amount", HistoryPart::kPromises}, of.amount...);
      visit(HistoryColumn{"customer", HistoryPart::kPromises, Values::kCustomer}, of.customer...);
      visit(HistoryColumn{"currency", HistoryPart::kPromises}, of.currency...);
      visit(HistoryColumn{"last_day", HistoryPart::kPromises}, of.last_day...);
      visit(HistoryColumn{"number", HistoryPart::kPromises}, of.number...);
      visit(HistoryColumn{"plan", HistoryPart::kPromises}, of.plan...);
      visit(HistoryColumn{"instrument", HistoryPart::kPromises}, of.instrument...);
    }
  } promises;

  // The invoices that promises name, if they do; grouped by promise.
  struct PromisedInvoices {
    Vector<uint32_t> promise;
    Vector<uint32_t> item;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"promise", HistoryPart::kPromises, Values::kPromise}, of.promise...);
      visit(HistoryColumn{"item", HistoryPart::kPromises, Values::kItem}, of.item...);
    }
  } promised_invoices;

  struct PromiseWithdrawals {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> promise;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kPromises, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kPromises}, of.date...);
      visit(HistoryColumn{"promise", HistoryPart::kPromises, Values::kPromise}, of.promise...);
    }
  } withdrawals;

  struct Shipments {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> customer;
    Vector<Currency> currency;
    Texts number;
    Texts order;
    Texts signed_by;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kShipments, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kShipments}, of.date...);
      visit(HistoryColumn{"amount", HistoryPart::kShipments}, of.amount...);
      visit(HistoryColumn{"customer", HistoryPart::kShipments, Values::kCustomer}, of.customer...);
      visit(HistoryColumn{"currency", HistoryPart::kShipments}, of.currency...);
      visit(HistoryColumn{"number", HistoryPart::kShipments}, of.number...);
      visit(HistoryColumn{"order", HistoryPart::kShipments}, of.order...);
      visit(HistoryColumn{"signed_by", HistoryPart::kShipments}, of.signed_by...);
    }
  } shipments;

  // What came back of a shipment: positive, and negative where the return was reversed.
  struct ShipmentReturns {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<Minor> amount;
    Vector<uint32_t> shipment;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kShipments, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kShipments}, of.date...);
      visit(HistoryColumn{"amount", HistoryPart::kShipments}, of.amount...);
      visit(HistoryColumn{"shipment", HistoryPart::kShipments, Values::kShipment}, of.shipment...);
    }
  } returns;

  struct ShipmentReversals {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> shipment;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kShipments, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kShipments}, of.date...);
      visit(HistoryColumn{"shipment", HistoryPart::kShipments, Values::kShipment}, of.shipment...);
    }
  } shipment_reversals;

  // A shipment and an invoice of which one names the other; seq and date of the one that does.
  struct InvoicedShipments {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> shipment;
    Vector<uint32_t> item;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kShipments, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kShipments}, of.date...);
      visit(HistoryColumn{"shipment", HistoryPart::kShipments, Values::kShipment}, of.shipment...);
      visit(HistoryColumn{"item", HistoryPart::kShipments, Values::kItem}, of.item...);
    }
  } invoiced_shipments;

  // What events say beside what they move (NewFact), of all types that say something so.
  struct Facts {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<EventType> type;
    Vector<uint32_t> customer;
    Vector<Currency> currency;
    Vector<uint64_t> subject;  // the seq of the document's event
    Vector<Minor> amount;
    Vector<Date> day;
    Vector<uint32_t> number;
    Texts key;
    Texts text;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFacts, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kFacts}, of.date...);
      visit(HistoryColumn{"type", HistoryPart::kFacts}, of.type...);
      visit(HistoryColumn{"customer", HistoryPart::kFacts, Values::kCustomerOrNone}, of.customer...);
      visit(HistoryColumn{"currency", HistoryPart::kFacts}, of.currency...);
      visit(HistoryColumn{"subject", HistoryPart::kFacts}, of.subject...);
      visit(HistoryColumn{"amount", HistoryPart::kFacts}, of.amount...);
      visit(HistoryColumn{"day", HistoryPart::kFacts}, of.day...);
      visit(HistoryColumn{"number", HistoryPart::kFacts}, of.number...);
      visit(HistoryColumn{"key", HistoryPart::kFacts}, of.key...);
      visit(HistoryColumn{"text", HistoryPart::kFacts}, of.text...);
    }
  } facts;

  // The parts of facts that have some; grouped by fact, in the order in which the event says them.
  struct FactParts {
    Vector<uint32_t> fact;
    Vector<uint32_t> item;
    Vector<Date> day;
    Vector<Minor> amount;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"fact", HistoryPart::kFacts, Values::kFact}, of.fact...);
      visit(HistoryColumn{"item", HistoryPart::kFacts, Values::kItemOrNone}, of.item...);
      visit(HistoryColumn{"day", HistoryPart::kFacts}, of.day...);
      visit(HistoryColumn{"amount", HistoryPart::kFacts}, of.amount...);
    }
  } fact_parts;

  struct FactReversals {
    Vector<uint64_t> seq;
    Vector<Date> date;
    Vector<uint32_t> fact;

    template <class Visit, class... Tables>
    static constexpr void Columns(Visit&& visit, Tables&... of) {
      visit(HistoryColumn{"seq", HistoryPart::kFacts, Values::kSeq}, of.seq...);
      visit(HistoryColumn{"date", HistoryPart::kFacts}, of.date...);
      visit(HistoryColumn{"fact", HistoryPart::kFacts, Values::kFact}, of.fact...);
    }
  } fact_reversals;
};

// A value, where tables have a vector of them.
template <class T>
using OneValue = T;
using HistoryRows = HistoryTables<OneValue, std::string_view>;

// Visits the name of each table with that table of each of the histories given, always in this order.
template <class Visit, class... Histories>
constexpr void ForEachTable(Visit&& visit, Histories&... of) {
  visit("customers", of.customers...);
  visit("items", of.items...);
  visit("people", of.people...);
  visit("attribute_names", of.attribute_names...);
  visit("attributes", of.attributes...);
  visit("limits", of.limits...);
  visit("instalments", of.instalments...);
  visit("movements", of.movements...);
  visit("application_reversals", of.application_reversals...);
  visit("voids", of.voids...);
  visit("disputes", of.disputes...);
  visit("resolutions", of.resolutions...);
  visit("promises", of.promises...);
  visit("promised_invoices", of.promised_invoices...);
  visit("withdrawals", of.withdrawals...);
  visit("shipments", of.shipments...);
  visit("returns", of.returns...);
  visit("shipment_reversals", of.shipment_reversals...);
  visit("invoiced_shipments", of.invoiced_shipments...);
  visit("facts", of.facts...);
  visit("fact_parts", of.fact_parts...);
  visit("fact_reversals", of.fact_reversals...);
}

// A column of each table is in its list, and each table is visited.
template <class T>
using OneByte = char;
static_assert([] {
  HistoryTables<OneByte, char> every{};
  size_t visited = 0;
  ForEachTable(
      [&](std::string_view, auto& table) { table.Columns([&](const HistoryColumn&, char&) { visited++; }, table); },
      every);
  return visited == sizeof(every);
}());

// Adds a row to a table in the making, with a value for each of its columns.
template <class Table, class Row>
void AddRow(Table& table, const Row& row) {
  Table::Columns([](const HistoryColumn&, auto& column, const auto& value) { column.Add(value); }, table, row);
}

}  // namespace duebook
