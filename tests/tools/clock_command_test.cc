// What the commands say where a clock ran ahead once, and is right again.

#include "ledger/ledger.h"
#include "tests/support/records.h"
#include "tests/tools/program_fixture.h"
#include "tools/commands/cut_options.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kLater =
    R"({"type":"InvoiceIssued","id":"i2","date":"2025-01-11","customer":"C-1","invoice":"I-2","amount":"20.00"})";

class ClockCommand : public ProgramTest {
 protected:
  // A customer by a right clock, and an invoice by one that is far ahead.
  void SetUp() override {
    MakeLedger();
    RecordAt("2025-01-10T09:00:00Z", {{"type", "CustomerOpened"}, {"id", "c1"}, {"customer", "C-1"}, {"name", "Chen"}});
    RecordAt("2100-01-01T00:00:00Z",
             {{"type", "InvoiceIssued"}, {"id", "i1"}, {"customer", "C-1"}, {"invoice", "I-1"}, {"amount", "100.00"}});
    Write("later.jsonl", Lines({kLater}));
  }
  void RecordAt(std::string_view time, const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
    LedgerOptions options;
    options.clock = [now = *Time::Parse(time)] { return now; };
    auto ledger = Ledger::Open(folder_ / "ledger", std::move(options));
    ASSERT_TRUE(ledger.ok());
    Record record;
    for (const auto& [name, text] : fields) record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, text, {}});
    record.fields.emplace_back("date", RawValue{RawValue::Kind::kCell, "2025-01-10", {}});
    ASSERT_TRUE((*ledger)->Record(Accepted(record)).ok());
  }
};

TEST(ClockOfTheMachine, IsOneOfTheDaysThatADateCanBe) {
  constexpr std::time_t kDay = 24 * 60 * 60;
  const std::time_t last = Date::Max().days() * kDay;
  for (const std::time_t now : {std::time_t{0}, kDay, last - 1}) EXPECT_TRUE(CheckClockIsSet(now).ok()) << now;
  for (const std::time_t now : {std::time_t{-1}, -kDay, last, last + kDay}) {
    const Status status = CheckClockIsSet(now);
    ASSERT_FALSE(status.ok()) << now;
    EXPECT_EQ(status.error().code, ErrorCode::kUnavailable);
    EXPECT_THAT(status.error().ToString(), HasSubstr("set the clock"));
  }
}

TEST_F(ClockCommand, IsRefusedWhereItIsBehindAndNobodyAnswersForIt) {
  Write("rejects.jsonl", "kept\n");
  for (const char* command : {"duebook record NoteAdded date=2025-01-11 customer=C-1 text=x",
                              "duebook import later.jsonl", "duebook import later.jsonl --rejects rejects.jsonl",
                              "duebook import later.jsonl --atomic", "duebook import later.jsonl --dry-run"}) {
    const ShellResult result = Run(command);
    EXPECT_EQ(result.status, 1) << command;
    EXPECT_THAT(result.out, IsEmpty()) << command;
    EXPECT_THAT(result.err, AllOf(HasSubstr("the clock says 20"), HasSubstr("recorded at 2100-01-01T00:00:00Z"),
                                  HasSubstr("--clock-is-right")))
        << command;
  }
  EXPECT_EQ(Read("rejects.jsonl"), "kept\n");
  EXPECT_THAT(Print("duebook info --format json"), HasSubstr(R"("events":2,)"));
}

TEST_F(ClockCommand, IsTakenWhereSomebodyAnswersForItAndThatIsTold) {
  ShellResult result = Run("duebook import later.jsonl --clock-is-right");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.err, HasSubstr("the clock was said to be right"));
  result = Run("duebook record NoteAdded date=2025-01-11 id=n1 customer=C-1 text=x --clock-is-right");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.out, "recorded n1 as event 4\n");
  EXPECT_THAT(Run("duebook import later.jsonl --clock-is-right").out, HasSubstr("1 already there"));
}

TEST_F(ClockCommand, MakesASpanThatIsToldByWhoeverAsksByTime) {
  Print("duebook import later.jsonl --clock-is-right");
  Print("duebook record NoteAdded date=2025-01-11 id=n1 customer=C-1 text=x --clock-is-right");
  const std::string span =
      "events 3 to 4 carry the time 2100-01-01T00:00:00.000000Z of a clock that ran ahead; by their "
      "clocks they were recorded from 20";
  const std::string future =
      "events 2 to 4 carry times up to 2100-01-01T00:00:00.000000Z, while this machine's clock says 20";
  EXPECT_THAT(Print("duebook verify"), AllOf(HasSubstr(span), HasSubstr(future)));
  EXPECT_THAT(Print("duebook info"), AllOf(HasSubstr(span), HasSubstr(future)));
  EXPECT_THAT(Print("duebook info --format json"), AllOf(HasSubstr(R"("remarks":["events 3 to 4)"), HasSubstr(future)));
  for (const char* command : {"duebook balance --known 2099-12-31", "duebook events --known 2099-12-31",
                              "duebook restore ledger restored --to-time 2099-12-31"}) {
    const ShellResult result = Run(command);
    EXPECT_EQ(result.status, 0) << command;
    EXPECT_THAT(result.err, AllOf(HasSubstr("2099-12-31 ends at event 1, but " + span), HasSubstr(future),
                                  HasSubstr("by the clocks event 4 was the last one by then")))
        << command;
  }
  const ShellResult before = Run("duebook balance --known 2025-01-10");
  EXPECT_THAT(before.err, AllOf(Not(HasSubstr(span)), HasSubstr(future)));
  for (const char* command : {"duebook balance", "duebook balance --known 3", "duebook balance --known 2100-01-01"}) {
    EXPECT_THAT(Run(command).err, IsEmpty()) << command;
  }
}

TEST_F(ClockCommand, IsShownBesideTheEventsThatItWasBehind) {
  EXPECT_THAT(Print("duebook events --format csv | head -1"), Not(HasSubstr("clock")));
  EXPECT_THAT(Print("duebook trail C-1 --format csv | head -1"), Not(HasSubstr("clock")));
  Print("duebook import later.jsonl --clock-is-right");
  EXPECT_THAT(Print("duebook events --format csv | sed -n '1p;4p'"),
              testing::MatchesRegex(".*,text,clock\n3,2100.*Z\n"));
  EXPECT_THAT(Print("duebook trail C-1 --format csv | sed -n '1p;4p'"),
              testing::MatchesRegex(".*,after,clock\n3,2100.*Z\n"));
  EXPECT_THAT(Print("duebook events --format csv --to-seq 2 | head -1"), Not(HasSubstr("clock")));
}

TEST_F(ClockCommand, IsExportedAndPassedOverByImport) {
  Print("duebook import later.jsonl --clock-is-right");
  Print("duebook events --format jsonl --output all.jsonl");
  EXPECT_THAT(Read("all.jsonl"), HasSubstr(R"("clock":"20)"));
  MakeLedger("other");
  EXPECT_THAT(Print("duebook --ledger other import all.jsonl"), HasSubstr("3 events recorded"));
  EXPECT_THAT(Print("duebook --ledger other events --format jsonl"), Not(HasSubstr("clock")));
  EXPECT_THAT(Print("duebook import all.jsonl --clock-is-right"), HasSubstr("3 already there"));
}

}  // namespace
}  // namespace duebook
