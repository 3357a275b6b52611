#include "projections/reports/score_factors.h"

#include <algorithm>
#include <vector>

#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/history/open_parts.h"
#include "projections/history/visible_events.h"
#include "projections/history/visible_facts.h"
#include "projections/reports/credit_book.h"
#include "projections/reports/days_late.h"
#include "projections/reports/promise_book.h"
#include "projections/shared/customer_description.h"

namespace duebook {

namespace {

// What is looked at of one customer. The window is behind `after` and up to the cut's day.
class FactorReader {
 public:
  // The history is of this customer alone, and must outlive it.
  FactorReader(const History& history, const Cut& cut, Date after, Currency currency)
      : history_(history), cut_(cut), after_(after), currency_(currency) {}

  bool IsInWindow(Date date) const { return date > after_ && date <= cut_.effective; }

  int64_t OverdueDays() const;
  int64_t DisputesOpened() const;
  int64_t Bounced() const;
  int64_t Holds() const;
  void ReadPromises(FactorValues* values) const;

 private:
  const History& history_;
  const Cut cut_;
  const Date after_;
  const Currency currency_;
};

int64_t FactorReader::OverdueDays() const {
  const ItemBalances balances(history_, cut_);
  int64_t most = 0;
  OpenParts(history_, cut_, balances).ForEach([&](const OpenPart& part) {
    const bool counts = part.open > 0 && history_.items.currency[part.item] == currency_;
    if (counts) most = std::max(most, AgeOf(history_, part, AgingBasis::kDue, cut_.effective));
  });
  return most;
}

int64_t FactorReader::DisputesOpened() const {
  const History::Disputes& disputes = history_.disputes;
  int64_t opened = 0;
  for (size_t row = 0; row < RowsKnown(disputes.seq, cut_.known); ++row) {
    opened += IsInWindow(disputes.date[row]) && history_.items.currency[disputes.item[row]] == currency_ ? 1 : 0;
  }
  return opened;
}

// A bill that is dishonoured reverses its payment, too.
int64_t FactorReader::Bounced() const {
  const History::Movements& movements = history_.movements;
  int64_t bounced = 0;
  for (size_t row = 0; row < RowsKnown(movements.seq, cut_.known); ++row) {
    const uint32_t item = movements.item[row];
    const bool is_payment =
        history_.items.kind[item] == ItemKind::kPayment && history_.items.currency[item] == currency_;
    bounced += is_payment && movements.kind[row] == MovementKind::kReversed && IsInWindow(movements.date[row]) ? 1 : 0;
  }
  return bounced;
}

int64_t FactorReader::Holds() const {
  int64_t holds = 0;
  VisibleFacts(history_, cut_).ForEach({EventType::CreditHoldPlaced}, [&](uint32_t row) {
    holds += IsInWindow(history_.facts.date[row]) ? 1 : 0;
  });
  return holds;
}

// Of promises whose last day is in the window and over.
void FactorReader::ReadPromises(FactorValues* values) const {
  Sum amount = 0;
  Sum received = 0;
  int64_t broken = 0;
  for (const JudgedPromise& promise : JudgePromises(history_, cut_)) {
    const bool came_due = promise.deadline > after_ && promise.deadline < cut_.effective &&
                          history_.promises.currency[promise.row] == currency_ && promise.state != kWithdrawnState &&
                          promise.state != kSupersededState;
    if (!came_due) continue;
    amount += promise.amount;
    received += promise.received;
    broken += promise.state == kBrokenState ? 1 : 0;
  }
  (*values)[static_cast<size_t>(ScoreFactor::kBroken)] = broken;
  if (amount > 0) {
    (*values)[static_cast<size_t>(ScoreFactor::kPromiseRate)] = static_cast<int64_t>(received * 100 / amount);
  }
}

// Per cent, rounded down, and the greatest number where it is more; nothing without a limit.
std::optional<int64_t> UtilisationOf(const CreditBook& credit, Currency currency) {
  const auto standing = std::find_if(credit.standings().begin(), credit.standings().end(),
                                     [&](const CreditStanding& each) { return each.currency == currency; });
  if (standing == credit.standings().end() || standing->limit == 0) return std::nullopt;
  const Sum percent = std::max(Sum{0}, standing->Exposure()) * 100 / standing->limit;
  return static_cast<int64_t>(std::min<Sum>(percent, INT64_MAX));
}

// Whole months from the first day of business, as events say it, or else from the opening of the account.
Result<int64_t> MonthsOfBusiness(const EventLog& log, const std::string& customer, Date opened, const Cut& cut) {
  const auto seqs = SeqsOfTypes(log, {EventType::CustomerOpened, EventType::CustomerChanged}, {customer});
  RETURN_IF_ERROR(seqs);
  CustomerDescription description(cut.effective);
  RETURN_IF_ERROR(ForEachVisible(log, *seqs, cut, [&](EventView event) { description.Evolve(event); }));
  const Date since = Date::Parse(description.Of("since")).value_or(opened);
  int months = (cut.effective.year() - since.year()) * 12 + cut.effective.month() - since.month();
  if (since.AddMonths(months) > cut.effective) months--;
  return std::max(0, months);
}

}  // namespace

Result<FactorValues> FactorsOf(const EventLog& log, const std::string& customer, const Cut& cut, int months) {
  const auto history = History::OfCustomers(log, {customer});
  RETURN_IF_ERROR(history);
  const Date after = cut.effective.AddMonths(-months);
  const Currency currency = log.identity().currency;
  const FactorReader reader(*history, cut, after, currency);
  FactorValues values;
  const auto set = [&](ScoreFactor factor, std::optional<int64_t> value) {
    values[static_cast<size_t>(factor)] = value;
  };
  set(ScoreFactor::kDaysLate, DaysLate(*history, cut, after, currency));
  set(ScoreFactor::kOverdueDays, reader.OverdueDays());
  set(ScoreFactor::kDisputes, reader.DisputesOpened());
  set(ScoreFactor::kBounced, reader.Bounced());
  set(ScoreFactor::kHolds, reader.Holds());
  reader.ReadPromises(&values);
  const auto credit = CreditBook::Make(log, *history, cut);
  RETURN_IF_ERROR(credit);
  set(ScoreFactor::kUtilisation, UtilisationOf(*credit, currency));
  const auto relation = MonthsOfBusiness(log, customer, history->customers.date[0], cut);
  RETURN_IF_ERROR(relation);
  set(ScoreFactor::kRelation, *relation);
  return values;
}

}  // namespace duebook
