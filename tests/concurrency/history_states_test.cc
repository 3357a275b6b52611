// States of a history, taken by many threads while one folds on.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "projections/history/growing_history.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

// Payment n is of n yuan, and event n + 1.
Sum UpTo(uint64_t last) { return Sum{100} * (last - 1) * last / 2; }

TEST(HistoryStates, AreTakenWhileOneThreadFoldsOn) {
  constexpr uint64_t kPayments = 4'000;
  const LedgerFolder folder;
  {
    auto commands = ListOf(OpenCustomer("A"));
    for (uint64_t n = 1; n <= kPayments; n++) commands.push_back(ReceivePayment("A", n));
    ASSERT_TRUE(folder.Open()->Record(commands).ok());
  }
  const auto log = folder.OpenForReading();
  const auto columns = std::make_shared<GrowingHistory>();
  std::atomic<bool> done = false;
  std::atomic<uint64_t> taken = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; i++) {
    readers.emplace_back([&] {
      while (!done) {
        const History now(columns, UINT64_MAX);
        const uint64_t known = now.items.seq.empty() ? 1 : now.items.seq.back();
        const History half(columns, known / 2);
        Sum sum = 0;
        const ItemBalances balances(now, Cut{});
        for (uint32_t item = 0; item < balances.size(); item++) sum += balances[item];
        EXPECT_EQ(sum, UpTo(known));
        EXPECT_EQ(half.items.seq.size(), known / 2 > 1 ? known / 2 - 1 : 0);
        for (size_t row = 0; row < half.items.seq.size(); row++) {
          EXPECT_EQ(half.items.number[row], fmt::format("P{}", row + 1));
        }
        taken++;
      }
    });
  }
  while (taken == 0) std::this_thread::yield();
  ASSERT_TRUE(columns->CatchUp(*log).ok());
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(History(columns, UINT64_MAX).items.seq.size(), kPayments);
}

}  // namespace
}  // namespace duebook
