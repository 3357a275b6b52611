#include "projections/history/history.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "ledger/values/check.h"
#include "projections/history/history_fold.h"
#include "projections/history/visible_events.h"

namespace duebook {
namespace {

// Row of `seq` in an ascending column, or kNoItem. Looks from the end: most references point a short way back.
uint32_t FindSeq(const Values<uint64_t>& column, uint64_t seq) {
  size_t step = 1;
  while (step < column.size() && column[column.size() - step] > seq) step *= 2;
  const auto begin = step < column.size() ? column.end() - static_cast<ptrdiff_t>(step) : column.begin();
  const auto found = std::lower_bound(begin, column.end(), seq);
  return found != column.end() && *found == seq ? static_cast<uint32_t>(found - column.begin()) : kNoItem;
}

// Likewise; `evolved` are the column's rows that were folded here, and not read from folds.
uint32_t RowOf(const RowsBySeq& evolved, const Values<uint64_t>& column, uint64_t seq) {
  const uint32_t row = evolved.Find(seq);
  return row == RowsBySeq::kAbsent ? FindSeq(column, seq) : row;
}

// The event may be wrong, or the folds of those before it.
Error DoesNotFollow(std::string sentence) {
  return {ErrorCode::kDamaged, std::move(sentence),
          "`duebook verify` tells whether the log or what is derived from it is damaged"};
}

// Where an event's `references` hold the document that it names first, and that document's parents.
constexpr size_t kCustomer = 0;
constexpr size_t kNamed = 1;
constexpr size_t kNamedSecond = 2;  // also the first parent, when only one document is named
constexpr size_t kSecondParent = 3;

}  // namespace

size_t RowsKnown(const Values<uint64_t>& seq, uint64_t known) {
  if (seq.empty() || seq.back() <= known) return seq.size();
  return static_cast<size_t>(std::upper_bound(seq.begin(), seq.end(), known) - seq.begin());
}

uint32_t History::CustomerAt(uint64_t seq) const { return RowOf(evolved_customers_, customers.seq, seq); }

uint32_t History::ItemAt(uint64_t seq) const { return RowOf(evolved_items_, items.seq, seq); }

bool History::IsHere(EventView event, uint32_t row, const Values<uint64_t>& table) {
  if (row < table.size()) return true;
  if (first_stray_ == 0) first_stray_ = event.seq();
  return false;
}

Status History::status() const {
  if (first_stray_ == 0) return Status();
  return DoesNotFollow(fmt::format("event {} refers to one that was not found before it", first_stray_));
}

Result<uint32_t> History::NamedItem(uint64_t seq) const {
  const uint32_t item = ItemAt(seq);
  if (item != kNoItem) return item;
  return DoesNotFollow(fmt::format("event {} introduces no invoice, and another one names it", seq));
}

Result<uint32_t> History::NamedCustomer(uint64_t seq) const {
  const uint32_t customer = CustomerAt(seq);
  if (customer < customers.seq.size()) return customer;
  return DoesNotFollow(fmt::format("event {} introduces no customer, and another one names it", seq));
}

uint32_t History::SalespersonIndex(std::string_view name) {
  if (name.empty()) return 0;
  for (size_t i = salesperson_index_.size(); i < salespeople.size(); ++i) {
    salesperson_index_.emplace(salespeople[i], static_cast<uint32_t>(i));
  }
  const auto [entry, added] = salesperson_index_.emplace(name, static_cast<uint32_t>(salespeople.size()));
  if (added) salespeople.Add(name);
  return entry->second;
}

void History::AddMovement(EventView event, uint32_t item, MovementKind kind, Minor amount, uint32_t counterpart) {
  if (!IsHere(event, item, items.seq)) return;
  movements.seq.push_back(event.seq());
  movements.date.push_back(event.date());
  movements.amount.push_back(amount);
  movements.item.push_back(item);
  movements.counterpart.push_back(counterpart);
  movements.kind.push_back(kind);
}

uint32_t History::AddItem(EventView event, ItemKind kind, std::string_view number, Date due, Minor amount) {
  const auto item = static_cast<uint32_t>(items.seq.size());
  CHECK(item != kNoItem);
  const uint32_t customer = CustomerAt(event.reference(kCustomer));
  if (!IsHere(event, customer, customers.seq)) return kNoItem;
  evolved_items_.Add(event.seq(), item);
  items.seq.push_back(event.seq());
  items.date.push_back(event.date());
  items.due.push_back(due);
  items.amount.push_back(amount);
  items.customer.push_back(customer);
  items.currency.push_back(event.currency());
  items.kind.push_back(kind);
  items.salesperson.push_back(0);
  items.number.Add(number);
  AddMovement(event, item, MovementKind::kIssued, amount);
  return item;
}

void History::AddCustomer(EventView event) {
  const auto& body = event.body<schema::CustomerOpened>();
  if (salespeople.size() == 0) salespeople.Add("");
  evolved_customers_.Add(event.seq(), static_cast<uint32_t>(customers.seq.size()));
  customers.seq.push_back(event.seq());
  customers.date.push_back(event.date());
  customers.id.Add(event.customer());
  customers.name.Add(EventView::Text(body.name()));
  AddAssignment(event, static_cast<uint32_t>(customers.seq.size() - 1), EventView::Text(body.salesperson()));
}

void History::AddAssignment(EventView event, uint32_t customer, std::string_view salesperson) {
  if (salesperson.empty() || !IsHere(event, customer, customers.seq)) return;
  assignments.seq.push_back(event.seq());
  assignments.date.push_back(event.date());
  assignments.customer.push_back(customer);
  assignments.salesperson.push_back(SalespersonIndex(salesperson));
}

void History::AddInvoice(EventView event) {
  const auto& body = event.body<schema::InvoiceIssued>();
  const Date due = body.due() != nullptr ? DateOf(*body.due()) : event.date();
  const uint32_t item =
      AddItem(event, ItemKind::kInvoice, EventView::Text(body.invoice()), due, AmountOf(body.amount()));
  if (item == kNoItem) return;
  items.salesperson.back() = SalespersonIndex(EventView::Text(body.salesperson()));
  if (body.instalments() == nullptr) return;
  std::vector<const schema::Instalment*> by_due(body.instalments()->begin(), body.instalments()->end());
  std::stable_sort(by_due.begin(), by_due.end(), [](const schema::Instalment* a, const schema::Instalment* b) {
    return DateOf(*a->due()) < DateOf(*b->due());
  });
  for (const schema::Instalment* instalment : by_due) {
    instalments.item.push_back(item);
    instalments.due.push_back(DateOf(*instalment->due()));
    instalments.amount.push_back(AmountOf(instalment->amount()));
  }
}

void History::AddCreditNote(EventView event) {
  const auto& body = event.body<schema::CreditNoteIssued>();
  const Minor amount = AmountOf(body.amount());
  if (EventView::Text(body.invoice()).empty()) {
    AddItem(event, ItemKind::kCreditNote, EventView::Text(body.credit_note()), event.date(), amount);
  } else {
    AddMovement(event, ItemAt(event.reference(kNamed)), MovementKind::kCredited, -amount);
  }
}

void History::AddApplication(EventView event, uint32_t invoice, uint32_t source, Minor amount, Minor discount) {
  if (!IsHere(event, invoice, items.seq) || !IsHere(event, source, items.seq)) return;
  AddMovement(event, invoice, MovementKind::kApplied, amount, source);
  if (discount != 0) AddMovement(event, invoice, MovementKind::kDiscount, discount);
  AddMovement(event, source, MovementKind::kApplied, amount, invoice);
}

void History::AddWriteOff(EventView event) {
  const auto& body = event.body<schema::WriteOffApproved>();
  const Minor amount = AmountOf(body.amount());
  if (amount == 0) return;  // an approval that does not complete the write-off
  const uint32_t invoice = ItemAt(event.reference(kNamedSecond));
  if (!IsHere(event, invoice, items.seq)) return;
  AddMovement(event, invoice, MovementKind::kWrittenOff, -amount);
  movements.date.back() = DateOf(*body.in_force_from());
}

void History::AddReversalOf(EventView event, const ForgottenMovement& original) {
  AddMovement(event, original.item, original.kind == MovementKind::kIssued ? MovementKind::kReversed : original.kind,
              -original.amount, original.counterpart);
}

// Takes back every movement that the reversed event made.
void History::AddReversal(EventView event) {
  const uint64_t original = event.reference(kNamed);
  const auto first = std::lower_bound(movements.seq.begin(), movements.seq.end(), original);
  auto row = static_cast<size_t>(first - movements.seq.begin());
  const bool is_here = row < movements.seq.size() && movements.seq[row] == original;
  for (; row < movements.seq.size() && movements.seq[row] == original; ++row) {
    AddReversalOf(
        event, {original, movements.amount[row], movements.item[row], movements.counterpart[row], movements.kind[row]});
  }
  if (is_here) return;
  auto forgotten = std::lower_bound(forgotten_.begin(), forgotten_.end(), original,
                                    [](const ForgottenMovement& each, uint64_t seq) { return each.seq < seq; });
  for (; forgotten != forgotten_.end() && forgotten->seq == original; ++forgotten) AddReversalOf(event, *forgotten);
}

namespace {

template <class... Columns>
void KeepLast(Columns&... columns) {
  const auto keep_last = [](auto& column) {
    if (column.size() <= 1) return;
    column.front() = column.back();
    column.resize(1);
  };
  (keep_last(columns), ...);
}

void Clear(TextColumn& texts) {
  texts.heap.clear();
  texts.offsets.resize(1);
}

}  // namespace

void History::ForgetRows() {
  // Where the rows of items begin that were not forgotten before.
  const size_t first_item = items.seq.size() - items.kind.size();
  for (size_t row = remembered_movements_; row < movements.seq.size(); ++row) {
    const MovementKind kind = movements.kind[row];
    const uint32_t item = movements.item[row];
    // What EventReversed may undo: notes and refunds.
    const bool reversible = kind == MovementKind::kDebited || kind == MovementKind::kCredited ||
                            kind == MovementKind::kRefunded ||
                            (kind == MovementKind::kIssued && items.kind[item - first_item] == ItemKind::kCreditNote);
    if (!reversible) continue;
    forgotten_.push_back({movements.seq[row], movements.amount[row], item, movements.counterpart[row], kind});
  }
  KeepLast(customers.date, items.date, items.due, items.amount, items.customer, items.currency, items.kind,
           items.salesperson, disputes.date, disputes.amount, disputes.item);
  KeepLast(assignments.seq, assignments.date, assignments.customer, assignments.salesperson);
  KeepLast(instalments.item, instalments.due, instalments.amount);
  KeepLast(movements.seq, movements.date, movements.amount, movements.item, movements.counterpart, movements.kind);
  KeepLast(resolutions.seq, resolutions.date, resolutions.dispute);
  for (TextColumn* texts : {&customers.id, &customers.name, &items.number}) Clear(*texts);
  remembered_movements_ = movements.seq.size();
}

void History::AddDispute(EventView event) {
  const uint32_t item = ItemAt(event.reference(kNamed));
  if (!IsHere(event, item, items.seq)) return;
  disputes.seq.push_back(event.seq());
  disputes.date.push_back(event.date());
  disputes.amount.push_back(AmountOf(event.body<schema::DisputeOpened>().amount()));
  disputes.item.push_back(item);
}

void History::AddResolution(EventView event) {
  const uint32_t dispute = FindSeq(disputes.seq, event.reference(kNamed));
  if (!IsHere(event, dispute, disputes.seq)) return;
  resolutions.seq.push_back(event.seq());
  resolutions.date.push_back(event.date());
  resolutions.dispute.push_back(dispute);
}

void History::Evolve(EventView event) {
  CHECK(event.seq() > position_);
  position_ = event.seq();
  const auto item = [&](size_t reference) { return ItemAt(event.reference(reference)); };
  switch (event.type()) {
    case EventType::CustomerOpened:
      return AddCustomer(event);
    case EventType::CustomerChanged:
      return AddAssignment(event, CustomerAt(event.reference(kCustomer)),
                           EventView::Text(event.body<schema::CustomerChanged>().salesperson()));
    case EventType::EventReversed:
      return AddReversal(event);
    case EventType::SalespersonAssigned:
      return AddAssignment(event, CustomerAt(event.reference(kCustomer)),
                           EventView::Text(event.body<schema::SalespersonAssigned>().salesperson()));
    case EventType::InvoiceIssued:
      return AddInvoice(event);
    case EventType::DebitNoteIssued:
      return AddMovement(event, item(kNamed), MovementKind::kDebited,
                         AmountOf(event.body<schema::DebitNoteIssued>().amount()));
    case EventType::CreditNoteIssued:
      return AddCreditNote(event);
    case EventType::InvoiceVoided:
      return AddMovement(event, item(kNamed), MovementKind::kCredited,
                         -AmountOf(event.body<schema::InvoiceVoided>().open()));
    case EventType::PaymentReceived: {
      const auto& body = event.body<schema::PaymentReceived>();
      AddItem(event, ItemKind::kPayment, EventView::Text(body.payment()), event.date(), AmountOf(body.amount()));
      return;
    }
    case EventType::PaymentApplied: {
      const auto& body = event.body<schema::PaymentApplied>();
      return AddApplication(event, item(kNamedSecond), item(kNamed), -AmountOf(body.amount()),
                            -AmountOf(body.discount()));
    }
    case EventType::ApplicationReversed: {
      const auto& body = event.body<schema::ApplicationReversed>();
      return AddApplication(event, item(kNamedSecond), item(kSecondParent), AmountOf(body.amount()),
                            AmountOf(body.discount()));
    }
    case EventType::PaymentReversed:
      return AddMovement(event, item(kNamed), MovementKind::kReversed,
                         -AmountOf(event.body<schema::PaymentReversed>().amount()));
    case EventType::RefundPaid:
      return AddMovement(event, item(kNamed), MovementKind::kRefunded,
                         -AmountOf(event.body<schema::RefundPaid>().amount()));
    case EventType::DisputeOpened:
      return AddDispute(event);
    case EventType::DisputeResolved:
      return AddResolution(event);
    case EventType::WriteOffApproved:
      return AddWriteOff(event);
    case EventType::WriteOffReversed:
      return AddMovement(event, item(kNamedSecond), MovementKind::kWrittenOff,
                         AmountOf(event.body<schema::WriteOffReversed>().amount()));
    default:
      return;  // moves no figure
  }
}

Status History::CatchUp(const EventLog& log) {
  RETURN_IF_ERROR(log.Scan(position() + 1, log.last_seq(), [this](EventView event) {
    Evolve(event);
    return true;
  }));
  return status();
}

Result<std::shared_ptr<const History>> History::Load(const EventLog& log) {
  auto history = std::make_shared<History>();
  Status loaded = AddFolds(Folds::Open(log, kHistoryFold), history.get());
  if (loaded.ok()) loaded = history->CatchUp(log);
  if (!loaded.ok() && loaded.error().code == ErrorCode::kDamaged) {
    WarnOfDerived(log, loaded.error().sentence);
    history = std::make_shared<History>();
    loaded = history->CatchUp(log);
  }
  RETURN_IF_ERROR(loaded);
  return std::shared_ptr<const History>(std::move(history));
}

Result<std::shared_ptr<const History>> History::OfCustomers(const EventLog& log,
                                                            const std::vector<std::string>& customers) {
  auto seqs = SeqsOfCustomers(log, customers);
  RETURN_IF_ERROR(seqs);
  auto history = std::make_shared<History>();
  RETURN_IF_ERROR(log.GetMany(*seqs, [&](EventView event) { history->Evolve(event); }));
  RETURN_IF_ERROR(history->status());
  return std::shared_ptr<const History>(std::move(history));
}

}  // namespace duebook
