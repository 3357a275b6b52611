// Taking imports back: which events are a run, what is told of what was undone before, and that nothing is lost on the
// way.

#include <fmt/core.h>

#include "tests/support/test_ledger.h"
#include "tests/tools/program_fixture.h"
#include "tools/undo/import_runs.h"
#include "tools/undo/reversals.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(UndoImport, AFileIsWhatStandsBeforeTheLine) {
  EXPECT_EQ(FileOfSource("data/a.csv:12"), "data/a.csv");
  EXPECT_EQ(FileOfSource("C:b:7"), "C:b");
  EXPECT_EQ(FileOfSource("./terminal:x:7"), "./terminal:x");
  EXPECT_EQ(FileOfSource("terminal:ann@host"), "");
  EXPECT_EQ(FileOfSource("web:12"), "");
  EXPECT_EQ(FileOfSource(""), "");
}

TEST(UndoImport, IdsOfUndoingEventsFitWhateverTheyUndo) {
  EXPECT_EQ(UndoingId("i-1"), "undo-i-1");
  EXPECT_EQ(UndoingId(std::string(59, 'x')), "undo-" + std::string(59, 'x'));
  EXPECT_EQ(UndoingId(std::string(60, 'x')).size(), 21U);
  EXPECT_NE(UndoingId(std::string(60, 'x')), UndoingId(std::string(61, 'x')));
}

// Seqs of the first and the last event of each run of a.csv.
std::vector<std::pair<uint64_t, uint64_t>> RunsOf(const EventLog& log) {
  const auto found = FindRuns(log, "a.csv");
  CHECK(found.ok());
  std::vector<std::pair<uint64_t, uint64_t>> runs;
  for (const ImportRun& run : found->runs) runs.emplace_back(run.first_seq, run.last_seq);
  return runs;
}

TEST(UndoImport, ARunHasNoLongPauseAndNothingOfOthersInIt) {
  const LedgerFolder folder;
  int64_t now = 1'767'225'600'000'000;
  LedgerOptions options;
  options.clock = [&] { return Time{now}; };
  const auto ledger = folder.Open(options);
  int notes = 0;
  const auto record = [&](std::string source, std::string date, int64_t seconds) {
    now += seconds * 1'000'000;
    const std::string id = std::to_string(++notes);
    Record note = CellsRecord({{"type", "NoteAdded"}, {"id", id}, {"date", date}, {"text", "x"}});
    note.source = std::move(source);
    CHECK(ledger->Record(MakeCommand(note, {*Currency::Parse("CNY"), ""})).ok());
  };
  record("a.csv:2", "2025-01-05", 0);
  record("a.csv:3", "2025-01-04", 0);
  record("a.csv:2", "2025-01-04", 0);  // back to an earlier line, but not to an earlier date: a map may do so
  record("a.csv:9", "2025-01-04", 1);  // the file was imported again, longer
  record("a.csv:8", "2025-01-03", 0);
  record("b.csv:9", "2025-01-03", 0);
  for (int line = 10; line < 522; line++) record(fmt::format("a.csv:{}", line), "2025-01-03", 0);
  record("a.csv:600", "2025-01-03", 60);  // the commit before was a large one
  record("a.csv:601", "2025-01-03", 61);
  EXPECT_THAT(RunsOf(ledger->log()), testing::ElementsAre(testing::Pair(1, 3), testing::Pair(4, 4), testing::Pair(5, 5),
                                                          testing::Pair(7, 519), testing::Pair(520, 520)));
}

class UndoImportCommand : public ProgramTest {
 protected:
  UndoImportCommand() { MakeLedger(); }

  static std::string Invoice(int number, std::string_view date = "2025-01-10") {
    return fmt::format(
        R"({{"type":"InvoiceIssued","id":"i{0}","date":"{1}","customer":"C-1","invoice":"I-{0}","amount":"{0}.00"}})",
        number, date);
  }
};

TEST_F(UndoImportCommand, BalancesAreAsBeforeFromItsDayOn) {
  Write("company.jsonl", SmallCompany());
  Write("before.jsonl", Invoice(99) + "\n");
  Print("head -2 company.jsonl >opened.jsonl; duebook import opened.jsonl before.jsonl");
  const std::string balance =
      "duebook balance --effective 2025-03-01 --nonzero --format csv --columns "
      "customer,currency,open,unapplied,balance";
  const std::string before = Print(balance);
  Print("duebook import company.jsonl");
  EXPECT_NE(Print(balance), before);
  const std::string told = Print("duebook --actor eve undo-import company.jsonl --date 2025-03-01");
  EXPECT_THAT(told, HasSubstr(", 0 refused\n"));
  EXPECT_EQ(Print(balance), before);
  Print("duebook verify");
}

// A run ends where something else was recorded, or both line and date go back.
TEST_F(UndoImportCommand, ALaterImportOfTheFileIsARunOfItsOwn) {
  Write("a.jsonl", Lines({kOpened, Invoice(1), Invoice(2, "2025-01-12")}));
  Print("duebook import a.jsonl");
  Write("a.jsonl", Lines({kOpened, Invoice(3), Invoice(4)}));
  Print("duebook import a.jsonl");
  Print("duebook record NoteAdded id=n1 date=2025-01-01 text=between");
  Write("a.jsonl", Lines({kOpened, Invoice(3), Invoice(4), Invoice(5)}));
  Print("duebook import a.jsonl");
  const ShellResult last = Run("duebook undo-import a.jsonl --dry-run");
  EXPECT_THAT(last.out, AllOf(HasSubstr("a.jsonl: event 7, recorded"), HasSubstr("1 would be taken back, ")));
  EXPECT_THAT(last.err, AllOf(HasSubstr("\nevents 1 to 3, recorded "), HasSubstr("\nevents 4 to 5, recorded ")));
  EXPECT_THAT(Print("duebook undo-import 4 --dry-run"), HasSubstr("a.jsonl: events 4 to 5, recorded "));
  EXPECT_THAT(Print("duebook undo-import 2 --dry-run"), HasSubstr("a.jsonl: events 2 to 3, recorded "));
}

// What was undone by hand, or on another day, is left alone.
TEST_F(UndoImportCommand, NothingIsUndoneTwice) {
  Write("a.jsonl", Lines({kOpened, Invoice(1), Invoice(2), Invoice(3)}));
  Print("duebook import a.jsonl");
  Print("duebook record InvoiceVoided id=v2 date=2025-02-01 invoice=I-2");
  EXPECT_THAT(Print("duebook undo-import a.jsonl --date 2025-03-01"),
              AllOf(HasSubstr("2 taken back, 1 taken back already, 1 stay, 0 refused\n"),
                    HasSubstr("\nrecorded events 6 to 7\n")));
  for (const char* day : {"2025-03-01", "2025-04-01"}) {
    EXPECT_THAT(Print(fmt::format("duebook undo-import a.jsonl --date {}", day)),
                AllOf(HasSubstr("\n0 taken back, 3 taken back already, 1 stay, 0 refused\n"),
                      HasSubstr("\nnothing was recorded\n")));
  }
}

// Somebody took the id that the undoing event would have: that is no undoing.
TEST_F(UndoImportCommand, AnotherEventOfItsIdDoesNotPassForTheUndoing) {
  Write("a.jsonl", Lines({kOpened, Invoice(1)}));
  Print("duebook import a.jsonl");
  Print("duebook record NoteAdded id=undo-i1 date=2025-01-01 text=x");
  const ShellResult result = Run("duebook undo-import a.jsonl");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("event 2, InvoiceIssued: id_conflict: "));
  EXPECT_THAT(result.out, HasSubstr("\nnothing was recorded; --partly takes back what can be\n"));
}

TEST_F(UndoImportCommand, AnUndoingOfSomethingElseDoesNotPassForIt) {
  Write("a.jsonl", Lines({kOpened, Invoice(1)}));
  Write("b.jsonl", Lines({Invoice(9)}));
  Print("duebook import a.jsonl; duebook import b.jsonl");
  Print("duebook record InvoiceVoided id=undo-i1 date=2025-02-01 invoice=I-9");
  const ShellResult result = Run("duebook undo-import a.jsonl");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("event 2, InvoiceIssued: id_conflict: "));
}

// What undid something of another import cannot be undone itself, so figures would not be as before.
TEST_F(UndoImportCommand, WhatUndidSomethingElseIsRefused) {
  Write("a.jsonl", Lines({kOpened, Invoice(1), Invoice(2)}));
  Write("b.jsonl", Lines({R"({"type":"InvoiceVoided","id":"v1","date":"2025-01-20","invoice":"I-1"})", Invoice(3),
                          R"({"type":"InvoiceVoided","id":"v3","date":"2025-01-20","invoice":"I-3"})"}));
  Print("duebook import a.jsonl; duebook import b.jsonl");
  const ShellResult result = Run("duebook undo-import b.jsonl");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("\n0 would be taken back, 1 taken back already, 1 stay, 1 refused\n"));
  EXPECT_THAT(
      result.err,
      AllOf(HasSubstr("event 4, InvoiceVoided: nothing undoes such an event, and event 2, which it decides on, is "
                      "none of those that are taken back"),
            Not(HasSubstr("event 6"))));
}

// To reverse what was approved would end the request, too.
TEST_F(UndoImportCommand, AnApprovalOfARequestThatStaysIsRefused) {
  Write(
      "a.jsonl",
      Lines(
          {kOpened, Invoice(1),
           R"({"type":"WriteOffRequested","id":"w1","date":"2025-01-20","actor":"ann","write_off":"W-1","invoice":"I-1","amount":"1.00"})"}));
  Write("b.jsonl",
        Lines({R"({"type":"WriteOffApproved","id":"w2","date":"2025-01-21","actor":"bob","write_off":"W-1"})"}));
  Print("duebook import a.jsonl; duebook import b.jsonl");
  const ShellResult result = Run("duebook undo-import b.jsonl");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("event 4, WriteOffApproved: to undo an approval ends the write-off that was "
                                    "requested, and event 3, which it decides on, is none of those that are taken "
                                    "back"));
}

std::string Promise(std::string_view number, std::string_view date, std::string_view due) {
  return fmt::format(
      R"({{"type":"PromiseMade","id":"{0}","date":"{1}","customer":"C-1","promise":"{0}","amount":"1.00","due":"{2}"}})",
      number, date, due);
}

// Withdrawn later it would be a broken one for ever.
TEST_F(UndoImportCommand, APromiseIsTakenBackByItsLastDayOrRefused) {
  Write("a.jsonl", Lines({kOpened, Promise("M-1", "2025-01-10", "2025-02-10")}));
  Print("duebook import a.jsonl");
  const ShellResult result = Run("duebook undo-import a.jsonl --date 2025-02-11");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("event 2, PromiseMade: a promise is withdrawn by its last day, 2025-02-10, or "
                                    "counts on; --date can name an earlier day"));
  EXPECT_THAT(Print("duebook undo-import a.jsonl --date 2025-02-10"), HasSubstr("\n1 taken back, "));
  EXPECT_THAT(Print("duebook promises --effective 2025-03-01 --format csv"), HasSubstr(",withdrawn"));
  EXPECT_THAT(Print("duebook undo-import a.jsonl --date 2025-02-11"),
              HasSubstr("\n0 taken back, 1 taken back already"));
}

TEST_F(UndoImportCommand, APromiseThatTookThePlaceOfAnotherIsRefused) {
  Write("a.jsonl", Lines({kOpened, Promise("M-1", "2025-01-10", "2025-02-10"),
                          Promise("M-2", "2025-01-11", "2025-01-12"), Promise("M-3", "2025-01-13", "2025-02-10")}));
  Write("b.jsonl", Lines({Promise("M-4", "2025-01-20", "2025-02-20"), Promise("M-5", "2025-02-01", "2025-02-20"),
                          Promise("M-6", "2025-02-21", "2025-03-20")}));
  Print("duebook import a.jsonl; duebook import b.jsonl");
  const ShellResult result = Run("duebook undo-import b.jsonl --date 2025-02-01");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("event 5, PromiseMade: it took the place of the promise of event 4, which does not "
                                    "come back when this one is withdrawn"));
  EXPECT_THAT(result.err, HasSubstr("event 6, PromiseMade: it took the place of the promise of event 4"));
  EXPECT_THAT(result.out, HasSubstr("\n1 would be taken back, 0 taken back already, 0 stay, 2 refused\n"));
  Print("duebook record PromiseWithdrawn id=x3 date=2025-01-15 promise=M-3");
  EXPECT_THAT(Print("duebook undo-import b.jsonl --date 2025-02-01"), HasSubstr("\n3 taken back, "));
}

// Whatever stands before it in the file.
TEST_F(UndoImportCommand, ALineThatWasTakenBackIsToldWhenItIsImportedAgain) {
  std::string lines;
  for (int i = 0; i < 3000; i++) {
    lines +=
        fmt::format(R"({{"type":"CustomerOpened","id":"c{0}","date":"2025-01-01","customer":"C-{0}","name":"x"}})", i);
    lines += '\n';
  }
  Write("a.jsonl", lines);
  Write("b.jsonl", Lines({Invoice(1), Invoice(2), Invoice(3), Invoice(4)}));
  Print("duebook import a.jsonl; duebook import b.jsonl");
  for (const char* id : {"undo-i1", "undo-i2", "undo-i3", "undo-i4"}) {
    Print(fmt::format("duebook record NoteAdded id={} date=2025-01-01 text='undoes nothing'", id));
  }
  EXPECT_THAT(Run("duebook import a.jsonl b.jsonl").err, Not(HasSubstr("taken back")));
  Write("c.jsonl", Lines({Invoice(5), Invoice(6), Invoice(7), Invoice(8)}));
  Print("duebook import c.jsonl; duebook undo-import c.jsonl");
  EXPECT_THAT(Run("duebook import a.jsonl c.jsonl").err, HasSubstr(" was taken back by event "));
}

TEST_F(UndoImportCommand, AFileGoesBeforeAnEventWhoseNumberItIsCalledBy) {
  Write("a.jsonl", Lines({kOpened, Invoice(1)}));
  Write("2", Lines({Invoice(3)}));
  Print("duebook import a.jsonl; duebook import 2");
  EXPECT_THAT(Print("duebook undo-import 2 --dry-run"), HasSubstr("\n2: event 3, recorded "));
  EXPECT_THAT(Print("duebook undo-import 02 --dry-run"), HasSubstr("\na.jsonl: event 2, recorded "));
}

TEST_F(UndoImportCommand, ADocumentIsUndoneNoEarlierThanWhatWasUndoneOfIt) {
  Write(
      "a.jsonl",
      Lines(
          {kOpened, Invoice(1),
           R"({"type":"PaymentReceived","id":"p1","date":"2025-01-15","customer":"C-1","payment":"P-1","amount":"1.00"})",
           R"({"type":"PaymentApplied","id":"a1","date":"2025-02-20","payment":"P-1","invoice":"I-1","amount":"1.00"})"}));
  Print("duebook import a.jsonl");
  EXPECT_THAT(Print("duebook undo-import a.jsonl --date 2025-02-01"), HasSubstr("3 taken back"));
  EXPECT_EQ(Print("duebook events --from-seq 5 --format csv --columns date,type"),
            "date,type\n2025-02-20,ApplicationReversed\n2025-02-20,PaymentReversed\n2025-02-20,InvoiceVoided\n");
}

// More than are read at once, and dated after the day of the undoing.
TEST_F(UndoImportCommand, ManyEventsAreUndoneTogether) {
  std::string lines = Lines({kOpened});
  for (int i = 1; i <= 10'000; i++) lines += Invoice(i, "2025-02-01") + "\n";
  Write("a.jsonl", lines);
  Print("duebook import a.jsonl");
  EXPECT_THAT(Print("duebook undo-import a.jsonl --date 2025-01-15"),
              AllOf(HasSubstr("\n10000 taken back, 0 taken back already, 1 stay, 0 refused\n"),
                    HasSubstr("\nrecorded events 10002 to 20001\n")));
  EXPECT_THAT(Print("duebook balance --effective 2025-02-01 --nonzero --format csv"), Not(HasSubstr("C-1")));
}

}  // namespace
}  // namespace duebook
