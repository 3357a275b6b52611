// States of a history, taken by many threads while one folds on.

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "ledger/log/derived/column_writer.h"
#include "projections/history/growing_history.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/history/stored_history.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

// Payment n is of n yuan, and event n + 1; but for one, which fits no narrow column.
constexpr uint64_t kPayments = 70'000;  // more than a narrow index has room for
constexpr uint64_t kLargePayment = 40'000;
constexpr int64_t kLargeYuan = 30'000'000;

Sum UpTo(uint64_t last) {
  const Sum all = Sum{100} * (last - 1) * last / 2;
  return last <= kLargePayment ? all : all + Sum{100} * (kLargeYuan - static_cast<int64_t>(kLargePayment));
}

// Looks at a state, and at another one of half the events.
void ExpectWhole(const std::shared_ptr<const GrowingHistory>& columns) {
  const History now(columns, UINT64_MAX);
  const uint64_t known = now.items.seq.empty() ? 1 : now.items.seq.back();
  const History half(columns, known / 2);
  Sum sum = 0;
  const ItemBalances balances(now, Cut{});
  for (uint32_t item = 0; item < balances.size(); item++) sum += balances[item];
  EXPECT_EQ(sum, UpTo(known));
  EXPECT_EQ(half.items.seq.size(), known / 2 > 1 ? known / 2 - 1 : 0);
  for (size_t row = 0; row < half.items.seq.size(); row += 1 + row / 8) {
    EXPECT_EQ(half.items.number[row], fmt::format("P{}", row + 1));
    EXPECT_EQ(half.movements.item[row], row);
  }
}

TEST(HistoryStates, AreTakenWhileOneThreadFoldsOnAndWrites) {
  const LedgerFolder folder;
  {
    auto commands = ListOf(OpenCustomer("A"));
    for (uint64_t n = 1; n <= kPayments; n++) {
      commands.push_back(n != kLargePayment ? ReceivePayment("A", n)
                                            : MakeTestCommand({{"type", "PaymentReceived"},
                                                               {"id", "large"},
                                                               {"date", "2025-01-02"},
                                                               {"customer", "A"},
                                                               {"payment", fmt::format("P{}", n)},
                                                               {"amount", std::to_string(kLargeYuan)}}));
    }
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
        ExpectWhole(columns);
        taken++;
      }
    });
  }
  while (taken == 0) std::this_thread::yield();
  const std::vector<NamedColumn> named = columns->Columns();
  ColumnWriter writer(*log, kStoredHistory, 4096, nullptr);
  ASSERT_TRUE(log->Scan(1, log->last_seq(),
                        [&](EventView event) {
                          columns->Evolve(event);
                          return event.seq() % 4'096 != 0 || writer.Write(named, event.seq()).ok();
                        })
                  .ok());
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(columns->position(), kPayments + 1);
  ExpectWhole(columns);
}

}  // namespace
}  // namespace duebook
