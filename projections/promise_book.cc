#include "projections/promise_book.h"

#include <algorithm>
#include <utility>

namespace duebook {

void PromiseBook::AddPromise(EventView event) {
  const auto& body = event.body<schema::PromiseMade>();
  JudgedPromise promise;
  promise.seq = event.seq();
  promise.customer_seq = event.reference(0);
  promise.number = EventView::Text(body.promise());
  promise.customer = event.customer();
  promise.currency = event.currency();
  promise.date = event.date();
  promise.due = DateOf(*body.due());
  promise.deadline = promise.due.AddDays(grace_days_);
  promise.amount = AmountOf(body.amount());
  for (size_t i = 1; i < event.reference_count(); ++i) promise.invoices.push_back(event.reference(i));
  promise_index_.emplace(promise.seq, promises_.size());
  promises_.push_back(std::move(promise));
}

void PromiseBook::Evolve(EventView event) {
  switch (event.type()) {
    case EventType::PromiseMade:
      return AddPromise(event);
    case EventType::PromiseWithdrawn: {
      const auto promise = promise_index_.find(event.reference(1));
      if (promise != promise_index_.end() && event.date() <= promises_[promise->second].deadline) {
        promises_[promise->second].withdrawn = event.date();
      }
      return;
    }
    case EventType::PaymentReceived:
      payments_[event.seq()] = {event.seq(), event.date(), AmountOf(event.body<schema::PaymentReceived>().amount()),
                                event.seq()};
      received_[{event.reference(0), 0, event.currency()}].push_back(event.seq());
      return;
    case EventType::PaymentApplied: {
      const auto& body = event.body<schema::PaymentApplied>();
      if (body.payment() == nullptr) return;  // a credit note is no cash
      applications_[event.seq()] = {event.seq(), event.date(), AmountOf(body.amount()), event.reference(1)};
      applied_[{event.reference(0), event.reference(2), event.currency()}].push_back(event.seq());
      return;
    }
    case EventType::ApplicationReversed: {
      const auto application = applications_.find(event.reference(1));
      if (application != applications_.end()) application->second.left = 0;
      return;
    }
    case EventType::PaymentReversed: {
      const auto payment = payments_.find(event.reference(1));
      if (payment != payments_.end()) payment->second.left = 0;
      return;
    }
    default:
      return;
  }
}

std::vector<PromiseBook::Scope> PromiseBook::ScopesOf(const JudgedPromise& promise) {
  if (promise.invoices.empty()) return {{promise.customer_seq, 0, promise.currency}};
  std::vector<Scope> scopes;
  for (const uint64_t invoice : promise.invoices) {
    scopes.emplace_back(promise.customer_seq, invoice, promise.currency);
  }
  return scopes;
}

// A promise is superseded by the next one made on a later day about one of its invoices (or, like it, about none), if
// that was made before its deadline had passed. Promises made on one day are a plan.
void PromiseBook::Supersede() {
  std::map<Scope, std::vector<const JudgedPromise*>> made;
  for (const JudgedPromise& promise : promises_) {
    for (const Scope& scope : ScopesOf(promise)) made[scope].push_back(&promise);
  }
  const auto earlier = [](const JudgedPromise* a, const JudgedPromise* b) { return a->date < b->date; };
  for (auto& [scope, list] : made) std::sort(list.begin(), list.end(), earlier);
  for (JudgedPromise& promise : promises_) {
    for (const Scope& scope : ScopesOf(promise)) {
      const auto& list = made[scope];
      const auto next = std::upper_bound(list.begin(), list.end(), &promise, earlier);
      if (next == list.end() || (*next)->date > promise.deadline) continue;
      promise.superseded = std::min((*next)->date, promise.superseded.value_or(Date::Max()));
    }
  }
}

std::vector<CountedCash*> PromiseBook::CashFor(const JudgedPromise& promise) {
  std::vector<CountedCash*> cash;
  auto& source = promise.invoices.empty() ? payments_ : applications_;
  auto& index = promise.invoices.empty() ? received_ : applied_;
  for (const Scope& scope : ScopesOf(promise)) {
    const auto seqs = index.find(scope);
    if (seqs == index.end()) continue;
    for (const uint64_t seq : seqs->second) {
      CountedCash& one = source.at(seq);
      if (one.date >= promise.date && one.date <= promise.LastDay() && Left(one) > 0) cash.push_back(&one);
    }
  }
  std::sort(cash.begin(), cash.end(), [](const CountedCash* a, const CountedCash* b) {
    return std::tuple(a->date, a->seq) < std::tuple(b->date, b->seq);
  });
  return cash;
}

Minor PromiseBook::Left(const CountedCash& cash) const {
  const auto payment = payments_.find(cash.payment);
  return payment == payments_.end() ? 0 : std::min(cash.left, payment->second.left);
}

// Counts cash towards the promise, and says how much.
Minor PromiseBook::Take(JudgedPromise& promise, bool only_if_reached) {
  std::vector<std::pair<CountedCash*, Minor>> takings;
  std::unordered_map<uint64_t, Minor> of_payment;  // several applications may share one payment
  Minor taken = 0;
  for (CountedCash* cash : CashFor(promise)) {
    Minor& used = of_payment[cash->payment];
    const Minor left_of_payment = payments_.at(cash->payment).left - used;
    const Minor amount = std::min({promise.amount - taken, cash->left, left_of_payment});
    if (amount <= 0) continue;
    used += amount;
    taken += amount;
    takings.emplace_back(cash, amount);
  }
  if (only_if_reached && taken < promise.amount) return 0;
  for (const auto& [cash, amount] : takings) {
    cash->left -= amount;
    if (cash->payment != cash->seq) payments_.at(cash->payment).left -= amount;
  }
  return taken;
}

void PromiseBook::Judge(Date effective) {
  Supersede();
  std::vector<JudgedPromise*> by_due;
  for (JudgedPromise& promise : promises_) by_due.push_back(&promise);
  std::sort(by_due.begin(), by_due.end(), [](const JudgedPromise* a, const JudgedPromise* b) {
    return std::tuple(a->due, a->seq) < std::tuple(b->due, b->seq);
  });
  for (JudgedPromise* promise : by_due) {
    promise->received = Take(*promise, promise->closed());
    if (promise->received == promise->amount) {
      promise->state = "kept";
    } else if (promise->withdrawn.has_value() && promise->withdrawn == promise->LastDay()) {
      promise->state = "withdrawn";
    } else if (promise->closed()) {
      promise->state = "superseded";
    } else if (effective <= promise->deadline) {
      promise->state = "pending";
    } else {
      promise->state = promise->received > 0 ? "partly kept" : "broken";
    }
  }
}

}  // namespace duebook
