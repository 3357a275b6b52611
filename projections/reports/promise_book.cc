#include "projections/reports/promise_book.h"

#include <tuple>
#include <unordered_map>
#include <utility>

namespace duebook {

namespace {

std::vector<JudgedPromise> VisiblePromises(const History& history, const Cut& cut, int grace_days) {
  const History::Promises& promises = history.promises;
  std::vector<JudgedPromise> visible;
  const size_t rows = RowsKnown(promises.seq, cut.known);
  for (uint32_t row = 0; row < rows; ++row) {
    if (promises.date[row] > cut.effective) continue;
    const Date due = promises.due[row];
    const Date own = promises.last_day[row];
    visible.push_back(
        {row, promises.date[row], due, own == Date::Min() ? due.AddDays(grace_days) : own, promises.amount[row]});
  }
  return visible;
}

// A promise can be withdrawn up to its deadline.
void Withdraw(const History& history, const Cut& cut, std::vector<JudgedPromise>& promises) {
  const History::PromiseWithdrawals& withdrawals = history.withdrawals;
  const size_t rows = RowsKnown(withdrawals.seq, cut.known);
  for (size_t row = 0; row < rows; ++row) {
    const Date date = withdrawals.date[row];
    if (date > cut.effective) continue;
    const auto promise = std::lower_bound(promises.begin(), promises.end(), withdrawals.promise[row],
                                          [](const JudgedPromise& each, uint32_t of_row) { return each.row < of_row; });
    const bool is_seen = promise != promises.end() && promise->row == withdrawals.promise[row];
    if (is_seen && date <= promise->deadline) promise->withdrawn = date;
  }
}

// The cash of the invoices that the promise names or, if it names none, of its customer.
void FindPools(const History& history, PromiseCash& cash, std::vector<JudgedPromise>& promises) {
  for (JudgedPromise& promise : promises) {
    for (const uint32_t invoice : InvoicesNamedBy(history, promise.row)) {
      promise.pools.push_back(cash.OfInvoice(invoice));
    }
    if (!promise.pools.empty()) continue;
    promise.pools = {cash.OfCustomer(history.promises.customer[promise.row], history.promises.currency[promise.row])};
  }
}

// The promises about one invoice, or of one customer about none, by the days on which they were made.
class MadePromises {
 public:
  // `plan` is 0 for promises of no plan, which are each by itself.
  void Add(Date date, uint32_t plan) { made_.push_back({date, plan}); }
  // To be called once, before what follows.
  void Close() {
    std::sort(made_.begin(), made_.end(),
              [](const Made& a, const Made& b) { return std::tie(a.date, a.plan) < std::tie(b.date, b.plan); });
    for (size_t place = made_.size(); place-- > 0;) {
      const bool goes_on = place + 1 < made_.size() && made_[place + 1].plan == made_[place].plan;
      made_[place].next_of_other_plan = goes_on ? made_[place + 1].next_of_other_plan : place + 1;
    }
  }
  // The first day behind this one on which a promise was made that is of no plan or of another one.
  std::optional<Date> NextAfter(Date date, uint32_t plan) const {
    auto next =
        std::upper_bound(made_.begin(), made_.end(), date, [](Date day, const Made& each) { return day < each.date; });
    const bool is_of_plan = next != made_.end() && plan != 0 && next->plan == plan;
    if (is_of_plan) next = made_.begin() + static_cast<ptrdiff_t>(next->next_of_other_plan);
    return next == made_.end() ? std::nullopt : std::optional(next->date);
  }

 private:
  struct Made {
    Date date;
    uint32_t plan;
    size_t next_of_other_plan = 0;  // the first place behind this one where the plan is another
  };
  std::vector<Made> made_;
};

// Numbers the plans that promises name, from 1 on. Plans of several customers may have one name, which does no harm:
// promises of several customers never meet.
class Plans {
 public:
  uint32_t NumberOf(std::string_view plan) {
    return plan.empty() ? 0 : numbers_.emplace(plan, static_cast<uint32_t>(numbers_.size() + 1)).first->second;
  }

 private:
  std::unordered_map<std::string_view, uint32_t> numbers_;
};

// A promise is superseded by the next one made on a later day about one of its invoices (or, like it, about none), if
// that was made before its deadline had passed and is not of the same plan. Promises made on one day are a plan, too.
void Supersede(const History& history, size_t pools, std::vector<JudgedPromise>& promises) {
  std::vector<MadePromises> made(pools);
  Plans plans;
  std::vector<uint32_t> plan_of;
  plan_of.reserve(promises.size());
  for (const JudgedPromise& promise : promises) {
    plan_of.push_back(plans.NumberOf(history.promises.plan[promise.row]));
    for (const uint32_t pool : promise.pools) made[pool].Add(promise.date, plan_of.back());
  }
  for (MadePromises& each : made) each.Close();
  for (size_t i = 0; i < promises.size(); ++i) {
    JudgedPromise& promise = promises[i];
    for (const uint32_t pool : promise.pools) {
      const std::optional<Date> next = made[pool].NextAfter(promise.date, plan_of[i]);
      if (!next.has_value() || *next > promise.deadline) continue;
      promise.superseded = std::min(*next, promise.superseded.value_or(Date::Max()));
    }
  }
}

std::string_view StateOf(const JudgedPromise& promise, const Cut& cut) {
  if (promise.received == promise.amount) return kKeptState;
  if (promise.withdrawn.has_value() && promise.withdrawn == promise.LastDay()) return kWithdrawnState;
  if (promise.closed()) return kSupersededState;
  if (cut.effective <= promise.deadline) return kPendingState;
  return promise.received > 0 ? kPartlyKeptState : kBrokenState;
}

}  // namespace

std::vector<JudgedPromise> JudgePromises(const History& history, const Cut& cut, int grace_days) {
  std::vector<JudgedPromise> promises = VisiblePromises(history, cut, grace_days);
  Withdraw(history, cut, promises);
  PromiseCash cash(history);
  FindPools(history, cash, promises);
  Supersede(history, cash.pools(), promises);
  cash.Gather(cut);
  std::vector<JudgedPromise*> by_due;
  by_due.reserve(promises.size());
  for (JudgedPromise& promise : promises) by_due.push_back(&promise);
  std::sort(by_due.begin(), by_due.end(), [](const JudgedPromise* a, const JudgedPromise* b) {
    return std::tuple(a->due, a->row) < std::tuple(b->due, b->row);
  });
  for (JudgedPromise* promise : by_due) {
    promise->received =
        cash.Take({&promise->pools, promise->date, promise->LastDay(), promise->amount, promise->closed()});
    promise->state = StateOf(*promise, cut);
  }
  return promises;
}

std::vector<const JudgedPromise*> PendingByDue(const std::vector<JudgedPromise>& promises,
                                               const std::function<bool(const JudgedPromise&)>& is_wanted) {
  std::vector<const JudgedPromise*> pending;
  for (const JudgedPromise& promise : promises) {
    if (promise.IsPending() && is_wanted(promise)) pending.push_back(&promise);
  }
  std::stable_sort(pending.begin(), pending.end(),
                   [](const JudgedPromise* a, const JudgedPromise* b) { return a->due < b->due; });
  return pending;
}

std::vector<uint32_t> InvoicesNamedBy(const History& history, uint32_t promise) {
  const History::PromisedInvoices& named = history.promised_invoices;
  std::vector<uint32_t> invoices;
  for (size_t row = RowsBelow(named.promise, promise); row < named.promise.size() && named.promise[row] == promise;
       ++row) {
    invoices.push_back(named.item[row]);
  }
  return invoices;
}

}  // namespace duebook
