#include "ledger/events/credit_accounts.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "ledger/events/credit_dues.h"

namespace duebook {

namespace {

using Days = absl::InlinedVector<Date, 16>;

DailySum& Figure(CreditAccount& account, Currency currency, size_t figure) {
  for (auto& [each, figures] : account.currencies) {
    if (each == currency) return figures[figure];
  }
  const auto behind = std::find_if(account.currencies.begin(), account.currencies.end(), [currency](const auto& each) {
    return each.first.ToString() > currency.ToString();
  });
  return account.currencies.insert(behind, {currency, CreditFigures(kOverdueFigures + account.counts.size())})
      ->second[figure];
}

// Tells a value from a day on: what it is on that day, and how it changes on the days behind it that are named, in any
// order and as often as they come.
template <class ValueOn, class Tell>
void TellSteps(Date from, Days days, const ValueOn& value_on, const Tell& tell) {
  days.push_back(from);
  std::sort(days.begin(), days.end());
  Sum before = 0;
  for (const Date day : days) {
    if (day < from) continue;
    const Sum value = value_on(day);
    if (value != before) tell(day, value - before);
    before = value;
  }
}

template <class Tell>
void TellTimeline(const Timeline& timeline, Date from, const Tell& tell) {
  if (const Sum value = timeline.At(from); value != 0) tell(from, value);
  timeline.ForEachChangeAfter(from, tell);
}

void AddChangeDays(const Timeline& timeline, Date from, Days* days) {
  timeline.ForEachChangeAfter(from, [days](Date day, Sum /*change*/) { days->push_back(day); });
}

Timeline* FindIn(std::unordered_map<std::string_view, Timeline>& timelines, std::string_view name) {
  if (timelines.empty()) return nullptr;
  const auto found = timelines.find(name);
  return found == timelines.end() ? nullptr : &found->second;
}

// What single documents stand for in an account.
class DocumentFigures {
 public:
  DocumentFigures(Books& books, CreditAccount& account, Date from, int sign, CreditChanges& changes)
      : books_(books), account_(account), from_(from), sign_(sign), changes_(changes) {}

  void Add(const Books::Found& document) const {
    if (const auto* invoice = document.As<Invoice>()) return AddInvoice(document, *invoice);
    if (const auto* funding = document.As<Funding>()) return AddFunding(document, *funding);
    if (const auto* shipment = document.As<Shipment>()) return AddShipment(*shipment);
    if (const auto* guarantee = document.As<Guarantee>()) return AddGuarantee(*guarantee);
  }

  // What it reserves of a payment, or says of an invoice, which the figures of these follow from.
  void AddReserved(const Books::Found& document) const {
    if (const auto* shipment = document.As<Shipment>(); shipment != nullptr && !shipment->payment.empty()) {
      Timeline& reserved = account_.reserved[shipment->payment.text()];
      TellNotInvoiced(*shipment, [&](Date day, Sum change) { reserved.Add(day, sign_ * change); });
    }
    if (const auto* dispute = document.As<Dispute>()) {
      Timeline& disputed = account_.disputed[dispute->invoice.text()];
      disputed.Add(dispute->date, sign_ * dispute->amount);
      if (dispute->resolved) disputed.Add(dispute->resolved_on, -sign_ * dispute->amount);
    }
  }

 private:
  auto Into(Currency currency, size_t figure, int sign = 1) const {
    return [this, currency, figure, sign](Date day, Sum change) {
      changes_.Add(currency, figure, day, sign * sign_ * change);
    };
  }

  void AddInvoice(const Books::Found& found, const Invoice& invoice) const {
    TellTimeline(invoice.open, from_, Into(invoice.currency, kBalanceFigure));
    const Timeline* disputed = FindIn(account_.disputed, found.number());
    for (size_t i = 0; i < account_.counts.size(); i++) {
      const OverdueCount& count = account_.counts[i];
      TellOverdue(found, invoice, count, count.disputed ? nullptr : disputed,
                  Into(invoice.currency, kOverdueFigures + i));
    }
  }

  // What is open of an invoice that falls due as a whole is overdue from one day on.
  template <class Tell>
  void TellOverdue(const Books::Found& found, const Invoice& invoice, const OverdueCount& count,
                   const Timeline* disputed, const Tell& tell) const {
    if (const auto due = OnlyDue(books_, found); due.has_value() && disputed == nullptr) {
      return TellTimeline(invoice.open, std::max(from_, due->AddDays(int64_t{count.days} + 1)), tell);
    }
    Days days;
    AddChangeDays(invoice.open, from_, &days);
    if (disputed != nullptr) AddChangeDays(*disputed, from_, &days);
    AddLateDays(books_, found, count.days, &days);
    const auto value = [&](Date day) {
      const Sum late = OpenAndLate(books_, found, day, count.days);
      return disputed == nullptr ? late : std::max<Sum>(0, late - disputed->At(day));
    };
    TellSteps(from_, std::move(days), value, tell);
  }

  void AddFunding(const Books::Found& found, const Funding& funding) const {
    TellTimeline(funding.unapplied, from_, Into(funding.currency, kBalanceFigure, -1));
    const Timeline* reserved = FindIn(account_.reserved, found.number());
    if (reserved == nullptr) return TellTimeline(funding.unapplied, from_, Into(funding.currency, kUnappliedFigure));
    Days days;
    AddChangeDays(funding.unapplied, from_, &days);
    AddChangeDays(*reserved, from_, &days);
    const auto value = [&](Date day) { return std::max<Sum>(0, funding.unapplied.At(day) - reserved->At(day)); };
    TellSteps(from_, std::move(days), value, Into(funding.currency, kUnappliedFigure));
  }

  void AddShipment(const Shipment& shipment) const {
    TellNotInvoiced(shipment, Into(shipment.currency, kNotInvoicedFigure));
  }

  // What is left of a shipment counts as long as no invoice that belongs to it is live.
  template <class Tell>
  void TellNotInvoiced(const Shipment& shipment, const Tell& tell) const {
    if (shipment.invoices.empty()) return TellTimeline(shipment.kept, from_, tell);
    absl::InlinedVector<const Invoice*, 2> invoices;
    Days days;
    for (const Name number : shipment.invoices) {
      const auto& invoice = books_.Get<Invoice>(books_.FindDocument(DocumentKind::kInvoice, number));
      invoices.push_back(&invoice);
      days.push_back(invoice.date);
      if (invoice.voided) days.push_back(invoice.last_movement);  // which is the void
    }
    AddChangeDays(shipment.kept, from_, &days);
    const auto value = [&](Date day) {
      const bool invoiced = std::any_of(invoices.begin(), invoices.end(), [day](const Invoice* invoice) {
        return invoice->date <= day && !(invoice->voided && invoice->last_movement <= day);
      });
      return invoiced ? Sum{0} : shipment.kept.At(day);
    };
    TellSteps(from_, std::move(days), value, tell);
  }

  void AddGuarantee(const Guarantee& guarantee) const {
    Days days;
    AddChangeDays(guarantee.left, from_, &days);
    if (guarantee.expires < Date::Max()) days.push_back(guarantee.expires.AddDays(1));
    const auto value = [&](Date day) { return day <= guarantee.expires ? guarantee.left.At(day) : Sum{0}; };
    TellSteps(from_, std::move(days), value, Into(guarantee.currency, kGuaranteeFigures + guarantee.kind));
  }

  Books& books_;
  CreditAccount& account_;
  const Date from_;
  const int sign_;
  CreditChanges& changes_;
};

void KeepShipment(CreditAccount& account, const Books::Found& document) {
  const auto* shipment = document.As<Shipment>();
  if (shipment == nullptr) return;
  for (const Name invoice : shipment->invoices) {
    std::vector<Name>& shipments = account.shipments[invoice.text()];
    const auto is_it = [&](Name each) { return each.text() == document.number().text(); };
    if (std::none_of(shipments.begin(), shipments.end(), is_it)) shipments.push_back(document.number());
  }
}

CreditAccount MakeAccount(Books& books, const CreditFile& file, std::vector<OverdueCount> counts) {
  CreditAccount account;
  account.counts = std::move(counts);
  CreditChanges changes;
  const DocumentFigures figures(books, account, Date::Min(), 1, changes);
  const auto for_each = [&books](const std::vector<Name>& numbers, DocumentKind kind, const auto& visit) {
    for (const Name number : numbers) visit(books.FindDocument(kind, number));
  };
  const auto prepare = [&](const Books::Found& document) {
    KeepShipment(account, document);
    figures.AddReserved(document);
  };
  for_each(file.shipments, DocumentKind::kShipment, prepare);
  for_each(file.disputes, DocumentKind::kDispute, prepare);
  const auto add = [&](const Books::Found& document) { figures.Add(document); };
  for_each(file.invoices, DocumentKind::kInvoice, add);
  for_each(file.payments, DocumentKind::kPayment, add);
  for_each(file.credit_notes, DocumentKind::kCreditNote, add);
  for_each(file.shipments, DocumentKind::kShipment, add);
  for_each(file.guarantees, DocumentKind::kGuarantee, add);
  changes.PutInto(account);
  return account;
}

}  // namespace

const CreditAccount& CreditAccountOf(Books& books, std::string_view customer, OverdueCount count) {
  books.CompleteCustomer(customer);
  const CreditFile& file = books.FindCustomer(customer).Get<Customer>().credit;
  std::vector<OverdueCount> counts;
  if (!file.account.empty()) counts = file.account.front().counts;
  if (std::find(counts.begin(), counts.end(), count) != counts.end()) return file.account.front();
  counts.push_back(count);
  CreditAccount account = MakeAccount(books, file, std::move(counts));
  std::vector<CreditAccount>& kept = books.MutableCustomer(customer).credit.account;
  kept.clear();
  return kept.emplace_back(std::move(account));
}

Sum LeastUnreserved(const CreditAccount& account, const Books::Found& payment, Date date) {
  const Timeline& unapplied = payment.Get<Funding>().unapplied;
  const auto reserved = account.reserved.find(payment.number().text());
  if (reserved == account.reserved.end()) return unapplied.LeastFrom(date).value;
  Timeline left = unapplied;
  reserved->second.ForEachChangeAfter(date, [&](Date day, Sum change) { left.Add(day, -change); });
  left.Add(date, -reserved->second.At(date));
  return left.LeastFrom(date).value;
}

void CreditChanges::PutInto(CreditAccount& account) {
  const auto place = [](const Change& change) {
    return std::tuple(change.currency.packed(), change.figure, change.day);
  };
  std::sort(changes_.begin(), changes_.end(), [&](const Change& a, const Change& b) { return place(a) < place(b); });
  for (size_t i = 0; i < changes_.size();) {
    const Change& first = changes_[i];
    Sum sum = 0;
    for (; i < changes_.size() && place(changes_[i]) == place(first); i++) sum += changes_[i].change;
    if (sum != 0) Figure(account, first.currency, first.figure).Add(first.day, sum);
  }
  changes_.clear();
}

CreditAccountUpdate::CreditAccountUpdate(Books& books, EventView event, const Named& named)
    : books_(books), event_(event) {
  const auto* customer = named.customer.As<Customer>();
  if (customer == nullptr || customer->credit.account.empty()) return;
  account_ = &books.Mutable<Customer>(named.customer).credit.account.front();
  for (const NamedDocument& each : named.documents) {
    Include(each.found);
    for (const Books::Found& parent : each.parents) Include(parent);
    if (event.type() == EventType::InvoiceVoided) IncludeShipmentsOf(each.found);
  }
  AddAll(-1);
  AddReserved(-1);
}

void CreditAccountUpdate::Include(const Books::Found& document) {
  if (!document || std::find(documents_.begin(), documents_.end(), document) != documents_.end()) return;
  documents_.push_back(document);
  if (const auto* shipment = document.As<Shipment>(); shipment != nullptr && !shipment->payment.empty()) {
    Include(books_.FindDocument(DocumentKind::kPayment, shipment->payment));
  }
  if (const auto* dispute = document.As<Dispute>()) {
    Include(books_.FindDocument(DocumentKind::kInvoice, dispute->invoice));
  }
}

void CreditAccountUpdate::IncludeShipmentsOf(const Books::Found& invoice) {
  const auto shipments = account_->shipments.find(invoice.number().text());
  if (shipments == account_->shipments.end()) return;
  for (const Name shipment : shipments->second) Include(books_.FindDocument(DocumentKind::kShipment, shipment));
}

void CreditAccountUpdate::AddAll(int sign) {
  const DocumentFigures figures(books_, *account_, event_.date(), sign, changes_);
  for (const Books::Found& document : documents_) figures.Add(document);
}

// From the beginning: what is reserved by single documents is little.
void CreditAccountUpdate::AddReserved(int sign) {
  const DocumentFigures figures(books_, *account_, Date::Min(), sign, changes_);
  for (const Books::Found& document : documents_) figures.AddReserved(document);
}

void CreditAccountUpdate::End() {
  if (account_ == nullptr) return;
  ForEachIntroduced(event_, [this](DocumentKind kind, std::string_view number) {
    if (kind != DocumentKind::kEvent) Include(books_.FindDocument(kind, number));
  });
  for (const Books::Found& document : documents_) KeepShipment(*account_, document);
  AddReserved(1);
  AddAll(1);
  changes_.PutInto(*account_);
}

}  // namespace duebook
