#include "projections/history/growing_history.h"

#include <fmt/core.h>

#include "ledger/events/event_kind.h"
#include "ledger/values/check.h"
#include "projections/history/history.h"

namespace duebook {
namespace {

// The row that the event with this seq introduced; `evolved` are those that were folded here, and not loaded.
uint32_t RowAmong(const RowsBySeq& evolved, const GrowingColumn<uint64_t>& column, uint64_t seq) {
  const uint32_t row = evolved.Find(seq);
  return row == RowsBySeq::kAbsent ? RowOf(column.View(), seq) : row;
}

}  // namespace

uint32_t GrowingHistory::CustomerAt(uint64_t seq) const { return RowAmong(evolved_customers_, customers.seq, seq); }

uint32_t GrowingHistory::ItemAt(uint64_t seq) const { return RowAmong(evolved_items_, items.seq, seq); }

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

// Turns what one event moves into rows. If it refers to a row that is not there, it is a stray event, and leaves only a
// part of them.
class GrowingHistory::FiguresOfEvent final : public Figures {
 public:
  FiguresOfEvent(GrowingHistory& history, EventView event) : history_(history), event_(event) {}

  void AddCustomer(std::string_view name) override;
  void Assign(uint64_t customer, std::string_view salesperson) override;
  void AddItem(const NewItem& item) override;
  void Move(uint64_t item, MovementKind kind, Minor amount, Date from) override;
  void Apply(uint64_t invoice, uint64_t funding, Minor amount, Minor discount) override;
  void EndApplication(uint64_t application) override;
  void EndInvoice(uint64_t invoice) override;
  void AddDispute(const NewDispute& dispute) override;
  void EndDispute(uint64_t dispute, std::string_view outcome) override;
  void AddPromise(const NewPromise& promise) override;
  void EndPromise(uint64_t promise) override;
  void AddShipment(const NewShipment& shipment) override;
  void ReturnShipment(uint64_t shipment, Minor amount) override;
  void JoinShipment(uint64_t shipment, uint64_t invoice) override;
  void TakeBack(uint64_t event) override;

 private:
  // Returns whether the row is there.
  bool IsHere(uint32_t row, const GrowingColumn<uint64_t>& table);
  // Returns the row of the event's customer, which may not be there.
  uint32_t OwnCustomer() const { return history_.CustomerAt(event_.Referred("customer")); }
  void AddMovement(uint32_t item, MovementKind kind, Minor amount, Date from, uint32_t counterpart = kNoItem);
  void AddReturn(uint32_t shipment, Minor amount);

  GrowingHistory& history_;
  const EventView event_;
};

bool GrowingHistory::FiguresOfEvent::IsHere(uint32_t row, const GrowingColumn<uint64_t>& table) {
  if (row < table.size()) return true;
  if (history_.first_stray_ == 0) history_.first_stray_ = event_.seq();
  return false;
}

void GrowingHistory::FiguresOfEvent::AddMovement(uint32_t item, MovementKind kind, Minor amount, Date from,
                                                 uint32_t counterpart) {
  if (!IsHere(item, history_.items.seq)) return;
  Movements& movements = history_.movements;
  movements.seq.Add(event_.seq());
  movements.date.Add(from);
  movements.amount.Add(amount);
  movements.item.Add(item);
  movements.counterpart.Add(counterpart);
  movements.kind.Add(kind);
}

void GrowingHistory::FiguresOfEvent::AddCustomer(std::string_view name) {
  Customers& customers = history_.customers;
  const auto row = static_cast<uint32_t>(customers.seq.size());
  if (row == 0) history_.people.Add("");
  history_.evolved_customers_.Add(event_.seq(), row);
  customers.seq.Add(event_.seq());
  customers.date.Add(event_.date());
  customers.id.Add(event_.customer());
  customers.name.Add(name);
}

void GrowingHistory::FiguresOfEvent::Assign(uint64_t customer, std::string_view salesperson) {
  if (salesperson.empty()) return;
  const uint32_t row = history_.CustomerAt(customer);
  if (!IsHere(row, history_.customers.seq)) return;
  Assignments& assignments = history_.assignments;
  assignments.seq.Add(event_.seq());
  assignments.date.Add(event_.date());
  assignments.customer.Add(row);
  assignments.salesperson.Add(history_.PersonIndex(salesperson));
}

void GrowingHistory::FiguresOfEvent::AddItem(const NewItem& item) {
  Items& items = history_.items;
  const auto row = static_cast<uint32_t>(items.seq.size());
  CHECK(row != kNoItem);
  const uint32_t customer = OwnCustomer();
  if (!IsHere(customer, history_.customers.seq)) return;
  history_.evolved_items_.Add(event_.seq(), row);
  items.seq.Add(event_.seq());
  items.date.Add(event_.date());
  items.due.Add(item.due);
  items.amount.Add(item.amount);
  items.customer.Add(customer);
  items.currency.Add(event_.currency());
  items.kind.Add(item.kind);
  items.salesperson.Add(history_.PersonIndex(item.salesperson));
  items.recorder.Add(history_.PersonIndex(item.recorder));
  items.origin.Add(event_.imported() ? Origin::kImported : Origin::kRecorded);
  items.number.Add(item.number);
  AddMovement(row, MovementKind::kIssued, item.amount, event_.date());
  for (const auto& [due, amount] : item.instalments) {
    history_.instalments.item.Add(row);
    history_.instalments.due.Add(due);
    history_.instalments.amount.Add(amount);
  }
}

void GrowingHistory::FiguresOfEvent::Move(uint64_t item, MovementKind kind, Minor amount, Date from) {
  AddMovement(history_.ItemAt(item), kind, amount, from);
}

void GrowingHistory::FiguresOfEvent::Apply(uint64_t invoice, uint64_t funding, Minor amount, Minor discount) {
  const uint32_t paid = history_.ItemAt(invoice);
  const uint32_t source = history_.ItemAt(funding);
  if (!IsHere(paid, history_.items.seq) || !IsHere(source, history_.items.seq)) return;
  AddMovement(paid, MovementKind::kApplied, amount, event_.date(), source);
  if (discount != 0) AddMovement(paid, MovementKind::kDiscount, discount, event_.date());
  AddMovement(source, MovementKind::kApplied, amount, event_.date(), paid);
}

void GrowingHistory::FiguresOfEvent::EndApplication(uint64_t application) {
  history_.application_reversals.seq.Add(event_.seq());
  history_.application_reversals.application.Add(application);
}

void GrowingHistory::FiguresOfEvent::EndInvoice(uint64_t invoice) {
  const uint32_t item = history_.ItemAt(invoice);
  if (!IsHere(item, history_.items.seq)) return;
  history_.voids.seq.Add(event_.seq());
  history_.voids.date.Add(event_.date());
  history_.voids.item.Add(item);
}

void GrowingHistory::FiguresOfEvent::AddDispute(const NewDispute& dispute) {
  const uint32_t item = history_.ItemAt(dispute.invoice);
  if (!IsHere(item, history_.items.seq)) return;
  Disputes& disputes = history_.disputes;
  disputes.seq.Add(event_.seq());
  disputes.date.Add(event_.date());
  disputes.amount.Add(dispute.amount);
  disputes.item.Add(item);
  disputes.number.Add(dispute.number);
  disputes.reason.Add(dispute.reason);
}

void GrowingHistory::FiguresOfEvent::EndDispute(uint64_t dispute, std::string_view outcome) {
  const uint32_t row = RowOf(history_.disputes.seq.View(), dispute);
  if (!IsHere(row, history_.disputes.seq)) return;
  DisputeResolutions& resolutions = history_.resolutions;
  resolutions.seq.Add(event_.seq());
  resolutions.date.Add(event_.date());
  resolutions.dispute.Add(row);
  resolutions.outcome.Add(outcome);
}

void GrowingHistory::FiguresOfEvent::AddPromise(const NewPromise& promise) {
  const uint32_t customer = OwnCustomer();
  if (!IsHere(customer, history_.customers.seq)) return;
  Promises& promises = history_.promises;
  const auto row = static_cast<uint32_t>(promises.seq.size());
  for (const uint64_t invoice : promise.invoices) {
    const uint32_t item = history_.ItemAt(invoice);
    if (!IsHere(item, history_.items.seq)) return;
    history_.promised_invoices.promise.Add(row);
    history_.promised_invoices.item.Add(item);
  }
  promises.seq.Add(event_.seq());
  promises.date.Add(event_.date());
  promises.due.Add(promise.due);
  promises.amount.Add(promise.amount);
  promises.customer.Add(customer);
  promises.currency.Add(event_.currency());
  promises.number.Add(promise.number);
}

void GrowingHistory::FiguresOfEvent::EndPromise(uint64_t promise) {
  const uint32_t row = RowOf(history_.promises.seq.View(), promise);
  if (!IsHere(row, history_.promises.seq)) return;
  history_.withdrawals.seq.Add(event_.seq());
  history_.withdrawals.date.Add(event_.date());
  history_.withdrawals.promise.Add(row);
}

void GrowingHistory::FiguresOfEvent::AddShipment(const NewShipment& shipment) {
  const uint32_t customer = OwnCustomer();
  if (!IsHere(customer, history_.customers.seq)) return;
  Shipments& shipments = history_.shipments;
  shipments.seq.Add(event_.seq());
  shipments.date.Add(event_.date());
  shipments.amount.Add(shipment.amount);
  shipments.customer.Add(customer);
  shipments.currency.Add(event_.currency());
  shipments.number.Add(shipment.number);
  shipments.order.Add(shipment.order);
  shipments.signed_by.Add(shipment.signed_by);
}

void GrowingHistory::FiguresOfEvent::ReturnShipment(uint64_t shipment, Minor amount) {
  AddReturn(RowOf(history_.shipments.seq.View(), shipment), amount);
}

void GrowingHistory::FiguresOfEvent::AddReturn(uint32_t shipment, Minor amount) {
  if (!IsHere(shipment, history_.shipments.seq)) return;
  ShipmentReturns& returns = history_.returns;
  returns.seq.Add(event_.seq());
  returns.date.Add(event_.date());
  returns.amount.Add(amount);
  returns.shipment.Add(shipment);
}

void GrowingHistory::FiguresOfEvent::JoinShipment(uint64_t shipment, uint64_t invoice) {
  const uint32_t row = RowOf(history_.shipments.seq.View(), shipment);
  const uint32_t item = history_.ItemAt(invoice);
  if (!IsHere(row, history_.shipments.seq) || !IsHere(item, history_.items.seq)) return;
  InvoicedShipments& invoiced = history_.invoiced_shipments;
  invoiced.seq.Add(event_.seq());
  invoiced.date.Add(event_.date());
  invoiced.shipment.Add(row);
  invoiced.item.Add(item);
}

void GrowingHistory::FiguresOfEvent::TakeBack(uint64_t event) {
  const Movements& movements = history_.movements;
  const ColumnView<uint64_t> seqs = movements.seq.View();
  for (size_t row = RowsBelow(seqs, event); row < seqs.size() && seqs[row] == event; ++row) {
    const MovementKind kind = movements.kind[row];
    AddMovement(movements.item[row], kind == MovementKind::kIssued ? MovementKind::kReversed : kind,
                -movements.amount[row], event_.date());
  }
  const uint32_t shipment = RowOf(history_.shipments.seq.View(), event);
  if (shipment != kNoItem) {
    history_.shipment_reversals.seq.Add(event_.seq());
    history_.shipment_reversals.date.Add(event_.date());
    history_.shipment_reversals.shipment.Add(shipment);
  }
  const uint32_t returned = RowOf(history_.returns.seq.View(), event);
  if (returned != kNoItem) AddReturn(history_.returns.shipment[returned], -history_.returns.amount[returned]);
}

void GrowingHistory::Evolve(EventView event) {
  CHECK(event.seq() > position());
  const auto moves = KindOf(event.type()).moves;
  if (moves != nullptr) {
    FiguresOfEvent figures(*this, event);
    moves(event, figures);
  }
  position_.store(event.seq(), std::memory_order_release);
}

}  // namespace duebook
