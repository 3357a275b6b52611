#include "tools/server/warm_ledger.h"

#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "projections/shared/projection.h"
#include "projections/tracks.h"
#include "tests/support/test_ledger.h"
#include "tools/render/render.h"

namespace duebook {
namespace {

// What was known at the event, as a report of it says. Without columns they are loaded.
std::string BalanceAt(uint64_t known, const EventLog& log, std::shared_ptr<const GrowingHistory> columns) {
  ReportRequest request;
  request.log = &log;
  request.cut = {*Date::Parse("2025-12-31"), known};
  request.columns = std::move(columns);
  const auto report = RunReport(*FindReport("balance"), request);
  return report.ok() ? RenderJson(*report, log.identity()) : report.error().ToString();
}

TEST(WarmLedger, AnswersWhileItRecordsAsIfItHadBeenLoadedThen) {
  constexpr uint64_t kInvoices = 300;
  const LedgerFolder folder;
  const auto made = WarmLedger::Make(folder.Open());
  ASSERT_TRUE(made.ok());
  WarmLedger& ledger = **made;
  std::vector<MadeCommand> customers = ListOf(OpenCustomer("A"));
  ASSERT_TRUE(ledger.Record(customers).ok());

  std::atomic<bool> done = false;
  std::vector<std::map<uint64_t, std::string>> answers(2);
  std::vector<std::thread> readers;
  for (auto& heard : answers) {
    readers.emplace_back([&] {
      do {
        const uint64_t known = ledger.newest();
        heard[known] = BalanceAt(known, ledger.log(), ledger.columns());
      } while (!done);
    });
  }
  uint64_t told = 0;
  ledger.OnNewer([&](uint64_t newest) { told = newest; });
  for (uint64_t n = 1; n <= kInvoices; n++) {
    std::vector<MadeCommand> commands = ListOf(IssueInvoice("A", n, "10.00"));
    ASSERT_TRUE(ledger.Record(commands).ok());
    ASSERT_EQ(told, n + 1);
    ASSERT_EQ(ledger.newest(), n + 1);
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  for (const auto& heard : answers) {
    for (const auto& [known, answer] : heard) EXPECT_EQ(answer, BalanceAt(known, ledger.log(), nullptr)) << known;
  }
}

TEST(WarmLedger, GoesOnFromTheColumnsThatAreKept) {
  const LedgerFolder folder;
  std::vector<MadeCommand> commands = ListOf(OpenCustomer("A"), IssueInvoice("A", 1, "10.00"));
  LedgerOptions options;
  options.tracks = MakeAllTracks;
  ASSERT_TRUE(folder.Open(std::move(options))->Record(commands).ok());
  const auto made = WarmLedger::Make(folder.Open());
  ASSERT_TRUE(made.ok());
  EXPECT_EQ((*made)->newest(), 2U);
  EXPECT_THAT(BalanceAt(2, (*made)->log(), (*made)->columns()), testing::HasSubstr("\"balance\":\"10.00\""));
}

}  // namespace
}  // namespace duebook
