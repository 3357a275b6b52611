#include "projections/reports/promise_book.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace duebook {

void PromiseBook::AddPromise(EventView event) {
  const auto& body = event.body<schema::PromiseMade>();
  JudgedPromise promise;
  promise.seq = event.seq();
  promise.customer_seq = event.Referred("customer");
  promise.number = EventView::Text(body.promise());
  promise.customer = event.customer();
  promise.currency = event.currency();
  promise.date = event.date();
  promise.due = DateOf(*body.due());
  promise.deadline = promise.due.AddDays(grace_days_);
  promise.amount = AmountOf(body.amount());
  promise.invoices = event.AllReferred("invoices");
  promise_index_.emplace(promise.seq, promises_.size());
  promises_.push_back(std::move(promise));
}

void PromiseBook::Evolve(EventView event) {
  if (event.type() == EventType::PromiseMade) {
    AddPromise(event);
  } else if (event.type() == EventType::PromiseWithdrawn) {
    const auto promise = promise_index_.find(event.Referred("promise"));
    if (promise != promise_index_.end() && event.date() <= promises_[promise->second].deadline) {
      promises_[promise->second].withdrawn = event.date();
    }
  }
}

Status PromiseBook::FindPools(const History& history, PromiseCash& cash) {
  for (JudgedPromise& promise : promises_) {
    if (promise.invoices.empty()) {
      const auto customer = history.NamedCustomer(promise.customer_seq);
      RETURN_IF_ERROR(customer);
      promise.pools = {cash.OfCustomer(*customer, promise.currency)};
      continue;
    }
    for (const uint64_t invoice : promise.invoices) {
      const auto item = history.NamedItem(invoice);
      RETURN_IF_ERROR(item);
      promise.pools.push_back(cash.OfInvoice(*item));
    }
  }
  return Status();
}

// A promise is superseded by the next one made on a later day about one of its invoices (or, like it, about none), if
// that was made before its deadline had passed. Promises made on one day are a plan.
void PromiseBook::Supersede(size_t pools) {
  std::vector<std::vector<Date>> made(pools);
  for (const JudgedPromise& promise : promises_) {
    for (const uint32_t pool : promise.pools) made[pool].push_back(promise.date);
  }
  for (std::vector<Date>& dates : made) std::sort(dates.begin(), dates.end());
  for (JudgedPromise& promise : promises_) {
    for (const uint32_t pool : promise.pools) {
      const auto next = std::upper_bound(made[pool].begin(), made[pool].end(), promise.date);
      if (next == made[pool].end() || *next > promise.deadline) continue;
      promise.superseded = std::min(*next, promise.superseded.value_or(Date::Max()));
    }
  }
}

Status PromiseBook::Judge(const EventLog& log, const History& history, const Cut& cut) {
  PromiseCash cash(history);
  RETURN_IF_ERROR(FindPools(history, cash));
  Supersede(cash.pools());
  RETURN_IF_ERROR(cash.Gather(log, cut));
  std::vector<JudgedPromise*> by_due;
  for (JudgedPromise& promise : promises_) by_due.push_back(&promise);
  std::sort(by_due.begin(), by_due.end(), [](const JudgedPromise* a, const JudgedPromise* b) {
    return std::tuple(a->due, a->seq) < std::tuple(b->due, b->seq);
  });
  for (JudgedPromise* promise : by_due) {
    promise->received =
        cash.Take({&promise->pools, promise->date, promise->LastDay(), promise->amount, promise->closed()});
    if (promise->received == promise->amount) {
      promise->state = "kept";
    } else if (promise->withdrawn.has_value() && promise->withdrawn == promise->LastDay()) {
      promise->state = "withdrawn";
    } else if (promise->closed()) {
      promise->state = "superseded";
    } else if (cut.effective <= promise->deadline) {
      promise->state = "pending";
    } else {
      promise->state = promise->received > 0 ? "partly kept" : "broken";
    }
  }
  return Status();
}

}  // namespace duebook
