#include "projections/history/growing_history.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/check.h"
#include "projections/history/history.h"

namespace duebook {
namespace {

// The row that the event with this seq introduced; `evolved` are those that were folded here, and not loaded.
uint32_t RowAmong(const RowsBySeq& evolved, const GrowingColumn<uint64_t>& column, uint64_t seq) {
  const uint32_t row = evolved.Find(seq);
  return row == RowsBySeq::kAbsent ? RowOf(column.View(), seq) : row;
}

// What an application or a refund takes from.
uint64_t FundingOf(EventView event) {
  const uint64_t payment = event.Referred("payment");
  return payment != 0 ? payment : event.Referred("credit_note");
}

}  // namespace

uint32_t GrowingHistory::CustomerAt(uint64_t seq) const { return RowAmong(evolved_customers_, customers.seq, seq); }

uint32_t GrowingHistory::ItemAt(uint64_t seq) const { return RowAmong(evolved_items_, items.seq, seq); }

bool GrowingHistory::IsHere(EventView event, uint32_t row, const GrowingColumn<uint64_t>& table) {
  if (row < table.size()) return true;
  if (first_stray_ == 0) first_stray_ = event.seq();
  return false;
}

Status GrowingHistory::status() const {
  if (first_stray_ == 0) return Status();
  return DoesNotFollow(fmt::format("event {} refers to one that was not found before it", first_stray_));
}

std::vector<NamedColumn> GrowingHistory::Columns() {
  std::vector<NamedColumn> columns;
  ForEachColumn(*this, [&](const HistoryColumn& column, ColumnMemory& memory) {
    columns.push_back({std::string(column.name), &memory});
  });
  return columns;
}

Status GrowingHistory::CatchUp(const EventLog& log) {
  RETURN_IF_ERROR(log.Scan(position() + 1, log.last_seq(), [this](EventView event) {
    Evolve(event);
    return true;
  }));
  return status();
}

uint32_t GrowingHistory::PersonIndex(std::string_view name) {
  if (name.empty()) return 0;
  for (size_t i = person_index_.size(); i < people.size(); ++i) {
    person_index_.emplace(people[i], static_cast<uint32_t>(i));
  }
  const auto known = person_index_.find(name);
  if (known != person_index_.end()) return known->second;
  people.Add(name);
  return person_index_.emplace(name, static_cast<uint32_t>(people.size() - 1)).first->second;
}

void GrowingHistory::AddMovement(EventView event, Date date, uint32_t item, MovementKind kind, Minor amount,
                                 uint32_t counterpart) {
  if (!IsHere(event, item, items.seq)) return;
  movements.seq.Add(event.seq());
  movements.date.Add(date);
  movements.amount.Add(amount);
  movements.item.Add(item);
  movements.counterpart.Add(counterpart);
  movements.kind.Add(kind);
}

uint32_t GrowingHistory::AddItem(EventView event, const NewItem& item) {
  const auto row = static_cast<uint32_t>(items.seq.size());
  CHECK(row != kNoItem);
  const uint32_t customer = CustomerAt(event.Referred("customer"));
  if (!IsHere(event, customer, customers.seq)) return kNoItem;
  evolved_items_.Add(event.seq(), row);
  items.seq.Add(event.seq());
  items.date.Add(event.date());
  items.due.Add(item.due);
  items.amount.Add(item.amount);
  items.customer.Add(customer);
  items.currency.Add(event.currency());
  items.kind.Add(item.kind);
  items.salesperson.Add(PersonIndex(item.salesperson));
  items.recorder.Add(PersonIndex(item.recorder));
  items.origin.Add(event.imported() ? Origin::kImported : Origin::kRecorded);
  items.number.Add(item.number);
  AddMovement(event, row, MovementKind::kIssued, item.amount);
  return row;
}

void GrowingHistory::AddCustomer(EventView event) {
  const auto& body = event.body<schema::CustomerOpened>();
  const auto row = static_cast<uint32_t>(customers.seq.size());
  if (row == 0) people.Add("");
  evolved_customers_.Add(event.seq(), row);
  customers.seq.Add(event.seq());
  customers.date.Add(event.date());
  customers.id.Add(event.customer());
  customers.name.Add(EventView::Text(body.name()));
  AddAssignment(event, row, EventView::Text(body.salesperson()));
}

void GrowingHistory::AddAssignment(EventView event, uint32_t customer, std::string_view salesperson) {
  if (salesperson.empty() || !IsHere(event, customer, customers.seq)) return;
  assignments.seq.Add(event.seq());
  assignments.date.Add(event.date());
  assignments.customer.Add(customer);
  assignments.salesperson.Add(PersonIndex(salesperson));
}

void GrowingHistory::AddInvoice(EventView event) {
  const auto& body = event.body<schema::InvoiceIssued>();
  const Date due = body.due() != nullptr ? DateOf(*body.due()) : event.date();
  const uint32_t item = AddItem(event, {ItemKind::kInvoice, EventView::Text(body.invoice()), due,
                                        AmountOf(body.amount()), EventView::Text(body.salesperson())});
  if (item == kNoItem) return;
  AddInvoicedShipments(event);
  if (body.instalments() == nullptr) return;
  std::vector<const schema::Instalment*> by_due(body.instalments()->begin(), body.instalments()->end());
  std::stable_sort(by_due.begin(), by_due.end(), [](const schema::Instalment* a, const schema::Instalment* b) {
    return DateOf(*a->due()) < DateOf(*b->due());
  });
  for (const schema::Instalment* instalment : by_due) {
    instalments.item.Add(item);
    instalments.due.Add(DateOf(*instalment->due()));
    instalments.amount.Add(AmountOf(instalment->amount()));
  }
}

void GrowingHistory::AddCreditNote(EventView event) {
  const auto& body = event.body<schema::CreditNoteIssued>();
  const Minor amount = AmountOf(body.amount());
  if (EventView::Text(body.invoice()).empty()) {
    AddItem(event, {ItemKind::kCreditNote, EventView::Text(body.credit_note()), event.date(), amount});
  } else {
    AddMovement(event, ItemAt(event.Referred("invoice")), MovementKind::kCredited, -amount);
  }
}

void GrowingHistory::AddApplication(EventView event, uint32_t invoice, uint32_t source, Minor amount, Minor discount) {
  if (!IsHere(event, invoice, items.seq) || !IsHere(event, source, items.seq)) return;
  AddMovement(event, invoice, MovementKind::kApplied, amount, source);
  if (discount != 0) AddMovement(event, invoice, MovementKind::kDiscount, discount);
  AddMovement(event, source, MovementKind::kApplied, amount, invoice);
}

void GrowingHistory::AddWriteOff(EventView event) {
  const auto& body = event.body<schema::WriteOffApproved>();
  const Minor amount = AmountOf(body.amount());
  if (amount == 0) return;  // an approval that does not complete the write-off
  AddMovement(event, DateOf(*body.in_force_from()), ItemAt(event.Referred("write_off.invoice")),
              MovementKind::kWrittenOff, -amount, kNoItem);
}

// Takes back every movement that the reversed event made: of a note or a refund, which have no counterpart.
void GrowingHistory::AddReversal(EventView event) {
  const uint64_t original = event.Referred("event");
  const ColumnView<uint64_t> seqs = movements.seq.View();
  for (size_t row = RowsBelow(seqs, original); row < seqs.size() && seqs[row] == original; ++row) {
    const MovementKind kind = movements.kind[row];
    AddMovement(event, movements.item[row], kind == MovementKind::kIssued ? MovementKind::kReversed : kind,
                -movements.amount[row]);
  }
  if (RowOf(shipments.seq.View(), original) != kNoItem) {
    shipment_reversals.seq.Add(event.seq());
    shipment_reversals.date.Add(event.date());
    shipment_reversals.shipment.Add(RowOf(shipments.seq.View(), original));
  } else if (RowOf(returns.seq.View(), original) != kNoItem) {
    AddReturn(event, event.Referred("event.document"), -AmountOf(event.body<schema::EventReversed>().amount()));
  }
}

void GrowingHistory::AddDispute(EventView event) {
  const uint32_t item = ItemAt(event.Referred("invoice"));
  if (!IsHere(event, item, items.seq)) return;
  disputes.seq.Add(event.seq());
  disputes.date.Add(event.date());
  disputes.amount.Add(AmountOf(event.body<schema::DisputeOpened>().amount()));
  disputes.item.Add(item);
  disputes.number.Add(EventView::Text(event.body<schema::DisputeOpened>().dispute()));
  disputes.reason.Add(EventView::Text(event.body<schema::DisputeOpened>().reason()));
}

void GrowingHistory::AddResolution(EventView event) {
  const uint32_t dispute = RowOf(disputes.seq.View(), event.Referred("dispute"));
  if (!IsHere(event, dispute, disputes.seq)) return;
  resolutions.seq.Add(event.seq());
  resolutions.date.Add(event.date());
  resolutions.dispute.Add(dispute);
  resolutions.outcome.Add(EventView::Text(event.body<schema::DisputeResolved>().outcome()));
}

void GrowingHistory::AddVoid(EventView event) {
  const uint32_t item = ItemAt(event.Referred("invoice"));
  AddMovement(event, item, MovementKind::kCredited, -AmountOf(event.body<schema::InvoiceVoided>().open()));
  if (!IsHere(event, item, items.seq)) return;
  voids.seq.Add(event.seq());
  voids.date.Add(event.date());
  voids.item.Add(item);
}

void GrowingHistory::AddPromise(EventView event) {
  const auto& body = event.body<schema::PromiseMade>();
  const uint32_t customer = CustomerAt(event.Referred("customer"));
  if (!IsHere(event, customer, customers.seq)) return;
  const auto promise = static_cast<uint32_t>(promises.seq.size());
  for (const uint64_t invoice : event.AllReferred("invoices")) {
    const uint32_t item = ItemAt(invoice);
    if (!IsHere(event, item, items.seq)) return;
    promised_invoices.promise.Add(promise);
    promised_invoices.item.Add(item);
  }
  promises.seq.Add(event.seq());
  promises.date.Add(event.date());
  promises.due.Add(DateOf(*body.due()));
  promises.amount.Add(AmountOf(body.amount()));
  promises.customer.Add(customer);
  promises.currency.Add(event.currency());
  promises.number.Add(EventView::Text(body.promise()));
}

void GrowingHistory::AddWithdrawal(EventView event) {
  const uint32_t promise = RowOf(promises.seq.View(), event.Referred("promise"));
  if (!IsHere(event, promise, promises.seq)) return;
  withdrawals.seq.Add(event.seq());
  withdrawals.date.Add(event.date());
  withdrawals.promise.Add(promise);
}

void GrowingHistory::AddShipment(EventView event) {
  const auto& body = event.body<schema::ShipmentRecorded>();
  const uint32_t customer = CustomerAt(event.Referred("customer"));
  if (!IsHere(event, customer, customers.seq)) return;
  shipments.seq.Add(event.seq());
  shipments.date.Add(event.date());
  shipments.amount.Add(AmountOf(body.amount()));
  shipments.customer.Add(customer);
  shipments.currency.Add(event.currency());
  shipments.number.Add(EventView::Text(body.shipment()));
  shipments.order.Add(EventView::Text(body.order()));
  shipments.signed_by.Add(EventView::Text(body.signed_by()));
  AddInvoicedShipments(event);
}

void GrowingHistory::AddReturn(EventView event, uint64_t shipment, Minor amount) {
  const uint32_t row = RowOf(shipments.seq.View(), shipment);
  if (!IsHere(event, row, shipments.seq)) return;
  returns.seq.Add(event.seq());
  returns.date.Add(event.date());
  returns.amount.Add(amount);
  returns.shipment.Add(row);
}

void GrowingHistory::AddInvoicedShipments(EventView event) {
  const bool is_shipment = event.type() == EventType::ShipmentRecorded;
  for (const uint64_t named : event.AllReferred(is_shipment ? "invoice" : "shipments")) {
    const uint32_t shipment = RowOf(shipments.seq.View(), is_shipment ? event.seq() : named);
    const uint32_t item = ItemAt(is_shipment ? named : event.seq());
    if (!IsHere(event, shipment, shipments.seq) || !IsHere(event, item, items.seq)) return;
    invoiced_shipments.seq.Add(event.seq());
    invoiced_shipments.date.Add(event.date());
    invoiced_shipments.shipment.Add(shipment);
    invoiced_shipments.item.Add(item);
  }
}

void GrowingHistory::Evolve(EventView event) {
  CHECK(event.seq() > position());
  Fold(event);
  position_.store(event.seq(), std::memory_order_release);
}

void GrowingHistory::Fold(EventView event) {
  const auto item = [&](std::string_view name) { return ItemAt(event.Referred(name)); };
  switch (event.type()) {
    case EventType::CustomerOpened:
      return AddCustomer(event);
    case EventType::CustomerChanged:
      return AddAssignment(event, CustomerAt(event.Referred("customer")),
                           EventView::Text(event.body<schema::CustomerChanged>().salesperson()));
    case EventType::EventReversed:
      return AddReversal(event);
    case EventType::SalespersonAssigned:
      return AddAssignment(event, CustomerAt(event.Referred("customer")),
                           EventView::Text(event.body<schema::SalespersonAssigned>().salesperson()));
    case EventType::InvoiceIssued:
      return AddInvoice(event);
    case EventType::DebitNoteIssued:
      return AddMovement(event, item("invoice"), MovementKind::kDebited,
                         AmountOf(event.body<schema::DebitNoteIssued>().amount()));
    case EventType::CreditNoteIssued:
      return AddCreditNote(event);
    case EventType::InvoiceVoided:
      return AddVoid(event);
    case EventType::PaymentReceived: {
      const auto& body = event.body<schema::PaymentReceived>();
      AddItem(event, {ItemKind::kPayment, EventView::Text(body.payment()), event.date(), AmountOf(body.amount()), "",
                      event.actor()});
      return;
    }
    case EventType::PaymentApplied: {
      const auto& body = event.body<schema::PaymentApplied>();
      return AddApplication(event, item("invoice"), ItemAt(FundingOf(event)), -AmountOf(body.amount()),
                            -AmountOf(body.discount()));
    }
    case EventType::ApplicationReversed: {
      const auto& body = event.body<schema::ApplicationReversed>();
      application_reversals.seq.Add(event.seq());
      application_reversals.application.Add(event.Referred("application"));
      return AddApplication(event, item("application.invoice"), item("application.funding"), AmountOf(body.amount()),
                            AmountOf(body.discount()));
    }
    case EventType::PaymentReversed:
      return AddMovement(event, item("payment"), MovementKind::kReversed,
                         -AmountOf(event.body<schema::PaymentReversed>().amount()));
    case EventType::RefundPaid:
      return AddMovement(event, ItemAt(FundingOf(event)), MovementKind::kRefunded,
                         -AmountOf(event.body<schema::RefundPaid>().amount()));
    case EventType::DisputeOpened:
      return AddDispute(event);
    case EventType::DisputeResolved:
      return AddResolution(event);
    case EventType::PromiseMade:
      return AddPromise(event);
    case EventType::PromiseWithdrawn:
      return AddWithdrawal(event);
    case EventType::ShipmentRecorded:
      return AddShipment(event);
    case EventType::ShipmentReturned:
      return AddReturn(event, event.Referred("shipment"), AmountOf(event.body<schema::ShipmentReturned>().amount()));
    case EventType::WriteOffApproved:
      return AddWriteOff(event);
    case EventType::WriteOffReversed:
      return AddMovement(event, item("write_off.invoice"), MovementKind::kWrittenOff,
                         AmountOf(event.body<schema::WriteOffReversed>().amount()));
    default:
      return;  // moves no figure
  }
}

}  // namespace duebook
