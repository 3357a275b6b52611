#include "projections/reports/promise_cash.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/projections/hand_made_history.h"

namespace duebook {
namespace {

constexpr Cut kEverything{Date::Max(), UINT64_MAX};

Date Day(int day) { return Date::FromDays(20'000 + day); }

// The columns that promises ask for, filled by hand.
class Columns {
 public:
  uint32_t AddItem(ItemKind kind, uint32_t customer, Date date, Minor amount) {
    const uint32_t item = history_.Add(HandMadeHistory::Item{++seq_, date, kind, "", amount, customer});
    history_.Add(HandMadeHistory::Movement{seq_, date, item, MovementKind::kIssued, amount});
    return item;
  }
  void Apply(uint32_t payment, uint32_t invoice, Date date, Minor amount) {
    ++seq_;
    history_.Add(HandMadeHistory::Movement{seq_, date, invoice, MovementKind::kApplied, -amount, payment});
    history_.Add(HandMadeHistory::Movement{seq_, date, payment, MovementKind::kApplied, -amount, invoice});
  }
  // Returns the seq of the last event.
  uint64_t seq() const { return seq_; }
  History Take() const { return history_.Take(); }

 private:
  HandMadeHistory history_;
  uint64_t seq_ = 0;
};

// What the wishes are granted in turn, worked out by looking at every payment and application each time.
class Naive {
 public:
  struct Sum {
    uint64_t seq;
    Date date;
    uint32_t payment;
    Minor left;
  };
  Minor Take(const std::vector<Sum*>& sums, std::map<uint32_t, Minor>& payments, const PromiseCash::Wish& wish) {
    std::vector<Sum*> in_time;
    for (Sum* sum : sums) {
      if (sum->date >= wish.first && sum->date <= wish.last) in_time.push_back(sum);
    }
    std::sort(in_time.begin(), in_time.end(),
              [](const Sum* a, const Sum* b) { return std::pair(a->date, a->seq) < std::pair(b->date, b->seq); });
    std::vector<Sum> before;
    before.reserve(in_time.size());
    for (const Sum* sum : in_time) before.push_back(*sum);
    const std::map<uint32_t, Minor> payments_before = payments;
    Minor taken = 0;
    for (Sum* sum : in_time) {
      const Minor amount = std::min({wish.amount - taken, sum->left, payments[sum->payment]});
      taken += amount;
      sum->left -= amount;
      payments[sum->payment] -= amount;
    }
    if (!wish.whole || taken == wish.amount) return taken;
    for (size_t i = 0; i < in_time.size(); ++i) *in_time[i] = before[i];
    payments = payments_before;
    return 0;
  }
};

TEST(PromiseCash, GivesEachSumOnceTheOldestFirst) {
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto below = [&random](size_t bound) { return static_cast<int>(random() % bound); };
    Columns columns;
    std::vector<uint32_t> invoices, payments;
    std::map<uint32_t, Minor> left;
    std::vector<Naive::Sum> paid, applied;
    std::vector<uint32_t> invoice_of;  // of `applied`
    for (int i = 0; i < 4; ++i) invoices.push_back(columns.AddItem(ItemKind::kInvoice, 0, Day(0), 1'000));
    for (int i = 0; i < 12; ++i) {
      const Date date = Day(below(20));
      const Minor amount = 1 + below(60);
      const uint32_t payment = columns.AddItem(ItemKind::kPayment, 0, date, amount);
      left[payment] = amount;
      paid.push_back({columns.seq(), date, payment, amount});
      Minor rest = amount;
      while (rest > 0 && below(3) > 0) {
        const Minor part = 1 + below(static_cast<size_t>(rest));
        const uint32_t invoice = invoices[below(invoices.size())];
        const Date applied_on = std::max(date, Day(below(20)));
        columns.Apply(payment, invoice, applied_on, part);
        applied.push_back({columns.seq(), applied_on, payment, part});
        invoice_of.push_back(invoice);
        rest -= part;
      }
    }
    const History history = columns.Take();
    PromiseCash cash(history);
    const uint32_t of_customer = cash.OfCustomer(0, *Currency::Parse("CNY"));
    std::map<uint32_t, uint32_t> pool_of;
    for (const uint32_t invoice : invoices) pool_of[invoice] = cash.OfInvoice(invoice);
    cash.Gather(kEverything);
    Naive naive;
    for (int step = 0; step < 40; ++step) {
      std::vector<uint32_t> pools;
      std::vector<Naive::Sum*> sums;
      if (below(2) == 0) {
        pools = {of_customer};
        for (Naive::Sum& sum : paid) sums.push_back(&sum);
      } else {
        for (const uint32_t invoice : invoices) {
          if (below(2) == 0) continue;
          pools.push_back(pool_of[invoice]);
          for (size_t i = 0; i < applied.size(); ++i) {
            if (invoice_of[i] == invoice) sums.push_back(&applied[i]);
          }
        }
      }
      const Date first = Day(below(20));
      const PromiseCash::Wish wish{&pools, first, first.AddDays(below(12)), 1 + below(40), below(2) == 0};
      // A payment itself is one sum: what is left of it is what the map says.
      for (Naive::Sum& sum : paid) sum.left = left[sum.payment];
      ASSERT_EQ(cash.Take(wish), naive.Take(sums, left, wish)) << step;
    }
  }
}

constexpr int kMany = 200'000;

// Each of the tests below would take minutes if a wish looked at each sum.

TEST(PromiseCash, ManyPromisesOfOneCustomerTakeFromManyPayments) {
  Columns columns;
  for (int i = 0; i < kMany; ++i) columns.AddItem(ItemKind::kPayment, 0, Day(i % 300), 2);
  const History history = columns.Take();
  PromiseCash cash(history);
  const std::vector<uint32_t> pools{cash.OfCustomer(0, *Currency::Parse("CNY"))};
  cash.Gather(kEverything);
  Minor taken = 0;
  for (int i = 0; i < kMany; ++i) taken += cash.Take({&pools, Day(0), Day(300), 3, i % 2 == 0});
  EXPECT_EQ(taken, kMany * 2);
}

TEST(PromiseCash, ManyPromisesOnOneInvoiceAreGivenUpWithoutTakingAnything) {
  Columns columns;
  const uint32_t invoice = columns.AddItem(ItemKind::kInvoice, 0, Day(0), kMany);
  for (int i = 0; i < kMany; ++i) {
    const uint32_t payment = columns.AddItem(ItemKind::kPayment, 0, Day(i % 300), 1);
    columns.Apply(payment, invoice, Day(i % 300), 1);
  }
  const History history = columns.Take();
  PromiseCash cash(history);
  const std::vector<uint32_t> pools{cash.OfInvoice(invoice)};
  cash.Gather(kEverything);
  for (int i = 0; i < kMany; ++i) ASSERT_EQ(cash.Take({&pools, Day(0), Day(300), kMany + 1, true}), 0);
  EXPECT_EQ(cash.Take({&pools, Day(0), Day(300), kMany, true}), kMany);
}

}  // namespace
}  // namespace duebook
