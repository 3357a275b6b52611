// The states of knowledge that people name: closes of periods, checkpoints, and what lies outside of what was recorded.

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "ledger/log/derived/index_fold.h"
#include "ledger/log/derived/index_words.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// The books are closed through January (seq 3) and February (5), reopened at January (6), closed through January (8).
class Known : public ProgramTest {
 protected:
  Known() {
    MakeLedger();
    Write(
        "books.jsonl",
        Lines({
            R"({"type":"CustomerOpened","id":"e1","date":"2025-01-01","actor":"ann","customer":"C-1"})",
            R"({"type":"InvoiceIssued","id":"e2","date":"2025-01-10","actor":"ann","customer":"C-1","invoice":"I-1","amount":"10.00"})",
            R"({"type":"PeriodClosed","id":"e3","date":"2025-02-03","actor":"ann","through":"2025-01-31"})",
            R"({"type":"InvoiceIssued","id":"e4","date":"2025-02-10","actor":"ann","customer":"C-1","invoice":"I-2","amount":"20.00"})",
            R"({"type":"PeriodClosed","id":"e5","date":"2025-03-03","actor":"ann","through":"2025-02-28"})",
            R"({"type":"PeriodReopened","id":"e6","date":"2025-03-05","actor":"ann","through":"2025-01-31"})",
            R"({"type":"InvoiceIssued","id":"e7","date":"2025-01-11","actor":"ann","customer":"C-1","invoice":"I-3","amount":"40.00"})",
            R"({"type":"PeriodClosed","id":"e8","date":"2025-03-06","actor":"ann","through":"2025-01-31"})",
            R"({"type":"InvoiceIssued","id":"e9","date":"2025-03-10","actor":"ann","customer":"C-1","invoice":"I-4","amount":"80.00"})",
        }));
    Print("duebook import books.jsonl");
  }

  int SeqOf(const std::string& known, const std::string& command = "balance") {
    const auto json = nlohmann::json::parse(Print(fmt::format("duebook {} --format json --known {}", command, known)));
    return json["cut"]["known"];
  }
  void ExpectTold(const std::string& known, int status, const std::string& message) {
    const ShellResult result = Run("duebook balance --effective 2025-12-31 --known " + known);
    EXPECT_EQ(result.status, status) << known;
    EXPECT_THAT(result.err, HasSubstr(message)) << known;
    EXPECT_EQ(result.out.empty(), status != 0) << known;
  }
};

TEST_F(Known, CloseIsTheClosingInForceOrTheNth) {
  EXPECT_EQ(SeqOf("close:2025-01-31"), 8);
  EXPECT_EQ(SeqOf("close:2025-01-31:1"), 3);
  EXPECT_EQ(SeqOf("close:2025-01-31:2"), 8);
  EXPECT_EQ(SeqOf("close:2025-02-28:1"), 5);
  ExpectTold("close:2025-02-28", 1, "that of event 5 was lifted by event 6; close:2025-02-28:1 is what was known");
  ExpectTold("close:2025-01-31:3", 1, "the books were closed through that day 2 times");
  ExpectTold("close:2025-03-31", 1, "periods were closed through 2025-01-31, 2025-02-28");
  ExpectTold("close:2025-02-30", 2, "there is no such day");
  ExpectTold("close:", 2, "the form of this date is wrong");
  ExpectTold("close:2025-01-31:0", 2, "closes are counted from 1");
  ExpectTold("close:2025-01-31:", 2, "closes are counted from 1");
  ExpectTold("close:2025-01-31:last", 2, "closes are counted from 1");
}

TEST_F(Known, CheckpointIsTheLastEventItWasSignedOver) {
  EXPECT_EQ(SeqOf("checkpoint:3"), 3);
  EXPECT_THAT(Run("duebook balance --known checkpoint:3").err, IsEmpty());
  ExpectTold("checkpoint:4", 0, "the ledger itself keeps no checkpoint of that size");
  EXPECT_EQ(SeqOf("checkpoint:4"), 4);
  ExpectTold("checkpoint:10", 1, "the ledger has only 9 events");
  ExpectTold("checkpoint:first", 2, "write checkpoint:SIZE");
}

TEST_F(Known, EveryCommandThatTakesItUnderstandsTheSame) {
  for (const std::string command : {"balance", "aging", "open-items", "unapplied", "promises", "disputes", "write-offs",
                                    "shipments", "statement C-1", "trail C-1", "events"}) {
    const std::string as_json = fmt::format("duebook {} --effective 2025-12-31 --format json --known ", command);
    if (command == "events") {
      EXPECT_EQ(Print("duebook events --format csv --known close:2025-01-31:1 | wc -l"), "4\n");
      continue;
    }
    EXPECT_EQ(SeqOf("close:2025-01-31:1", command), 3) << command;
    EXPECT_EQ(SeqOf("checkpoint:5", command), 5) << command;
  }
}

TEST_F(Known, WhatLiesOutsideOfTheRecordedIsTold) {
  EXPECT_EQ(SeqOf("10"), 9);
  ExpectTold("10", 0, "--known 10 is beyond the newest event, which is 9, recorded at 2");
  ExpectTold("99999999999999999999999", 0, "is beyond the newest event, which is 9");
  ExpectTold("9998-12-31", 0, "is beyond the newest event, which is 9");
  ExpectTold("1999-12-31", 0, "the ledger's first event was recorded at 2");
  ExpectTold("0", 0, "nothing was known before");
  EXPECT_THAT(Run("duebook balance --known 9").err, IsEmpty());
  EXPECT_THAT(Run("duebook balance --known 1").err, IsEmpty());
  MakeLedger("empty");
  const ShellResult empty = Run("duebook --ledger empty balance --known 5");
  EXPECT_EQ(empty.status, 0);
  EXPECT_THAT(empty.err, HasSubstr("no event is recorded yet"));
}

TEST_F(Known, ExplainComparesOneStateWithTheNewest) {
  const std::string two = Print("duebook explain --effective 2025-01-31 --known 3 --known 9");
  EXPECT_THAT(two, HasSubstr("40.00"));
  EXPECT_EQ(Print("duebook explain --effective 2025-01-31 --known 3"), two);
  EXPECT_EQ(Print("duebook explain --effective 2025-01-31 --known close:2025-01-31:1"), two);
  EXPECT_THAT(Print("duebook explain --effective 2025-01-31 --effective 2025-02-28 --known 5"),
              HasSubstr("known up to event 5; before: at 2025-01-31, known up to event 5"));
}

// Without --effective: what says how things stand counts up to the calendar's day, what lists what happened every day.
TEST_F(Known, WithoutADayReportsCountToTodayAndListsEveryDay) {
  Print("duebook record InvoiceIssued id=far date=2999-12-31 customer=C-1 invoice=I-5 amount=160.00");
  const auto day_of = [&](const std::string& command) {
    return nlohmann::json::parse(Print(fmt::format("duebook {} --format json", command)))["cut"]["effective"];
  };
  for (const std::string command : {"balance", "aging", "open-items", "unapplied", "promises", "disputes", "write-offs",
                                    "shipments", "roles", "statement C-1", "explain --known 1 --aging"}) {
    const std::string before = Print("date +%F");
    const std::string day = day_of(command).get<std::string>() + "\n";
    EXPECT_THAT(day, testing::AnyOf(before, Print("date +%F"))) << command;
  }
  for (const std::string command : {"trail C-1", "explain --known 1", "events"}) {
    EXPECT_TRUE(day_of(command).is_null()) << command;
    EXPECT_THAT(Print(fmt::format("duebook {} --format csv", command)), HasSubstr("2999-12-31")) << command;
  }
}

TEST_F(Known, AnIndexThatNamesAnotherEventAsACloseIsTold) {
  const auto log = EventLog::Open(folder_ / "ledger", EventLog::Mode::kRead);
  ASSERT_TRUE(log.ok());
  IndexFoldMaker maker;
  const auto add = [&](EventView event) {
    maker.Add(event);
    return true;
  };
  ASSERT_TRUE((*log)->Scan(1, 9, add).ok());
  const std::vector<std::string> right = maker.TakeSections();
  for (const EventType type : {EventType::PeriodClosed, EventType::PeriodReopened}) {
    std::vector<uint32_t> words(9);
    std::memcpy(words.data(), right[kTypes].data(), right[kTypes].size());
    for (uint32_t& word : words) {
      if ((word & kPlaceMask) == 1) word = static_cast<uint32_t>(type) << kPlaceBits | 1;
    }
    std::sort(words.begin(), words.end());
    std::vector<std::string> forged = right;
    std::memcpy(forged[kTypes].data(), words.data(), forged[kTypes].size());
    ASSERT_TRUE(Folds::Write(**log, kIndexFold, 1, 9, forged).ok());
    ExpectTold("close:2025-01-31", 3, "`duebook rebuild` makes it anew");
  }
  ASSERT_TRUE(Folds::Write(**log, kIndexFold, 1, 9, right).ok());
  EXPECT_EQ(SeqOf("close:2025-01-31"), 8);
}

}  // namespace
}  // namespace duebook
