// What one command costs does not grow with the log: it is counted in rows of the log that are read, and not in time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/tracks.h"
#include "tests/support/memory_rows.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

// A ledger of one small customer, and of another one with as many payments as are asked for.
class CountedLedger {
 public:
  explicit CountedLedger(uint64_t payments) {
    const Status created = EventLog::Create(path(), {"Acme", *Currency::Parse("CNY"), "", Time{1}}, Store());
    EXPECT_TRUE(created.ok()) << created.error().ToString();
    const auto ledger = Open();
    RecordAll(*ledger, ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "9"), ReceivePayment("A", 9), OpenCustomer("Z")));
    for (uint64_t first = 0; first < payments; first += kAtOnce) {
      std::vector<MadeCommand> commands;
      for (uint64_t i = first; i < first + kAtOnce; i++) commands.push_back(ReceivePayment("Z", 1000 + i));
      RecordAll(*ledger, std::move(commands));
    }
  }

  // How many rows of the log a process reads that opens the ledger, records this, and ends.
  uint64_t RowsReadToRecord(Command command, const std::string& outcome) {
    const uint64_t before = rows_.log_rows_read();
    EXPECT_EQ(RecordOne(*Open(), std::move(command)), outcome);
    return rows_.log_rows_read() - before;
  }

 private:
  static constexpr uint64_t kAtOnce = 100;

  std::filesystem::path path() const { return folder_.path() / "ledger"; }
  StoreOptions Store() {
    StoreOptions store;
    store.engine = rows_.Engine();
    return store;
  }
  std::unique_ptr<Ledger> Open() {
    LedgerOptions options;
    options.store = Store();
    options.tracks = MakeAllTracks;
    options.fold_sizes = {256, 16, {1024, 4096}};
    auto ledger = Ledger::Open(path(), std::move(options));
    EXPECT_TRUE(ledger.ok()) << ledger.error().ToString();
    return std::move(*ledger);
  }

  TemporaryFolder folder_;
  MemoryRows rows_;
};

TEST(RowsRead, OneCommandReadsAsMuchOfALongLogAsOfAShortOne) {
  CountedLedger small(1'000);
  CountedLedger large(16'000);
  const auto expect_same = [&](const auto& make, const std::string& outcome) {
    const uint64_t rows = small.RowsReadToRecord(make(), outcome == "recorded" ? "recorded 1005" : outcome);
    const uint64_t rows_of_large = large.RowsReadToRecord(make(), outcome == "recorded" ? "recorded 16005" : outcome);
    // Of each fold of the index the last event is held against the log: there are four of the one and nine of the
    // other.
    EXPECT_LE(rows_of_large, rows + 5) << outcome;
    EXPECT_LT(rows, 20U) << outcome;
  };
  expect_same([] { return ApplyPayment("a1", "P9", "I1", "4"); }, "recorded");
  expect_same([] { return ApplyPayment("a2", "P9", "I1", "40"); }, "refused more_than_open");
  expect_same([] { return ReceivePayment("A", 9); }, "duplicate 3");
  expect_same([] { return ApplyPayment("a3", "P404", "I1", "1"); }, "refused unknown_reference");
}

}  // namespace
}  // namespace duebook
