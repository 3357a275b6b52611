// The audit trail of a customer or document: every event that touches it, in order of seq, with who recorded it, when,
// from where, and what it did.
//
// Before and after are, for a customer, its balance in the event's currency; for an invoice, what is open; for a
// payment or unallocated credit note, what is unapplied; for other documents, that of the one invoice (else the one
// payment) that they are about. They count what the cut sees, in order of seq, whatever the order of the dates.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "projections/event_text.h"
#include "projections/history.h"
#include "projections/item_balances.h"
#include "projections/projection.h"
#include "projections/visible_events.h"

namespace duebook {

extern const ReportInfo kTrailReport;

namespace {

// Something that has the number asked for.
struct Subject {
  std::string title;  // "customer C-1001", "write off WO-1"
  bool is_customer = false;
  std::vector<uint64_t> seqs;    // of the events that touch it
  uint64_t counted = 0;          // seq of the invoice, payment or credit note whose balance is shown; 0: none
  std::vector<uint64_t> folded;  // what its balance follows from: these events, those of `counted`, all they refer to
};

// The number of the invoice, payment or unallocated credit note that this event introduces; "" if it introduces none.
std::pair<DocumentKind, std::string> ItemIntroducedBy(EventView event) {
  switch (event.type()) {
    case EventType::InvoiceIssued:
      return {DocumentKind::kInvoice, std::string(EventView::Text(event.body<schema::InvoiceIssued>().invoice()))};
    case EventType::PaymentReceived:
      return {DocumentKind::kPayment, std::string(EventView::Text(event.body<schema::PaymentReceived>().payment()))};
    case EventType::CreditNoteIssued: {
      const auto& body = event.body<schema::CreditNoteIssued>();
      if (body.invoice() != nullptr) return {DocumentKind::kNone, ""};
      return {DocumentKind::kCreditNote, std::string(EventView::Text(body.credit_note()))};
    }
    default:
      return {DocumentKind::kNone, ""};
  }
}

struct Item {
  uint64_t seq;
  DocumentKind kind;
  std::string number;
};

// What a document is, or is about: itself, else the one invoice that it names, else the one payment or credit note.
Result<std::optional<Item>> CountedItem(const EventLog& log, uint64_t introduced_by) {
  auto introducing = log.Get(introduced_by);
  RETURN_IF_ERROR(introducing);
  const EventView event = introducing->view();
  if (auto [kind, number] = ItemIntroducedBy(event); kind != DocumentKind::kNone) {
    return std::optional(Item{event.seq(), kind, number});
  }
  std::vector<uint64_t> references;
  for (size_t i = 0; i < event.reference_count(); ++i) references.push_back(event.reference(i));
  std::sort(references.begin(), references.end());
  references.erase(std::unique(references.begin(), references.end()), references.end());
  std::erase(references, uint64_t{0});
  std::vector<Item> invoices, others;
  RETURN_IF_ERROR(log.GetMany(references, [&](EventView named) {
    auto [kind, number] = ItemIntroducedBy(named);
    if (kind == DocumentKind::kNone) return;
    (kind == DocumentKind::kInvoice ? invoices : others).push_back({named.seq(), kind, number});
  }));
  if (invoices.size() == 1) return std::optional(invoices.front());
  if (invoices.empty() && others.size() == 1) return std::optional(others.front());
  return std::optional<Item>();
}

// Adds to what is folded these events and those that they refer to: without them the fold would not know the documents.
Status AddWithReferences(const EventLog& log, std::vector<uint64_t> seqs, Subject& subject) {
  std::unordered_set<uint64_t> known(seqs.begin(), seqs.end());
  while (!seqs.empty()) {
    std::vector<uint64_t> found;
    RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
      for (size_t i = 0; i < event.reference_count(); ++i) {
        if (event.reference(i) != 0 && known.insert(event.reference(i)).second) found.push_back(event.reference(i));
      }
    }));
    std::sort(found.begin(), found.end());
    subject.folded = MergeSeqs(std::move(subject.folded), seqs);
    seqs = std::move(found);
  }
  return {};
}

Status PrepareFold(const EventLog& log, Subject& subject) {
  auto item = CountedItem(log, subject.seqs.front());
  RETURN_IF_ERROR(item);
  std::vector<uint64_t> seqs = subject.seqs;
  if (item->has_value()) {
    subject.counted = (*item)->seq;
    auto of_item = log.Find(DocumentKey((*item)->kind, (*item)->number));
    RETURN_IF_ERROR(of_item);
    seqs = MergeSeqs(std::move(seqs), *of_item);
  }
  return AddWithReferences(log, std::move(seqs), subject);
}

bool IsAskedFor(const ReportRequest& request, std::string_view kind) {
  return request.kind.empty() || request.kind == kind;
}

Error NoSuchSubject(const ReportRequest& request) {
  std::string searched = request.kind;
  if (searched.empty()) {
    searched = "customer";
    for (int kind = 1; kind < kDocumentKinds; ++kind) {
      searched += ", " + std::string(KindName(static_cast<DocumentKind>(kind)));
    }
  }
  return Error{ErrorCode::kNotFound, "nothing has the number " + request.subject + "; searched: " + searched, ""};
}

Result<std::vector<Subject>> FindSubjects(const ReportRequest& request) {
  std::vector<Subject> subjects;
  if (IsAskedFor(request, "customer")) {
    auto seqs = request.log->Find(CustomerKey(request.subject));
    RETURN_IF_ERROR(seqs);
    if (!seqs->empty()) subjects.push_back({"customer " + request.subject, true, *seqs, 0, *seqs});
  }
  for (int i = 1; i < kDocumentKinds; ++i) {
    const auto kind = static_cast<DocumentKind>(i);
    if (!IsAskedFor(request, KindName(kind))) continue;
    auto seqs = request.log->Find(DocumentKey(kind, request.subject));
    RETURN_IF_ERROR(seqs);
    if (seqs->empty()) continue;
    std::string title(KindName(kind));
    std::replace(title.begin(), title.end(), '_', ' ');
    Subject subject{title + " " + request.subject, false, std::move(*seqs), 0, {}};
    RETURN_IF_ERROR(PrepareFold(*request.log, subject));
    subjects.push_back(std::move(subject));
  }
  if (subjects.empty()) return NoSuchSubject(request);
  return subjects;
}

// What the before and after of a trail count, kept as events are folded.
class TrailBalance {
 public:
  TrailBalance(const Subject& subject, const Cut& cut) : subject_(subject), cut_(cut) {}

  // Before and after, in this order; empty cells where there is nothing to count.
  std::pair<Cell, Cell> Evolve(EventView event) {
    size_t row = history_.movements.seq.size();
    history_.Evolve(event);
    if (event.seq() == subject_.counted) item_ = history_.ItemAt(event.seq());
    const Currency currency = item_ == kNoItem ? event.currency() : history_.items.currency[item_];
    const Cell before = Shown(currency);
    for (; row < history_.movements.seq.size(); ++row) Count(row);
    return {before, Shown(currency)};
  }

 private:
  void Count(size_t row) {
    const auto& movements = history_.movements;
    const uint32_t item = movements.item[row];
    if (!cut_.Sees(movements.date[row], movements.seq[row])) return;
    if (!subject_.is_customer && item != item_) return;
    const int sign = subject_.is_customer ? BalanceSign(history_.items.kind[item]) : 1;
    balance_[history_.items.currency[item]] += sign * movements.amount[row];
  }

  Cell Shown(Currency currency) const {
    if (currency.empty() || (!subject_.is_customer && item_ == kNoItem)) return Cell();
    const auto balance = balance_.find(currency);
    return Money{balance == balance_.end() ? 0 : balance->second, currency};
  }

  const Subject& subject_;
  const Cut cut_;
  History history_;
  uint32_t item_ = kNoItem;  // subject_.counted, once it is folded
  std::map<Currency, Minor> balance_;
};

Status AddRows(const EventLog& log, const Cut& cut, const Subject& subject, Report& report) {
  TrailBalance balance(subject, cut);
  std::map<std::string, Cell> after_by_currency;
  // Every known event is folded, whatever its date: an event may move what a later-dated one introduced.
  RETURN_IF_ERROR(ForEachVisible(log, subject.folded, Cut{Date::Max(), cut.known}, [&](EventView event) {
    auto [before, after] = balance.Evolve(event);
    const bool touches = std::binary_search(subject.seqs.begin(), subject.seqs.end(), event.seq());
    if (!touches || !cut.Sees(event.date(), event.seq())) return;
    if (const Money* money = std::get_if<Money>(&after)) after_by_currency[money->currency.ToString()] = after;
    report.rows.push_back({static_cast<int64_t>(event.seq()), event.recorded_at(), event.date(), event.info().name,
                           std::string(event.actor()), std::string(event.source()), EventText(event), before, after});
  }));
  for (const auto& [currency, after] : after_by_currency) {
    report.figures.emplace_back(subject.title + " " + currency, after);
  }
  return {};
}

bool IsKnownKind(std::string_view kind) {
  return kind.empty() || kind == "customer" || KindFromName(kind) != DocumentKind::kNone;
}

Result<Report> RunTrail(const ReportRequest& request) {
  if (!IsKnownKind(request.kind)) {
    return Error{ErrorCode::kInvalidArgument, "there is no kind of document called " + request.kind,
                 "customer, or a kind as fields are called: invoice, payment, write_off, ..."};
  }
  const Cut cut{request.cut.effective, std::min(request.cut.known, request.log->last_seq())};
  auto subjects = FindSubjects(request);
  RETURN_IF_ERROR(subjects);
  Report report{"trail", cut, {}, {}, {}, {}};
  report.columns = {{"seq", Column::Align::kRight},
                    {"recorded_at"},
                    {"date"},
                    {"type"},
                    {"actor"},
                    {"source"},
                    {"text"},
                    {"before", Column::Align::kRight},
                    {"after", Column::Align::kRight}};
  for (const Subject& subject : *subjects) RETURN_IF_ERROR(AddRows(*request.log, cut, subject, report));
  return report;
}

}  // namespace

const ReportInfo kTrailReport{"trail", "every event of a customer or document, with the balance before and after",
                              "duebook trail INV-2025-0017 --kind invoice", RunTrail};

}  // namespace duebook
