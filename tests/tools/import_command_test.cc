// The import command: receipts, rejects that are mended, repeated imports, all or nothing, rehearsals, the log as
// input.

#include <fmt/core.h>

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view kUnknown =
    R"({"type":"InvoiceIssued","id":"i9","date":"2025-01-10","actor":"ann","customer":"C-9","invoice":"I-9","amount":"5.00"})";

std::string Note(int number) {
  return fmt::format(R"({{"type":"NoteAdded","id":"n{}","date":"2025-01-01","text":"x"}})", number);
}

class ImportCommand : public ProgramTest {
 protected:
  ImportCommand() { MakeLedger(); }
  std::string Events() {
    const std::string info = Print("duebook info --format json");
    const size_t start = info.find("\"events\":") + 9;
    return info.substr(start, info.find(',', start) - start);
  }
};

TEST_F(ImportCommand, ReceiptsNameEachLineInOrder) {
  Write("a.jsonl", Lines({kOpened, kOpened, kUnknown, "", "{", kInvoice}));
  const ShellResult first = Run("duebook import a.jsonl --receipts");
  EXPECT_EQ(first.status, 1);
  EXPECT_EQ(first.out, "1 1\n2 duplicate 1\n3 refused unknown_reference\n5 refused bad_json\n6 2\n");
  EXPECT_THAT(first.err, HasSubstr("5 lines read, 2 events recorded, 0 already there, 1 repeated, 2 refused, "));
  const ShellResult second = Run("duebook import a.jsonl --receipts");
  EXPECT_EQ(second.out,
            "1 duplicate 1\n2 duplicate 1\n3 refused unknown_reference\n5 refused bad_json\n6 duplicate 2\n");
}

TEST_F(ImportCommand, ReceiptsOfSeveralFilesNameThem) {
  Write("a.jsonl", Lines({kOpened}));
  Write("b.jsonl", Lines({kInvoice, kUnknown}));
  EXPECT_EQ(Run("duebook import a.jsonl b.jsonl --receipts").out,
            "a.jsonl:1 1\nb.jsonl:1 2\nb.jsonl:2 refused unknown_reference\n");
}

TEST_F(ImportCommand, ReceiptsComeWhileTheInputIsOpen) {
  const ShellResult result =
      Run("mkfifo in; duebook import - --receipts <in >receipts & exec 9>in\n"
          "for n in 1 2 3; do\n"
          "  echo '{\"type\":\"NoteAdded\",\"id\":\"n'$n'\",\"date\":\"2025-01-01\",\"text\":\"x\"}' >&9\n"
          "  while ! grep -q \"^$n $n$\" receipts; do :; done\n"
          "done\nexec 9>&-; wait; cat receipts");
  EXPECT_EQ(result.out, "1 1\n2 2\n3 3\n");
}

TEST_F(ImportCommand, ManyReceiptsAreComplete) {
  std::string notes;
  std::string receipts;
  for (int i = 1; i <= 10'000; i++) {
    notes += Note(i) + "\n";
    receipts += fmt::format("{} {}\n", i, i);
  }
  Write("notes.jsonl", notes);
  EXPECT_EQ(Print("duebook import notes.jsonl --receipts"), receipts);
}

TEST_F(ImportCommand, RejectsAreMendedAndImportedAgain) {
  Write("a.jsonl", Lines({kOpened, kUnknown, kInvoice, "{\"type\": nonsense"}));
  const ShellResult first = Run("duebook import a.jsonl --rejects bad.jsonl");
  EXPECT_EQ(first.status, 1);
  EXPECT_THAT(first.err, IsEmpty());
  EXPECT_EQ(Read("bad.jsonl"), Lines({kUnknown, "{\"type\": nonsense"}));
  EXPECT_THAT(Read("bad.jsonl.reasons.csv"),
              StartsWith("file,line,field,code,sentence\n"
                         "a.jsonl,2,customer,unknown_reference,there is no customer C-9\n"
                         "a.jsonl,4,,bad_json,"));
  Print("sed -i -e s/C-9/C-1/ -e /nonsense/d bad.jsonl");
  EXPECT_THAT(Print("duebook import bad.jsonl"), StartsWith("1 lines read, 1 events recorded, 0 already there, 0 re"));
  EXPECT_THAT(Run("duebook import a.jsonl bad.jsonl --rejects rest.jsonl").out,
              StartsWith("5 lines read, 0 events recorded, 3 already there, 2 refused"));
}

TEST_F(ImportCommand, RejectsOfCsvKeepTheirHeader) {
  const std::string header = "type,id,date,customer,name,memo";
  Write("a.csv", "\xEF\xBB\xBF" + header +
                     "\r\nCustomerOpened,c1,2025-01-01,C-1,Li,\r\n"
                     "CustomerOpened,c2,2025-02-30,C-2,\"Wu, \"\"Sons\"\"\",\"two\nlines\"\r\n");
  Run("duebook import a.csv --rejects bad.csv");
  EXPECT_EQ(Read("bad.csv"),
            "\xEF\xBB\xBF" + header + "\nCustomerOpened,c2,2025-02-30,C-2,\"Wu, \"\"Sons\"\"\",\"two\nlines\"\n");
  EXPECT_THAT(Read("bad.csv.reasons.csv"), HasSubstr("\na.csv,3,date,bad_date,"));
  Print("sed -i s/2025-02-30/2025-02-28/ bad.csv");
  EXPECT_THAT(Print("duebook import bad.csv"), StartsWith("1 lines read, 1 events recorded"));
  EXPECT_THAT(Print("duebook events --customer C-2 --format jsonl"), HasSubstr("\"name\":\"Wu, \\\"Sons\\\"\""));
}

// One file has one header, so lines of other columns go to files of their own; none costs another its import.
TEST_F(ImportCommand, RejectsOfOtherColumnsGoToAnotherFile) {
  Write("a.csv", "type,id,date,text\nNoteAdded,n1,2025-01-32,x\nNoteAdded,n2,2025-01-31,x\n");
  Write("b.jsonl", Lines({kUnknown, kOpened}));
  Write("c.csv", "id,type,date,text\nn3,NoteAdded,2025-01-32,x\nn4,NoteAdded,2025-01-31,x\n");
  Write("d.jsonl", Lines({"{"}));
  const ShellResult result = Run("duebook import a.csv b.jsonl c.csv d.jsonl --rejects bad.csv");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, StartsWith("7 lines read, 3 events recorded, 0 already there, 4 refused"));
  EXPECT_EQ(Read("bad.csv"), "type,id,date,text\nNoteAdded,n1,2025-01-32,x\n");
  EXPECT_EQ(Read("bad.2.jsonl"), Lines({kUnknown, "{"}));
  EXPECT_EQ(Read("bad.2.csv"), "id,type,date,text\nn3,NoteAdded,2025-01-32,x\n");
  EXPECT_THAT(Read("bad.2.jsonl.reasons.csv"), AllOf(HasSubstr("\nb.jsonl,1,"), HasSubstr("\nd.jsonl,1,")));
  Print("sed -i s/C-9/C-1/ bad.2.jsonl; sed -i s/01-32/01-30/ bad.csv bad.2.csv");
  EXPECT_THAT(Run("duebook import bad.csv bad.2.jsonl bad.2.csv").out, StartsWith("4 lines read, 3 events recorded"));
}

TEST_F(ImportCommand, AFileOfWarningsIsThereWithoutAny) {
  Write("a.jsonl", Lines({kOpened, kInvoice}));
  Write("look.csv", "of yesterday\n");
  EXPECT_THAT(Print("duebook import a.jsonl --warnings look.csv"), Not(HasSubstr("warning")));
  EXPECT_EQ(Read("look.csv"), "file,line,field,code,sentence\n");
}

TEST_F(ImportCommand, RejectsAreNotTouchedIfNothingIsRefused) {
  Write("a.jsonl", Lines({kOpened}));
  Print("duebook import a.jsonl --rejects bad.jsonl");
  EXPECT_EQ(Run("ls bad*").out, "");
  Write("bad.jsonl", "of an earlier import\n");
  Write("bad.jsonl.reasons.csv", "its reasons\n");
  EXPECT_THAT(Print("duebook import a.jsonl --rejects bad.jsonl"),
              HasSubstr("\nnothing was refused; bad.jsonl is from before\n"));
  EXPECT_EQ(Read("bad.jsonl"), "of an earlier import\n");
  EXPECT_EQ(Read("bad.jsonl.reasons.csv"), "its reasons\n");
  Write("a.jsonl", Lines({kUnknown}));
  EXPECT_EQ(Run("duebook import a.jsonl --rejects bad.jsonl").status, 1);
  EXPECT_EQ(Read("bad.jsonl"), Lines({kUnknown}));
}

TEST_F(ImportCommand, RejectsAreNoDevice) {
  Write("a.jsonl", Lines({kOpened, kUnknown}));
  const ShellResult result = Run("duebook import a.jsonl --rejects /dev/null");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("--rejects /dev/null is a device, beside which no reasons can be; name a file"));
  EXPECT_EQ(Print("ls /dev/null.reasons.csv 2>/dev/null || true"), "");
}

TEST_F(ImportCommand, AKeyIsNotLostByRejectsOrAnyOtherFile) {
  Write("a.jsonl", Lines({kOpened, kUnknown}));
  Write("opened.jsonl", Lines({kOpened, kInvoice}));
  Print("duebook import opened.jsonl");
  const std::string key = Read("ledger/key");
  Print("ln -s ledger/key link; cp ledger/key kept; mkdir out; ln -s ../ledger out/ledger");
  for (const std::string path : {"ledger/key", "./ledger/../ledger/key", "link", "kept", "out/ledger/key",
                                 "ledger/FORMAT", "ledger/store/CURRENT", "ledger/checkpoints/1", "ledger/derived/x"}) {
    for (const std::string command :
         {"import a.jsonl --rejects ", "balance --output ", "events --output ", "events --format jsonl --output ",
          "checkpoint --output ", "prove I-1 --output ", "--log-file "}) {
      const bool logging = command.starts_with("--log");
      const ShellResult result = Run("duebook " + command + path + (logging ? " --log-level info balance" : ""));
      EXPECT_EQ(result.status, 2) << command << path << "\n" << result.err;
      EXPECT_THAT(result.err, HasSubstr("; name another file")) << command << path;
    }
  }
  EXPECT_EQ(Read("ledger/key"), key);
  EXPECT_EQ(Read("kept"), key);
  EXPECT_EQ(Events(), "2");
  Print("duebook verify");
}

TEST_F(ImportCommand, NothingThatALedgersFolderHoldsIsWrittenOver) {
  Write("opened.jsonl", Lines({kOpened}));
  Print("duebook import opened.jsonl; duebook record PeriodClosed date=2025-01-31 through=2025-01-31; duebook rebuild");
  const std::string names = Print("ls -A ledger");
  EXPECT_THAT(names, AllOf(HasSubstr("key\n"), HasSubstr("checkpoints\n")));
  for (const std::string command : {"balance --output ", "import opened.jsonl --rejects "}) {
    const std::string each = "for name in $(ls -A ledger); do duebook " + command + "ledger/$name; echo $?; done";
    std::string expected;
    for (const char c : names) expected += c == '\n' ? "2\n" : "";
    EXPECT_EQ(Run(each).out, expected);
  }
}

TEST_F(ImportCommand, FullDiskForRejectsIsTold) {
  Write("a.jsonl", Lines({kUnknown}));
  const ShellResult result = Run("ln -s /dev/full bad; duebook import a.jsonl --rejects bad");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.err, HasSubstr("cannot write bad: No space left on device"));
}

// Nothing is recorded by an import that could not tell what it refuses.
TEST_F(ImportCommand, RejectsThatCannotBeWrittenAreToldBeforeAnythingIsRecorded) {
  Write("a.jsonl", Lines({kOpened, kUnknown}));
  Print("mkdir folder behind.reasons.csv; ln -s nowhere/file dangling; echo kept >file");
  for (const auto& [path, reason] : std::initializer_list<std::pair<std::string, std::string>>{
           {"folder", "folder: Is a directory"},
           {"behind", "behind.reasons.csv: Is a directory"},
           {"dangling", "dangling: No such file or directory"},
           {"nowhere/file", "nowhere/file: No such file or directory"},
           {"file/rejects", "file/rejects: Not a directory"},
           {std::string(250, 'x'), "reasons.csv: File name too long"}}) {
    const ShellResult result = Run("duebook import a.jsonl --rejects " + path);
    EXPECT_EQ(result.status, 2) << path;
    EXPECT_THAT(result.err, HasSubstr("cannot write")) << path;
    EXPECT_THAT(result.err, HasSubstr(reason));
    EXPECT_EQ(Events(), "0") << path;
  }
  EXPECT_EQ(Print("ls"), "a.jsonl\nbehind.reasons.csv\ndangling\nfile\nfolder\nledger\n");
  EXPECT_EQ(Read("file"), "kept\n");
}

TEST_F(ImportCommand, CsvIsWhatEndsInCsvOrIsSaidToBe) {
  Write("records", Lines({kOpened}));
  Write("rows.csv", "type,id,date,text\nNoteAdded,n1,2025-01-01,x\n");
  EXPECT_THAT(Print("duebook import records rows.csv"), StartsWith("2 lines read, 2 events recorded"));
  Write("rows.txt", "type,id,date,text\nNoteAdded,n2,2025-01-01,x\n");
  EXPECT_EQ(Run("duebook import rows.txt").status, 1);
  EXPECT_THAT(Print("duebook import --csv rows.txt"), StartsWith("1 lines read, 1 events recorded"));
}

TEST_F(ImportCommand, StandardInputIsRead) {
  Write("a.jsonl", Lines({kOpened, kUnknown}));
  EXPECT_EQ(Run("duebook import - --receipts <a.jsonl").out, "1 1\n2 refused unknown_reference\n");
  EXPECT_THAT(Print("duebook events --format jsonl"), HasSubstr("\"source\":\"stdin:1\""));
  EXPECT_THAT(Run("duebook import - <a.jsonl").err, StartsWith("stdin:2: customer: unknown_reference: "));
  EXPECT_THAT(Print("printf 'type,id,date,text\\nNoteAdded,n1,2025-01-01,x\\n' | duebook import --csv -"),
              StartsWith("1 lines read, 1 events recorded"));
}

TEST_F(ImportCommand, AllOrNothingRecordsNothingWithABadLine) {
  Write("a.jsonl", Lines({kOpened, kInvoice, kUnknown}));
  const ShellResult refused = Run("duebook import --atomic --receipts a.jsonl");
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.out, "3 refused unknown_reference\n") << "no line is safe";
  EXPECT_THAT(refused.err, HasSubstr("2 events would be recorded"));
  EXPECT_THAT(refused.err, HasSubstr("nothing was recorded (--atomic)"));
  EXPECT_EQ(Events(), "0");
  Run("duebook import --atomic a.jsonl --rejects bad.jsonl");
  EXPECT_EQ(Read("bad.jsonl"), Lines({kUnknown}));
  Print("sed -i s/C-9/C-1/ a.jsonl");
  EXPECT_EQ(Print("duebook import --atomic --receipts a.jsonl"), "1 1\n2 2\n3 3\n");
}

TEST_F(ImportCommand, AllOrNothingCoversEveryFile) {
  Write("a.jsonl", Lines({kOpened}));
  EXPECT_EQ(Run("duebook import --atomic a.jsonl absent.jsonl").status, 2);
  EXPECT_EQ(Events(), "0");
}

TEST_F(ImportCommand, RehearsalRecordsNothingAndTellsTheSame) {
  Write("a.jsonl", Lines({kOpened, kUnknown, kOpened}));
  const ShellResult rehearsal = Run("duebook import --dry-run --receipts a.jsonl --rejects bad.jsonl");
  EXPECT_EQ(rehearsal.status, 1);
  EXPECT_EQ(rehearsal.out, "1 ok\n2 refused unknown_reference\n3 duplicate\n");
  EXPECT_THAT(rehearsal.err,
              HasSubstr("3 lines read, 1 events would be recorded, 0 already there, 1 repeated, 1 refused"));
  EXPECT_THAT(rehearsal.err, HasSubstr("nothing was recorded (--dry-run)"));
  EXPECT_EQ(Read("bad.jsonl"), Lines({kUnknown}));
  EXPECT_EQ(Events(), "0");
  EXPECT_THAT(Run("duebook import a.jsonl").out,
              StartsWith("3 lines read, 1 events recorded, 0 already there, 1 repeated, 1 refused"));
}

TEST_F(ImportCommand, RehearsalSumsUpWhatWouldBeRecorded) {
  Write("company.jsonl", SmallCompany());
  EXPECT_THAT(Print("duebook import --dry-run company.jsonl"),
              StartsWith(R"(type               currency  events    amount
-----------------  --------  ------  --------
CustomerOpened                    2
ShipmentRecorded   CNY            1  1,000.00
InvoiceIssued      CNY            2  1,080.00
InvoiceIssued      EUR            1    500.00
PaymentReceived    CNY            1    400.00
PaymentApplied     CNY            1    300.00
PromiseMade        CNY            1    700.00
DisputeOpened      CNY            1     50.00
WriteOffRequested  CNY            1     80.00
WriteOffApproved   CNY            1     80.00

new customers: 2; dated 2025-01-01 to 2025-02-21

12 lines read, 12 events would be recorded, 0 already there, 0 refused, )"));
  Print("duebook import company.jsonl");
  // The ledger's own reversals are counted with what they undo; what is there already is not.
  Write("company.jsonl", SmallCompany() + R"({"type":"PaymentReversed","id":"r","date":"2025-03-01","payment":"P-1"})");
  EXPECT_THAT(Print("duebook import --dry-run company.jsonl"),
              StartsWith(R"(type                 currency  events  amount
-------------------  --------  ------  ------
ApplicationReversed  CNY            1  300.00
PaymentReversed      CNY            1  400.00

new customers: 0; dated 2025-03-01 to 2025-03-01

13 lines read, 2 events would be recorded, 12 already there, 0 refused, )"));
  EXPECT_THAT(Print("duebook import --dry-run --receipts company.jsonl 2>/dev/null | tail -1"), "13 ok\n");
}

TEST_F(ImportCommand, LinesThatRepeatOthersAreNamedAndCountedApart) {
  Write("a.jsonl", Lines({kOpened}));
  Write("b.jsonl", Lines({kOpened, kInvoice, kInvoice, kOpened}));
  Print("duebook import a.jsonl");
  const ShellResult result = Run("duebook import b.jsonl");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.err, "b.jsonl:3: repeats line 2\n");
  EXPECT_THAT(result.out, StartsWith("4 lines read, 1 events recorded, 2 already there, 1 repeated, 0 refused"));
  MakeLedger("together");
  for (const char* mode : {"--dry-run", "--atomic"}) {
    EXPECT_EQ(Run(fmt::format("duebook --ledger together import {} a.jsonl b.jsonl", mode)).err,
              "b.jsonl:1: repeats a.jsonl:1\nb.jsonl:3: repeats line 2\nb.jsonl:4: repeats a.jsonl:1\n");
  }
}

TEST_F(ImportCommand, ACustomerWhomTwoFilesMentionIsNoRepetition) {
  Write("map.toml",
        "[[event]]\ntype='CustomerOpened'\nonce=true\nid='c-{who}'\ndate='{day}'\ncustomer='{who}'\n"
        "[[event]]\ntype='PaymentReceived'\nid='{who}-{day}'\ndate='{day}'\ncustomer='{who}'\npayment='{day}'\n"
        "amount='{paid}'\n");
  Write("a.csv", "who,day,paid,reference\nC,2025-01-01,5,invoice 1\nC,2025-01-01,5,invoice 2\n");
  Write("b.csv", "who,day,paid,reference\nC,2025-01-02,5,invoice 3\n");
  const ShellResult result = Run("duebook import --map map.toml a.csv b.csv");
  EXPECT_EQ(result.err, "a.csv:3: repeats line 2\n");
  EXPECT_THAT(result.out, StartsWith("3 lines read, 3 events recorded, 1 already there, 1 repeated, 0 refused"));
}

TEST_F(ImportCommand, AnIdWithOtherContentNamesTheLineThatHasIt) {
  Write("a.jsonl", Lines({kOpened, kInvoice, R"({"type":"NoteAdded","id":"i1","date":"2025-01-01","text":"x"})"}));
  EXPECT_EQ(Run("duebook import a.jsonl").err,
            "a.jsonl:3: id: id_conflict: event id i1 is that of event 2, a InvoiceIssued of 2025-01-10 with other "
            "content, from a.jsonl:2\n");
}

TEST_F(ImportCommand, WhatComesOnlyBehindTheLineThatNamesItIsTold) {
  Write(
      "a.jsonl",
      Lines(
          {kInvoice, kUnknown,
           R"({"type":"PaymentApplied","id":"a1","date":"2025-01-11","payment":"P","invoice":"I-1","amount":"5"})",
           kOpened,
           R"({"type":"PaymentReceived","id":"p1","date":"2025-01-12","customer":"C-1","payment":"P","amount":"5"})"}));
  for (const char* mode : {"--dry-run", "--atomic", ""}) {
    const std::string err = Run(fmt::format("duebook import {} a.jsonl", mode)).err;
    EXPECT_THAT(err, HasSubstr("a.jsonl:1: customer C-1 comes only with a.jsonl:4, dated 2025-01-01\n"));
    EXPECT_THAT(err, HasSubstr("a.jsonl:3: payment P comes only with a.jsonl:5, dated 2025-01-12\n"));
    EXPECT_THAT(err, testing::Not(HasSubstr("C-9 comes")));
  }
}

TEST_F(ImportCommand, AnEmptyLedgerIsToldToOpenCustomersFirst) {
  const std::string hint =
      "a customer is opened before any line names it: see `duebook record CustomerOpened --help`\n";
  Write("a.jsonl", Lines({kInvoice}));
  EXPECT_THAT(Run("duebook import a.jsonl").err, HasSubstr(hint));
  Write("b.jsonl", Lines({kOpened, kUnknown}));
  EXPECT_THAT(Run("duebook import b.jsonl").err, testing::Not(HasSubstr(hint)));
}

TEST_F(ImportCommand, FilesOfOtherKindsAreToldOnce) {
  const struct {
    const char* make;
    const char* looks_like;
  } cases[] = {
      {"printf '\\357\\273\\277\\n <?XML ?>\\n'", "XML"},
      {"printf '<!DOCTYPE html>\\n'", "HTML"},
      {"printf '\\320\\317\\021\\340'", "an old spreadsheet (XLS)"},
      {"printf '%%PDF-1.7\\n'", "a PDF"},
      {"printf 'x' | gzip", "a file packed by gzip"},
      {"printf 't\\000y\\000p\\000'", "text in UTF-16"},
      {"printf ':20:STATEMENT\\n'", "a SWIFT message (MT940)"},
      {"printf 'OFXHEADER:100\\n'", "OFX"},
  };
  Write("good.jsonl", Lines({kOpened}));
  Write("map.toml", "[[event]]\ntype='NoteAdded'\nid='{a}'\ndate='2025-01-01'\ntext='x'\n");
  for (const auto& [make, looks_like] : cases) {
    for (const char* command : {"import file", "import file.csv", "import --map map.toml file"}) {
      const ShellResult result = Run(fmt::format("{} >file; cp file file.csv; duebook {} good.jsonl", make, command));
      EXPECT_EQ(result.status, 1);
      EXPECT_THAT(result.err, HasSubstr(fmt::format(":1: the file looks like {}", looks_like))) << command;
    }
    EXPECT_THAT(Run("duebook import - <file").err,
                StartsWith(fmt::format("duebook: stdin:1: the file looks like {}", looks_like)));
  }
  EXPECT_EQ(Events(), "1") << "the other file was read";
}

TEST_F(ImportCommand, HistoryOfAnotherSystemIsReportedNotEnforced) {
  Write(
      "a.jsonl",
      Lines(
          {kOpened, kInvoice,
           R"({"type":"WriteOffRequested","id":"w1","date":"2025-02-01","actor":"ann","write_off":"W","invoice":"I-1","amount":"10.00","reason":"x"})",
           R"({"type":"WriteOffApproved","id":"w2","date":"2025-02-01","actor":"ann","write_off":"W"})"}));
  const ShellResult enforced = Run("duebook import a.jsonl");
  EXPECT_EQ(enforced.status, 1);
  EXPECT_THAT(enforced.err, StartsWith("a.jsonl:4: "));
  EXPECT_THAT(enforced.err, HasSubstr("self_approval"));
  MakeLedger("history");
  Print("duebook --ledger history import --as-imported a.jsonl");
  EXPECT_THAT(Print("duebook --ledger history write-offs --format csv"), HasSubstr("self_approval"));
  EXPECT_THAT(Print("duebook --ledger history events --format jsonl"), HasSubstr("\"imported\":true"));
}

TEST_F(ImportCommand, ExportedLogGivesTheSameReports) {
  Write("company.jsonl", SmallCompany());
  Print("duebook import company.jsonl; duebook events --format jsonl --output log.jsonl");
  MakeLedger("copy");
  EXPECT_THAT(Print("duebook --ledger copy import log.jsonl"), StartsWith("12 lines read, 12 events recorded"));
  for (const std::string report :
       {"balance", "aging --effective 2025-02-28", "open-items", "unapplied", "promises", "disputes", "write-offs",
        "shipments", "statement C-1", "balance --by salesperson", "aging --known 7 --effective 2025-01-31"}) {
    for (const std::string format : {"table", "csv", "json"}) {
      // An approval's text names the event it approves by its hash, which is another in every ledger.
      const std::string rest = report + " --format " + format + " | sed 's/[0-9a-f]\\{12\\}…/HASH/'";
      EXPECT_EQ(Print("duebook --ledger copy " + rest), Print("duebook " + rest));
    }
  }
  EXPECT_THAT(Print("duebook --ledger copy import log.jsonl"), HasSubstr("0 events recorded, 12 already there"));
  Print("duebook --ledger copy events --format jsonl --output again.jsonl");
  const std::string without = "sed -e 's/\"recorded_at\":\"[^\"]*\",*//' -e 's/\"source\":\"[^\"]*\",*//' ";
  EXPECT_EQ(Print(without + "again.jsonl"), Print(without + "log.jsonl"));
}

TEST_F(ImportCommand, ManyRefusalsAreCountedAfterTheFirst) {
  std::string bad;
  for (int i = 0; i < 50; i++) bad += "{\n";
  Write("bad.jsonl", bad);
  const ShellResult result = Run("duebook import bad.jsonl");
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 21);
  EXPECT_THAT(result.err, HasSubstr("... and 30 more refused; --rejects FILE keeps them all with their reasons\n"));
}

}  // namespace
}  // namespace duebook
