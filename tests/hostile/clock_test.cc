// A system clock that is set back between commands: recorded_at never goes backwards, so that what was known at any
// moment stays what it was.

#include "tests/support/sanitized.h"
#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;

class ClockSetBack : public HistoryTest {
 protected:
  // Runs a command as if it was this time (UTC).
  static std::string At(const std::string& time, const std::string& command) {
    return fmt::format("faketime '{}' '{}' {}", time, DUEBOOK_FOR_FAKETIME, command);
  }
  bool CanBeSet() { return !kSanitized && Run(At("2020-01-01 00:00:00", "--version")).status == 0; }

  // Issues the invoice I-`number` of `amount` on 1 January 2026.
  std::string Issue(const std::string& time, int number, int amount) {
    return At(time, fmt::format("record InvoiceIssued id=i{0} date=2026-01-01 customer=C-1 invoice=I-{0} amount={1} "
                                "--clock-is-right",
                                number, amount));
  }
  // What is open in all, as known then.
  std::string OpenAsKnown(const std::string& known, const std::string& now) {
    const std::string csv =
        Print(At(now, "balance --by currency --effective 2026-12-31 --format csv --known " + known));
    return csv.substr(csv.find('\n') + 1);
  }
};

TEST_F(ClockSetBack, NeverMakesTheRecordGoBackwards) {
  if (!CanBeSet()) GTEST_SKIP() << "faketime is not installed, or cannot be loaded into this build";
  Print(At("2026-03-01 12:00:00", "init ledger --company Acme --currency CNY"));
  Print(At("2026-03-01 12:00:00", "record CustomerOpened id=c date=2026-01-01 customer=C-1 name=Chen"));
  Print(Issue("2026-03-02 12:00:00", 1, 100));
  Print(Issue("2020-01-01 00:00:00", 2, 20));
  Print(Issue("1970-01-01 00:00:01", 3, 3));
  Print(Issue("2026-03-04 12:00:00", 4, 4000));
  EXPECT_THAT(Print(At("2021-01-01 00:00:00", "verify")), HasSubstr("5 events verified"));

  const auto log = EventLog::Open(folder_ / "ledger", EventLog::Mode::kRead);
  ASSERT_TRUE(log.ok());
  std::vector<std::string> days;
  Time last;
  ASSERT_TRUE((*log)
                  ->Scan(1, 5,
                         [&](EventView event) {
                           EXPECT_GE(event.recorded_at(), last);
                           last = event.recorded_at();
                           days.push_back(last.ToString().substr(0, 10));
                           return true;
                         })
                  .ok());
  EXPECT_THAT(days, testing::ElementsAre("2026-03-01", "2026-03-02", "2026-03-02", "2026-03-02", "2026-03-04"));

  // The three invoices that came in one after the other by a clock that went back are all known from the first's
  // moment.
  for (const std::string now : {"2026-03-05 12:00:00", "1971-01-01 00:00:00"}) {
    EXPECT_EQ(OpenAsKnown("2020-06-01", now), "") << now;
    EXPECT_EQ(OpenAsKnown("2026-03-01", now), "") << now;
    EXPECT_THAT(OpenAsKnown("2026-03-02", now), HasSubstr("123.00")) << now;
    EXPECT_THAT(OpenAsKnown("2026-03-03", now), HasSubstr(",123.00")) << now;
    EXPECT_THAT(OpenAsKnown("2026-03-04", now), HasSubstr("4123.00")) << now;
  }
}

TEST_F(ClockSetBack, ToBeforeThereAreTimesIsRefused) {
  if (!CanBeSet()) GTEST_SKIP() << "faketime is not installed, or cannot be loaded into this build";
  Print(At("2026-03-01 12:00:00", "init ledger --company Acme --currency CNY"));
  for (const std::string command : {"balance", "record NoteAdded date=2026-01-01 customer=C-1 text=x"}) {
    const ShellResult refused = Run(At("1960-01-01 00:00:00", command));
    EXPECT_EQ(refused.status, 3) << command;
    EXPECT_THAT(refused.err, HasSubstr("which is no time to work by")) << command;
  }
}

TEST_F(ClockSetBack, LeavesAnImportAsItWas) {
  if (!CanBeSet()) GTEST_SKIP() << "faketime is not installed, or cannot be loaded into this build";
  MakeHistory(2'000);
  Print(At("2026-03-01 12:00:00", "init ledger --company Acme --currency CNY"));
  Print("head -n 1000 history.jsonl >first.jsonl");
  Print(At("2026-03-01 12:00:00", "import first.jsonl"));
  EXPECT_THAT(Print(At("2001-01-01 00:00:00", "import history.jsonl --clock-is-right")),
              HasSubstr("1000 already there"));
  ExpectImportGoesOn("ledger");
  EXPECT_THAT(Print("duebook info"), testing::ContainsRegex("recorded_to +2026-03-01"));
}

}  // namespace
}  // namespace duebook
