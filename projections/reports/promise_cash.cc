#include "projections/reports/promise_cash.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "ledger/values/check.h"

namespace duebook {
namespace {

// The seqs of the applications that the cut sees reversed.
std::unordered_set<uint64_t> ReversedApplications(const History& history,
                                                  const std::unordered_set<uint64_t>& reversals) {
  const History::ApplicationReversals& rows = history.application_reversals;
  std::unordered_set<uint64_t> applications;
  for (size_t row = 0; row < rows.seq.size(); ++row) {
    if (reversals.contains(rows.seq[row])) applications.insert(rows.application[row]);
  }
  return applications;
}

}  // namespace

PromiseCash::PromiseCash(const History& history)
    : history_(&history), pool_of_invoice_(history.items.seq.size(), kNone) {}

uint32_t PromiseCash::OfInvoice(uint32_t item) {
  CHECK(item < pool_of_invoice_.size());
  if (pool_of_invoice_[item] == kNone) {
    pool_of_invoice_[item] = static_cast<uint32_t>(pools_.size());
    pools_.emplace_back();
  }
  return pool_of_invoice_[item];
}

uint32_t PromiseCash::OfCustomer(uint32_t customer, Currency currency) {
  const auto [pool, added] = pool_of_customer_.emplace(KeyOf(customer, currency), static_cast<uint32_t>(pools_.size()));
  if (added) pools_.emplace_back();
  return pool->second;
}

void PromiseCash::Gather(const Cut& cut) {
  if (pools_.empty()) return;
  AddPayments(cut);
  AddApplications(cut);
  for (CashPool& pool : pools_) pool.Close();
  place_of_payment_.resize(left_.size());
  for (const auto& [key, pool] : pool_of_customer_) {
    for (size_t place = 0; place < pools_[pool].size(); ++place) {
      place_of_payment_[pools_[pool].at(place).payment] = {pool, place};
    }
  }
}

void PromiseCash::AddPayments(const Cut& cut) {
  const History::Items& items = history_->items;
  const History::Movements& movements = history_->movements;
  left_.resize(items.seq.size());
  const size_t known_items = RowsKnown(items.seq, cut.known);
  for (size_t item = 0; item < known_items; ++item) {
    if (items.kind[item] == ItemKind::kPayment && items.date[item] <= cut.effective) left_[item] = items.amount[item];
  }
  const size_t known_movements = RowsKnown(movements.seq, cut.known);
  for (size_t row = 0; row < known_movements; ++row) {
    if (movements.kind[row] == MovementKind::kReversed && movements.date[row] <= cut.effective) {
      left_[movements.item[row]] = 0;
    }
  }
  if (pool_of_customer_.empty()) return;
  for (uint32_t item = 0; item < known_items; ++item) {
    if (left_[item] == 0) continue;
    const auto pool = pool_of_customer_.find(KeyOf(items.customer[item], items.currency[item]));
    if (pool != pool_of_customer_.end()) {
      pools_[pool->second].Add({items.seq[item], items.date[item], item, left_[item]});
    }
  }
}

// A reversal's movements say what it gave back, but not which application it undoes: that is in a table of its own.
void PromiseCash::AddApplications(const Cut& cut) {
  const History::Movements& movements = history_->movements;
  std::vector<size_t> applied;             // rows
  std::unordered_set<uint64_t> reversals;  // seqs
  const size_t known = RowsKnown(movements.seq, cut.known);
  for (size_t row = 0; row < known; ++row) {
    if (movements.kind[row] != MovementKind::kApplied || movements.date[row] > cut.effective) continue;
    const uint32_t invoice = movements.counterpart[row];
    const bool of_payment = history_->items.kind[movements.item[row]] == ItemKind::kPayment && invoice != kNoItem;
    if (!of_payment || pool_of_invoice_[invoice] == kNone) continue;
    if (movements.amount[row] < 0) {
      applied.push_back(row);
    } else {
      reversals.insert(movements.seq[row]);
    }
  }
  const std::unordered_set<uint64_t> reversed = ReversedApplications(*history_, reversals);
  for (const size_t row : applied) {
    if (reversed.contains(movements.seq[row])) continue;
    pools_[pool_of_invoice_[movements.counterpart[row]]].Add(
        {movements.seq[row], movements.date[row], movements.item[row], -movements.amount[row]});
  }
}

// Returns what is left at the place, at most what is left of its payment.
Minor PromiseCash::ClippedLeft(Place place) {
  CashPool& pool = pools_[place.pool];
  const CashPool::Cash& cash = pool.at(place.place);
  if (cash.left > left_[cash.payment]) pool.Lower(place.place, left_[cash.payment]);
  return cash.left;
}

std::vector<std::pair<PromiseCash::Place, Minor>> PromiseCash::Find(const Wish& wish) {
  struct Next {
    Date date;
    uint64_t seq;
    Place place;
    bool operator<(const Next& other) const {  // the oldest is on top
      return std::tie(date, seq) > std::tie(other.date, other.seq);
    }
  };
  std::priority_queue<Next> next;
  const auto queue = [&](uint32_t pool, size_t place) {
    if (place == pools_[pool].size()) return;
    const CashPool::Cash& cash = pools_[pool].at(place);
    if (cash.date <= wish.last) next.push({cash.date, cash.seq, {pool, place}});
  };
  for (const uint32_t pool : *wish.pools) queue(pool, pools_[pool].FirstLeft(wish.first));

  std::vector<std::pair<Place, Minor>> found;
  std::unordered_map<uint32_t, Minor> of_payment;  // several applications may be of one payment
  Minor missing = wish.amount;
  while (missing > 0 && !next.empty()) {
    const Place place = next.top().place;
    next.pop();
    const uint32_t payment = pools_[place.pool].at(place.place).payment;
    Minor& used = of_payment[payment];
    const Minor amount = std::min({missing, ClippedLeft(place), left_[payment] - used});
    if (amount > 0) {
      used += amount;
      missing -= amount;
      found.emplace_back(place, amount);
    }
    queue(place.pool, pools_[place.pool].NextLeft(place.place + 1));
  }
  if (wish.whole && missing > 0) found.clear();
  return found;
}

void PromiseCash::Lower(Place place, Minor amount) {
  CashPool& pool = pools_[place.pool];
  pool.Lower(place.place, pool.at(place.place).left - amount);
}

Minor PromiseCash::Take(const Wish& wish) {
  if (wish.whole) {
    // Never less than there is: what other pools gave of a payment is not always taken off here yet.
    Sum most = 0;
    for (const uint32_t pool : *wish.pools) most += pools_[pool].LeftBetween(wish.first, wish.last);
    if (most < wish.amount) return 0;
  }
  Minor taken = 0;
  for (const auto& [place, amount] : Find(wish)) {
    const uint32_t payment = pools_[place.pool].at(place.place).payment;
    Lower(place, amount);
    left_[payment] -= amount;
    const Place own = place_of_payment_[payment];
    if (own.pool != kNone && own.pool != place.pool) Lower(own, amount);
    taken += amount;
  }
  return taken;
}

}  // namespace duebook
