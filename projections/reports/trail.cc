// The audit trail of a customer or document: every event that touches it, in order of seq, with who recorded it, when,
// from where, and what it did.
//
// Before and after are, for a customer, its balance; for an invoice, what is open; for a payment, a bill by which it
// came in or an unallocated credit note, what is unapplied; for a write-off, what of it is in force; for other
// documents nothing. They count what the cut sees, in order of seq, whatever the order of the dates: so each after is
// the next before.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ledger/log/names_in_log.h"
#include "projections/history/growing_history.h"
#include "projections/history/item_balances.h"
#include "projections/history/visible_events.h"
#include "projections/shared/clock_column.h"
#include "projections/shared/event_text.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kTrailReport;

namespace {

// What the trail is of.
struct Subject {
  std::string kind;              // "customer", "write_off"
  std::vector<uint64_t> seqs;    // of the events that touch it
  std::vector<uint64_t> folded;  // what its figures follow from: these events, and all they refer to

  bool is_customer() const { return kind == "customer"; }
  bool is_write_off() const { return kind == KindName(DocumentKind::kWriteOff); }
  bool is_bill() const { return kind == KindName(DocumentKind::kBill); }
};

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

// An invoice is touched by what becomes of the promises to pay it and of its escalations, too, though they may name
// others beside it.
Result<std::vector<uint64_t>> WithPromisesAndEscalations(const EventLog& log, std::vector<uint64_t> seqs) {
  std::vector<std::string> keys;
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    if (event.type() != EventType::PromiseMade && event.type() != EventType::EscalationStarted) return;
    ForEachIntroduced(event, [&](DocumentKind kind, std::string_view number) {
      if (kind != DocumentKind::kEvent) keys.push_back(DocumentKey(kind, number));
    });
  }));
  for (const std::string& key : keys) {
    auto of_document = log.Find(key);
    RETURN_IF_ERROR(of_document);
    seqs = MergeSeqs(std::move(seqs), *of_document);
  }
  return seqs;
}

struct Asked {
  std::string kind;  // "" if it does not say
  std::string number;
};

// "KIND:NUMBER" or "NUMBER"; a number may hold colons itself.
Asked AskedFor(const std::string& subject) {
  const size_t colon = subject.find(':');
  const std::string kind = colon == std::string::npos ? "" : subject.substr(0, colon);
  if (kind == "customer" || KindFromName(kind) != DocumentKind::kNone) return {kind, subject.substr(colon + 1)};
  return {"", subject};
}

std::vector<std::string> AllKinds() {
  std::vector<std::string> kinds{"customer"};
  for (int kind = 1; kind < kDocumentKinds; ++kind) kinds.emplace_back(KindName(static_cast<DocumentKind>(kind)));
  return kinds;
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

Result<Subject> FindSubject(const EventLog& log, const std::string& subject) {
  const Asked asked = AskedFor(subject);
  std::vector<Subject> found;
  for (const std::string& kind : AllKinds()) {
    // Where nobody asks for events, documents are meant: many have the number of the event that introduces them.
    const bool wanted = asked.kind.empty() ? kind != KindName(DocumentKind::kEvent) : asked.kind == kind;
    if (!wanted) continue;
    const bool is_customer = kind == "customer";
    const auto name =
        is_customer ? CustomerInLog(log, asked.number) : DocumentInLog(log, KindFromName(kind), asked.number);
    RETURN_IF_ERROR(name);
    auto seqs = log.Find(is_customer ? CustomerKey(*name) : DocumentKey(KindFromName(kind), *name));
    RETURN_IF_ERROR(seqs);
    if (!seqs->empty()) found.push_back({kind, std::move(*seqs), {}});
  }
  if (found.empty()) {
    return Error{ErrorCode::kNotFound, "nothing has the number " + asked.number,
                 "searched: " + (asked.kind.empty() ? Joined(AllKinds()) : asked.kind)};
  }
  if (found.size() > 1) {
    std::vector<std::string> kinds;
    kinds.reserve(found.size());
    for (const Subject& each : found) kinds.push_back(each.kind);
    return Error{ErrorCode::kNotFound, asked.number + " is the number of several: " + Joined(kinds),
                 "say which, such as " + kinds.back() + ":" + asked.number};
  }
  if (found.front().kind == KindName(DocumentKind::kInvoice)) {
    auto seqs = WithPromisesAndEscalations(log, std::move(found.front().seqs));
    RETURN_IF_ERROR(seqs);
    found.front().seqs = std::move(*seqs);
  }
  if (found.front().is_customer()) {
    found.front().folded = found.front().seqs;
  } else {
    RETURN_IF_ERROR(AddWithReferences(log, found.front().seqs, found.front()));
  }
  return std::move(found.front());
}

// What the before and after of a trail count, kept as events are folded.
class TrailFigure {
 public:
  TrailFigure(const Subject& subject, const Cut& cut, Currency ledger_currency)
      : subject_(subject), cut_(cut), ledger_currency_(ledger_currency) {}

  // kDamaged if the events do not follow from each other.
  Status status() const { return history_.status(); }

  // Before and after, in this order; empty cells where there is nothing to count.
  std::pair<Cell, Cell> Evolve(EventView event) {
    size_t row = history_.movements.seq.size();
    history_.Evolve(event);
    if (Begins(event)) StartAt(event);
    const Currency currency = CurrencyFor(event);
    const Cell before = Shown(currency);
    for (; row < history_.movements.seq.size(); ++row) Count(row);
    if (subject_.is_write_off()) CountWriteOff(event);
    return {before, Shown(currency)};
  }

 private:
  // The first event of a document introduces it. A bill may come in again, with another payment.
  bool Begins(EventView event) const {
    const bool again = subject_.is_bill() && event.type() == EventType::PaymentReceived;
    return again || event.seq() == subject_.seqs.front();
  }

  void StartAt(EventView event) {
    if (subject_.is_customer()) return;
    item_ = history_.ItemAt(event.seq());
    if (item_ != kNoItem || subject_.is_write_off()) currency_ = event.currency();
  }

  // A customer's balance is that of the event's currency, else that of the currency the customer deals in.
  Currency CurrencyFor(EventView event) const {
    if (!subject_.is_customer()) return currency_;
    const bool of_master = event.info().customer == CustomerUse::kIntroduced ||
                           event.type() == EventType::CustomerChanged || event.type() == EventType::CreditLimitSet;
    if (!event.currency().empty() && !of_master) return event.currency();
    return currency_.empty() ? ledger_currency_ : currency_;
  }

  void Count(size_t row) {
    const auto& movements = history_.movements;
    const uint32_t item = movements.item[row];
    if (subject_.is_write_off() || !cut_.Sees(movements.date[row], movements.seq[row])) return;
    if (!subject_.is_customer() && item != item_) return;
    if (currency_.empty()) currency_ = history_.items.currency[item];
    const int sign = subject_.is_customer() ? BalanceSign(history_.items.kind[item]) : 1;
    figure_[history_.items.currency[item]] += sign * movements.amount[row];
  }

  void CountWriteOff(EventView event) {
    if (event.type() == EventType::WriteOffApproved) {
      const auto& body = event.body<schema::WriteOffApproved>();
      const Minor amount = AmountOf(body.amount());
      if (amount > 0 && cut_.Sees(DateOf(*body.in_force_from()), event.seq())) figure_[currency_] += amount;
    } else if (event.type() == EventType::WriteOffReversed && cut_.Sees(event.date(), event.seq())) {
      figure_[currency_] -= AmountOf(event.body<schema::WriteOffReversed>().amount());
    }
  }

  Cell Shown(Currency currency) const {
    if (currency.empty() || (!subject_.is_customer() && !subject_.is_write_off() && item_ == kNoItem)) return Cell();
    const auto figure = figure_.find(currency);
    return Money{figure == figure_.end() ? Sum{0} : figure->second, currency};
  }

  const Subject& subject_;
  const Cut cut_;
  const Currency ledger_currency_;
  GrowingHistory history_;
  uint32_t item_ = kNoItem;  // the subject, if it is one
  Currency currency_;
  std::map<Currency, Sum> figure_;
};

Status AddRows(const EventLog& log, const Cut& cut, const Subject& subject, Language language, Report& report) {
  TrailFigure figure(subject, cut, log.identity().currency);
  // Every known event is folded, whatever its date: an event may move what a later-dated one introduced.
  RETURN_IF_ERROR(ForEachVisible(log, subject.folded, Cut{Date::Max(), cut.known}, [&](EventView event) {
    auto [before, after] = figure.Evolve(event);
    const bool touches = std::binary_search(subject.seqs.begin(), subject.seqs.end(), event.seq());
    if (!touches || !cut.Sees(event.date(), event.seq())) return;
    report.rows.push_back({static_cast<int64_t>(event.seq()), event.recorded_at(), event.date(),
                           Term{event.info().name}, std::string(event.actor()), std::string(event.source()),
                           EventText(event, language), before, after, ClockCell(event)});
  }));
  return figure.status();
}

Result<Report> RunTrail(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto subject = FindSubject(*request.log, request.subject);
  RETURN_IF_ERROR(subject);
  Report report = EmptyReport(kTrailReport, cut);
  RETURN_IF_ERROR(AddRows(*request.log, cut, *subject, request.language, report));
  FinishClockColumn(&report);
  return report;
}

}  // namespace

const ReportInfo kTrailReport{"trail",
                              "every event of a customer or document, with the figure before and after",
                              "duebook trail invoice:INV-7",
                              ReportRows::kListed,
                              RunTrail,
                              {
                                  kSeqColumn,
                                  kRecordedAtColumn,
                                  kDateColumn,
                                  kTypeColumn,
                                  kActorColumn,
                                  kSourceColumn,
                                  kTextColumn,
                                  {"before",
                                   "before it, a customer's balance; what is open of an invoice, left of a payment or "
                                   "credit note, in force of a write-off",
                                   ColumnType::kMoney},
                                  {"after", "the same after it", ColumnType::kMoney},
                                  kClockColumn,
                              },
                              ListParameters({kCustomerOrDocument}),
                              DefaultDay::kEvery};

}  // namespace duebook
