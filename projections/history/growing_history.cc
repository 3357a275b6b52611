#include "projections/history/growing_history.h"

#include <fmt/core.h>

#include <utility>

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
  ForEachStoredColumn(*this, [&](std::string name, const HistoryColumn&, ColumnMemory& memory) {
    columns.push_back({std::move(name), &memory});
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
  for (size_t i = person_index_.size(); i < people.name.size(); ++i) {
    person_index_.emplace(people.name[i], static_cast<uint32_t>(i));
  }
  const auto known = person_index_.find(name);
  if (known != person_index_.end()) return known->second;
  AddRow(people, HistoryRows::People{.name = name});
  return person_index_.emplace(name, static_cast<uint32_t>(people.name.size() - 1)).first->second;
}

uint32_t GrowingHistory::AttributeIndex(std::string_view name) {
  size_t row = 0;
  while (row < attribute_names.name.size() && attribute_names.name[row] != name) ++row;
  if (row == attribute_names.name.size()) AddRow(attribute_names, HistoryRows::AttributeNames{.name = name});
  return static_cast<uint32_t>(row);
}

// Turns what one event moves into rows. If it refers to a row that is not there, it is a stray event, and leaves only a
// part of them.
class GrowingHistory::FiguresOfEvent final : public Figures {
 public:
  FiguresOfEvent(GrowingHistory& history, EventView event) : history_(history), event_(event) {}

  void AddCustomer() override;
  void Describe(uint64_t customer, std::string_view attribute, std::string_view value) override;
  void Clear(uint64_t customer, std::string_view attribute) override;
  void SetLimit(uint64_t customer, Minor limit) override;
  void AddItem(const NewItem& item) override;
  void Move(uint64_t item, MovementKind kind, Minor amount, Date from) override;
  void Apply(uint64_t invoice, uint64_t funding, Minor amount, Minor discount) override;
  void EndApplication(uint64_t application) override;
  void EndInvoice(uint64_t invoice) override;
  void AddDispute(const NewDispute& dispute) override;
  void EndDispute(uint64_t dispute, std::string_view outcome, std::optional<Minor> upheld) override;
  void AddPromise(const NewPromise& promise) override;
  void EndPromise(uint64_t promise) override;
  void AddShipment(const NewShipment& shipment) override;
  void ReturnShipment(uint64_t shipment, Minor amount) override;
  void JoinShipment(uint64_t shipment, uint64_t invoice) override;
  void AddFact(const NewFact& fact) override;
  void TakeBack(uint64_t event) override;

 private:
  // Returns whether the row is there.
  bool IsHere(uint32_t row, const GrowingColumn<uint64_t>& table);
  // Returns the row of the event's customer, which may not be there.
  uint32_t OwnCustomer() const { return history_.CustomerAt(event_.Referred("customer")); }
  void AddAttribute(uint64_t customer, std::string_view attribute, std::string_view value);
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
  AddRow(
      history_.movements,
      HistoryRows::Movements{
          .seq = event_.seq(), .date = from, .amount = amount, .item = item, .counterpart = counterpart, .kind = kind});
}

void GrowingHistory::FiguresOfEvent::AddCustomer() {
  const auto row = static_cast<uint32_t>(history_.customers.seq.size());
  if (row == 0) AddRow(history_.people, HistoryRows::People{.name = ""});
  history_.evolved_customers_.Add(event_.seq(), row);
  AddRow(history_.customers,
         HistoryRows::Customers{.seq = event_.seq(), .date = event_.date(), .id = event_.customer()});
}

void GrowingHistory::FiguresOfEvent::Describe(uint64_t customer, std::string_view attribute, std::string_view value) {
  if (!value.empty()) AddAttribute(customer, attribute, value);
}

void GrowingHistory::FiguresOfEvent::Clear(uint64_t customer, std::string_view attribute) {
  const auto& names = history_.attribute_names.name;
  for (size_t row = 0; row < names.size(); ++row) {
    if (names[row] == attribute) return AddAttribute(customer, attribute, "");
  }
}

void GrowingHistory::FiguresOfEvent::AddAttribute(uint64_t customer, std::string_view attribute,
                                                  std::string_view value) {
  const uint32_t row = history_.CustomerAt(customer);
  if (!IsHere(row, history_.customers.seq)) return;
  AddRow(history_.attributes, HistoryRows::Attributes{.seq = event_.seq(),
                                                      .date = event_.date(),
                                                      .customer = row,
                                                      .attribute = history_.AttributeIndex(attribute),
                                                      .value = value});
}

void GrowingHistory::FiguresOfEvent::SetLimit(uint64_t customer, Minor limit) {
  const uint32_t row = history_.CustomerAt(customer);
  if (!IsHere(row, history_.customers.seq)) return;
  AddRow(
      history_.limits,
      HistoryRows::Limits{
          .seq = event_.seq(), .date = event_.date(), .customer = row, .currency = event_.currency(), .amount = limit});
}

void GrowingHistory::FiguresOfEvent::AddItem(const NewItem& item) {
  const auto row = static_cast<uint32_t>(history_.items.seq.size());
  CHECK(row != kNoItem);
  const uint32_t customer = OwnCustomer();
  if (!IsHere(customer, history_.customers.seq)) return;
  history_.evolved_items_.Add(event_.seq(), row);
  AddRow(history_.items, HistoryRows::Items{.seq = event_.seq(),
                                            .date = event_.date(),
                                            .due = item.due,
                                            .amount = item.amount,
                                            .customer = customer,
                                            .currency = event_.currency(),
                                            .kind = item.kind,
                                            .salesperson = history_.PersonIndex(item.salesperson),
                                            .origin = event_.imported() ? Origin::kImported : Origin::kRecorded,
                                            .recorder = history_.PersonIndex(item.recorder),
                                            .number = item.number});
  AddMovement(row, MovementKind::kIssued, item.amount, event_.date());
  for (const auto& [due, amount] : item.instalments) {
    AddRow(history_.instalments, HistoryRows::Instalments{.item = row, .due = due, .amount = amount});
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
  AddRow(history_.application_reversals,
         HistoryRows::ApplicationReversals{.seq = event_.seq(), .application = application});
}

void GrowingHistory::FiguresOfEvent::EndInvoice(uint64_t invoice) {
  const uint32_t item = history_.ItemAt(invoice);
  if (!IsHere(item, history_.items.seq)) return;
  AddRow(history_.voids, HistoryRows::Voids{.seq = event_.seq(), .date = event_.date(), .item = item});
}

void GrowingHistory::FiguresOfEvent::AddDispute(const NewDispute& dispute) {
  const uint32_t item = history_.ItemAt(dispute.invoice);
  if (!IsHere(item, history_.items.seq)) return;
  AddRow(history_.disputes, HistoryRows::Disputes{.seq = event_.seq(),
                                                  .date = event_.date(),
                                                  .amount = dispute.amount,
                                                  .item = item,
                                                  .number = dispute.number,
                                                  .reason = dispute.reason,
                                                  .kind = dispute.kind,
                                                  .owner = dispute.owner});
}

void GrowingHistory::FiguresOfEvent::EndDispute(uint64_t dispute, std::string_view outcome,
                                                std::optional<Minor> upheld) {
  const uint32_t row = RowOf(history_.disputes.seq.View(), dispute);
  if (!IsHere(row, history_.disputes.seq)) return;
  const Minor in_whole = outcome == kUpheldOutcome ? history_.disputes.amount[row] : 0;
  AddRow(history_.resolutions, HistoryRows::DisputeResolutions{.seq = event_.seq(),
                                                               .date = event_.date(),
                                                               .dispute = row,
                                                               .upheld = upheld.value_or(in_whole),
                                                               .outcome = outcome});
}

void GrowingHistory::FiguresOfEvent::AddPromise(const NewPromise& promise) {
  const uint32_t customer = OwnCustomer();
  if (!IsHere(customer, history_.customers.seq)) return;
  const auto row = static_cast<uint32_t>(history_.promises.seq.size());
  for (const uint64_t invoice : promise.invoices) {
    const uint32_t item = history_.ItemAt(invoice);
    if (!IsHere(item, history_.items.seq)) return;
    AddRow(history_.promised_invoices, HistoryRows::PromisedInvoices{.promise = row, .item = item});
  }
  AddRow(history_.promises, HistoryRows::Promises{.seq = event_.seq(),
                                                  .date = event_.date(),
                                                  .due = promise.due,
                                                  .amount = promise.amount,
                                                  .customer = customer,
                                                  .currency = event_.currency(),
                                                  .last_day = promise.last_day.value_or(Date::Min()),
                                                  .number = promise.number,
                                                  .plan = promise.plan,
                                                  .instrument = promise.instrument});
}

void GrowingHistory::FiguresOfEvent::EndPromise(uint64_t promise) {
  const uint32_t row = RowOf(history_.promises.seq.View(), promise);
  if (!IsHere(row, history_.promises.seq)) return;
  AddRow(history_.withdrawals,
         HistoryRows::PromiseWithdrawals{.seq = event_.seq(), .date = event_.date(), .promise = row});
}

void GrowingHistory::FiguresOfEvent::AddShipment(const NewShipment& shipment) {
  const uint32_t customer = OwnCustomer();
  if (!IsHere(customer, history_.customers.seq)) return;
  AddRow(history_.shipments, HistoryRows::Shipments{.seq = event_.seq(),
                                                    .date = event_.date(),
                                                    .amount = shipment.amount,
                                                    .customer = customer,
                                                    .currency = event_.currency(),
                                                    .number = shipment.number,
                                                    .order = shipment.order,
                                                    .signed_by = shipment.signed_by});
}

void GrowingHistory::FiguresOfEvent::ReturnShipment(uint64_t shipment, Minor amount) {
  AddReturn(RowOf(history_.shipments.seq.View(), shipment), amount);
}

void GrowingHistory::FiguresOfEvent::AddReturn(uint32_t shipment, Minor amount) {
  if (!IsHere(shipment, history_.shipments.seq)) return;
  AddRow(history_.returns, HistoryRows::ShipmentReturns{
                               .seq = event_.seq(), .date = event_.date(), .amount = amount, .shipment = shipment});
}

void GrowingHistory::FiguresOfEvent::JoinShipment(uint64_t shipment, uint64_t invoice) {
  const uint32_t row = RowOf(history_.shipments.seq.View(), shipment);
  const uint32_t item = history_.ItemAt(invoice);
  if (!IsHere(row, history_.shipments.seq) || !IsHere(item, history_.items.seq)) return;
  AddRow(history_.invoiced_shipments,
         HistoryRows::InvoicedShipments{.seq = event_.seq(), .date = event_.date(), .shipment = row, .item = item});
}

void GrowingHistory::FiguresOfEvent::AddFact(const NewFact& fact) {
  const uint64_t customer_seq = event_.Referred("customer");
  const uint32_t customer = customer_seq == 0 ? kNoCustomer : history_.CustomerAt(customer_seq);
  if (customer_seq != 0 && !IsHere(customer, history_.customers.seq)) return;
  const auto row = static_cast<uint32_t>(history_.facts.seq.size());
  for (const FactPart& part : fact.parts) {
    const uint32_t item = part.invoice == 0 ? kNoItem : history_.ItemAt(part.invoice);
    if (part.invoice != 0 && !IsHere(item, history_.items.seq)) return;
    AddRow(history_.fact_parts,
           HistoryRows::FactParts{.fact = row, .item = item, .day = part.day, .amount = part.amount});
  }
  AddRow(history_.facts, HistoryRows::Facts{.seq = event_.seq(),
                                            .date = event_.date(),
                                            .type = event_.type(),
                                            .customer = customer,
                                            .currency = event_.currency(),
                                            .subject = fact.subject,
                                            .amount = fact.amount,
                                            .day = fact.day.value_or(event_.date()),
                                            .number = fact.number,
                                            .key = fact.key,
                                            .text = fact.text});
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
    AddRow(history_.shipment_reversals,
           HistoryRows::ShipmentReversals{.seq = event_.seq(), .date = event_.date(), .shipment = shipment});
  }
  const uint32_t returned = RowOf(history_.returns.seq.View(), event);
  if (returned != kNoItem) AddReturn(history_.returns.shipment[returned], -history_.returns.amount[returned]);
  const uint32_t fact = RowOf(history_.facts.seq.View(), event);
  if (fact != kNoItem) {
    AddRow(history_.fact_reversals,
           HistoryRows::FactReversals{.seq = event_.seq(), .date = event_.date(), .fact = fact});
  }
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
