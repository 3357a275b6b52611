// Stores of the formats before this one: their events are all there, and work goes on in them.

#include <gtest/gtest.h>

#include <fstream>

#include "ledger/log/framed/end_record.h"
#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/layout.h"
#include "tests/support/raw_store.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

// Makes of a ledger what it was in format 1: with no frame compressed, and no record of where a session ended.
void MakeFormat1(const std::filesystem::path& ledger) {
  RawStore store(ledger);
  for (const auto& [seq, bytes] : store.Frames()) store.Put("log", SeqKey(seq), bytes);
  store.Compact("log");
  store.Delete("default", std::string(kEndRow));
  store.Flush();
  std::filesystem::remove(ledger / kEndFile);
  std::ofstream(ledger / "FORMAT") << "duebook ledger format 1\n";
}

std::vector<std::string> EventsOf(const EventLog& log) {
  std::vector<std::string> events;
  EXPECT_TRUE(log.Scan(1, log.last_seq(),
                       [&](EventView event) {
                         events.emplace_back(event.bytes());
                         return true;
                       })
                  .ok());
  return events;
}

TEST(Format1, IsReadAsItIsAndRaisedByTheFirstWriter) {
  const LedgerFolder folder;
  std::vector<MadeCommand> payments = ListOf(OpenCustomer("A"));
  for (uint64_t number = 2; number <= 300; number++) payments.push_back(ReceivePayment("A", number));
  RecordAll(*folder.Open(), std::move(payments));
  const std::vector<std::string> events = EventsOf(*folder.OpenForReading());
  MakeFormat1(folder.path());

  const auto before = folder.OpenForReading();
  EXPECT_EQ(before->format_version(), 1U);
  EXPECT_TRUE(before->ended_in_order()) << "older programs left no record";
  EXPECT_EQ(EventsOf(*before), events);
  ExpectSound(*before);

  const auto ledger = folder.Open();
  EXPECT_EQ(ReadWholeFile(folder.path() / "FORMAT"), "duebook ledger format 4\n");
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 300)), "duplicate 300");
  EXPECT_EQ(RecordOne(*ledger, ReceivePayment("A", 301)), "recorded 301");
  EXPECT_EQ(ledger->log().format_version(), kFormatVersion);
  EXPECT_EQ(ledger->log().identity().bound_since, 300U);
  EXPECT_EQ(EventsOf(ledger->log()).size(), 301U);
  ExpectSound(ledger->log());
}

}  // namespace
}  // namespace duebook
