#include "projections/reports/promise_book.h"

#include <tuple>
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
    visible.push_back({row, promises.date[row], due, due.AddDays(grace_days), promises.amount[row]});
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
  const History::PromisedInvoices& invoices = history.promised_invoices;
  for (JudgedPromise& promise : promises) {
    for (size_t row = RowsBelow(invoices.promise, promise.row);
         row < invoices.promise.size() && invoices.promise[row] == promise.row; ++row) {
      promise.pools.push_back(cash.OfInvoice(invoices.item[row]));
    }
    if (!promise.pools.empty()) continue;
    promise.pools = {cash.OfCustomer(history.promises.customer[promise.row], history.promises.currency[promise.row])};
  }
}

// A promise is superseded by the next one made on a later day about one of its invoices (or, like it, about none), if
// that was made before its deadline had passed. Promises made on one day are a plan.
void Supersede(size_t pools, std::vector<JudgedPromise>& promises) {
  std::vector<std::vector<Date>> made(pools);
  for (const JudgedPromise& promise : promises) {
    for (const uint32_t pool : promise.pools) made[pool].push_back(promise.date);
  }
  for (std::vector<Date>& dates : made) std::sort(dates.begin(), dates.end());
  for (JudgedPromise& promise : promises) {
    for (const uint32_t pool : promise.pools) {
      const auto next = std::upper_bound(made[pool].begin(), made[pool].end(), promise.date);
      if (next == made[pool].end() || *next > promise.deadline) continue;
      promise.superseded = std::min(*next, promise.superseded.value_or(Date::Max()));
    }
  }
}

std::string_view StateOf(const JudgedPromise& promise, const Cut& cut) {
  if (promise.received == promise.amount) return "kept";
  if (promise.withdrawn.has_value() && promise.withdrawn == promise.LastDay()) return "withdrawn";
  if (promise.closed()) return "superseded";
  if (cut.effective <= promise.deadline) return "pending";
  return promise.received > 0 ? "partly kept" : "broken";
}

}  // namespace

std::vector<JudgedPromise> JudgePromises(const History& history, const Cut& cut, int grace_days) {
  std::vector<JudgedPromise> promises = VisiblePromises(history, cut, grace_days);
  Withdraw(history, cut, promises);
  PromiseCash cash(history);
  FindPools(history, cash, promises);
  Supersede(cash.pools(), promises);
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

}  // namespace duebook
