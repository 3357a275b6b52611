// The command line as a whole: help, exit statuses, what goes where, where the ledger is, and what is logged.

#include <fmt/core.h>
#include <unistd.h>

#include "projections/shared/projection.h"
#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class CommandLine : public ProgramTest {};

TEST_F(CommandLine, HelpOfEveryLevelHasAnExample) {
  std::vector<std::string> commands = {"", "init", "import", "record", "events", "verify", "info"};
  for (const ReportInfo& report : AllReports()) commands.emplace_back(report.name);
  for (const std::string& command : commands) {
    const std::string help = Print("duebook " + command + " --help");
    EXPECT_THAT(help, HasSubstr("Example:\n  duebook ")) << command;
    EXPECT_THAT(help, HasSubstr(command));
  }
  EXPECT_THAT(Print("duebook --help"), HasSubstr("Exit status: 0 done"));
  EXPECT_THAT(Print("duebook --version"), StartsWith("duebook "));
}

// The examples of --help are commands that work, on a ledger that has what they name.
TEST_F(CommandLine, HelpNamesItsExamplesCommand) {
  for (const ReportInfo& report : AllReports()) {
    const std::string help = Print(fmt::format("duebook {} --help", report.name));
    EXPECT_THAT(help, HasSubstr(fmt::format(" {}", report.name)));
    EXPECT_THAT(std::string(report.example), HasSubstr(std::string(report.name)));
  }
}

struct Wrong {
  std::string command;
  int status;
  std::string message;
};

const Wrong kWrong[] = {
    {"duebook", 2, "a command is needed"},
    {"duebook balanse", 2, "there is no command balanse; did you mean \"balance\""},
    {"duebook --ledgr ledger balance", 2, "--ledgr"},
    {"duebook balance extra", 2, "extra"},
    {"duebook balance --format xml", 2, "--format"},
    {"duebook balance --by colour", 2, "--by"},
    {"duebook balance --effective 2025-13-01", 2, "--effective 2025-13-01: there is no such day"},
    {"duebook balance --effective tomorrow", 2, "write it as YYYY-MM-DD"},
    {"duebook balance --known yesterday", 2, "--known yesterday is neither an event's seq nor a time"},
    {"duebook balance --known 5 --known 6", 2, "--known"},
    {"duebook aging --buckets 60,30", 2, "--buckets 60,30"},
    {"duebook aging --buckets ,", 2, "write the last day of each"},
    {"duebook aging --basis birthday", 2, "--basis"},
    {"duebook explain --effective 2025-02-28", 2, "give --known, or --effective twice"},
    {"duebook explain --known 3 --known 4 --known 5", 2, "two states are compared, and 3 are named"},
    {"duebook statement C-1 --to 2025-12-31 --effective 2025-06-30", 2,
     "--to 2025-12-31 is after --effective 2025-06-30"},
    {"duebook shipments --to 2025-12-31 --effective 2025-06-30", 2, "--to 2025-12-31 is after --effective 2025-06-30"},
    {"duebook statement C-1 --to 2025-02-28 --effective 2025-06-30", 2,
     "--to 2025-02-28 and --effective 2025-06-30 both say up to which day is counted; leave one of the two out"},
    {"duebook promise-rates --period 2025-02 --effective 2025-06-30", 2,
     "--to 2025-02-28 and --effective 2025-06-30 both say up to which day is counted; leave one of the two out"},
    {"duebook balance --actor ann", 2, "--actor ann: nothing is recorded that it could be about; leave it out"},
    {"duebook interest --actor ann", 2, "--actor ann: nothing is recorded that it could be about; add --record, or"},
    {"duebook apply --actor ann --clock-is-right", 2, "--clock-is-right: nothing is recorded that it could be about"},
    {"duebook terms 'net 30' --date 2025-01-01 --actor ann", 2, "--actor ann: nothing is recorded"},
    {"duebook record --actor '' NoteAdded date=2025-01-01 text=x", 2, "--actor: it is empty"},
    {"duebook interest --clock-is-right", 2, "--clock-is-right: nothing is recorded that it could be about"},
    {"duebook interest --minimum 50", 2, "--minimum without --record"},
    {"duebook terms 'net 30' --date 2025-01-01 --currency EUR", 2, "--currency requires --amount"},
    {"duebook worklist --ahead 3 --kind hold", 2, "--ahead is about promises, and another kind is asked for"},
    {"duebook credit --history --nonzero", 2, "--nonzero with --history"},
    {"duebook record invoiceissued --help", 2, "did you mean \"InvoiceIssued\""},
    {"duebook import company.jsonl --rejects r.csv", 2, "by its name it would be read as CSV"},
    {"duebook import h.csv --rejects r.jsonl", 2, "by its name it would be read as JSON Lines"},
    {"duebook balance --effective 31.12.2025", 2, "--effective 31.12.2025: the form of this date is wrong"},
    {"duebook statement C-1 --from 1/2/2025", 2, "--from 1/2/2025: this is no day, month, quarter or year"},
    {"duebook shipments --to 2025-02-29", 2, "--to 2025-02-29: there is no such day"},
    {"duebook statement C-1 --customer C-2", 2, "`duebook statement` has no option --customer"},
    {"duebook statement C-1 --by salesperson", 2, "`duebook statement` has no option --by"},
    {"duebook trail I-1 --customer C-2", 2, "`duebook trail` has no option --customer"},
    {"duebook trail I-1 --by=salesperson", 2, "`duebook trail` has no option --by; see `duebook trail --help`"},
    {"duebook balance --buckets 30", 2, "`duebook balance` has no option --buckets"},
    {"duebook aging --efective 2025-01-01", 2, "did you mean \"--effective\""},
    {"duebook balance --output b.jsonl", 2, "jsonl is not written here"},
    {"duebook balance --spreadsheet --format json", 2, "--spreadsheet is a kind of csv"},
    {"duebook promises --grace -1", 2, "--grace"},
    {"duebook events --type InvoiceSent", 2, "InvoiceSent"},
    {"duebook events --from-seq abc", 2, "--from-seq"},
    {"duebook events --format yaml", 2, "--format"},
    {"duebook import", 2, "FILE"},
    {"duebook import --format xml company.jsonl", 2, "--format"},
    {"duebook import - -", 2, "standard input can be read once only"},
    {"duebook import --map absent.toml company.jsonl", 2, "absent.toml"},
    {"duebook import --rejects company.jsonl company.jsonl", 2, "would overwrite"},
    {"duebook import --rejects nowhere/r.jsonl company.jsonl", 2, "nowhere/r.jsonl"},
    {"duebook record", 2, "TYPE"},
    {"duebook record NoteAdded text", 2, "write field=value"},
    {"duebook statement", 2, "CUSTOMER"},
    {"duebook init other --currency CNY", 2, "--company"},
    {"duebook init other --company Acme --currency Yuan", 2, "Yuan is no currency"},
    {"duebook --log-level loud balance", 2, "--log-level"},
    {"duebook --log-file ledger balance", 2, "log file"},
    {"DUEBOOK_LEDGER= duebook balance", 2, "give --ledger DIR"},

    {"duebook balance --customer C-9", 1, "there is no customer C-9"},
    {"duebook aging --customer C-1 --customer C-9", 1, "there is no customer C-9"},
    {"duebook statement C-9", 1, "there is no customer C-9"},
    {"duebook trail X-1", 1, "X-1"},
    {"duebook events --customer C-9", 1, "there is no customer C-9"},
    {"duebook open-items --customer C-9", 1, "there is no customer C-9"},
    {"duebook unapplied --customer C-9", 1, "there is no customer C-9"},
    {"duebook promises --customer C-9", 1, "there is no customer C-9"},
    {"duebook disputes --customer C-9", 1, "there is no customer C-9"},
    {"duebook write-offs --customer C-9", 1, "there is no customer C-9"},
    {"duebook shipments --customer C-9", 1, "there is no customer C-9"},
    {"duebook explain --known 3 --customer C-9", 1, "there is no customer C-9"},
    {"duebook record NoteAdded id=n date=2025-02-30 text=x", 1, "date: bad_date"},
    {"duebook record NoteAded id=n date=2025-02-01 text=x", 1, "unknown_type"},
    {"duebook import absent.jsonl", 2, "cannot read absent.jsonl: No such file or directory"},
    {"duebook import ledger", 2, "ledger is a folder; name the files in it"},
    {"duebook init ledger --company Acme --currency CNY", 1, "not an empty folder"},

    {"duebook --ledger nowhere balance", 3, "there is no ledger in nowhere"},
    {"duebook --ledger nowhere import company.jsonl", 3, "there is no ledger in nowhere"},
    {"duebook --ledger nowhere record NoteAdded date=2025-01-01 text=x", 3, "there is no ledger in nowhere"},
    {"duebook --ledger nowhere verify", 3, "there is no ledger in nowhere"},
    {"duebook --ledger company.jsonl info", 3, "there is no ledger in company.jsonl"},
    {"duebook --ledger . events", 3, "there is no ledger in ."},
};

TEST_F(CommandLine, WrongUseIsToldOnStandardErrorWithItsStatus) {
  MakeSmallCompany();
  for (const Wrong& wrong : kWrong) {
    const ShellResult result = Run(wrong.command);
    EXPECT_EQ(result.status, wrong.status) << wrong.command << "\n" << result.err;
    EXPECT_THAT(result.err, HasSubstr(wrong.message)) << wrong.command;
    EXPECT_THAT(result.err, EndsWith("\n")) << wrong.command;
    // An import goes on with its next file, and so ends with its summary.
    const bool summary = wrong.command == "duebook import absent.jsonl" || wrong.command == "duebook import ledger";
    EXPECT_EQ(result.out.empty(), !summary) << wrong.command;
  }
  EXPECT_THAT(Print("duebook info --format json"), HasSubstr("\"events\":12,"));
}

TEST_F(CommandLine, TheLedgerIsNamedOrTakenFromTheEnvironment) {
  MakeLedger("one");
  MakeLedger("two");
  Print("duebook --ledger two record NoteAdded id=n date=2025-01-01 text=x");
  EXPECT_THAT(Print("DUEBOOK_LEDGER=one duebook info --format json"), HasSubstr("\"events\":0,"));
  EXPECT_THAT(Print("DUEBOOK_LEDGER=two duebook info --format json"), HasSubstr("\"events\":1,"));
  EXPECT_THAT(Print("DUEBOOK_LEDGER=one duebook --ledger two info --format json"), HasSubstr("\"events\":1,"));
  EXPECT_THAT(Print("DUEBOOK_LEDGER=one duebook info --ledger two --format json"), HasSubstr("\"events\":1,"));
}

TEST_F(CommandLine, InitEndsWithTheLineToTypeNext) {
  EXPECT_THAT(Print("duebook init 'my books' --company Acme --currency CNY"),
              EndsWith("otherwise\nevery command takes it after: export DUEBOOK_LEDGER='my books'\n"));
  EXPECT_THAT(Print("duebook init b.1 --company Acme --currency CNY | tail -1 | cut -d: -f2 >next; . ./next; "
                    "duebook info --format json"),
              HasSubstr("\"events\":0,"));
  EXPECT_THAT(Print("duebook init ledger --company Acme --currency CNY"), EndsWith("unless a record says otherwise\n"));
}

TEST_F(CommandLine, RecordTellsWhatItRecorded) {
  MakeSmallCompany();
  EXPECT_EQ(Print("duebook record NoteAdded id=n1 date=2025-03-01 customer=C-1 text='hello world'"),
            "recorded n1 as event 13\n");
  EXPECT_EQ(Print("duebook record NoteAdded id=n1 date=2025-03-01 customer=C-1 text='hello world'"),
            "n1 was recorded before, as event 13\n");
  EXPECT_THAT(Print("duebook record NoteAdded date=2025-03-01 text=x"), StartsWith("recorded terminal-"));
  EXPECT_THAT(Print("duebook record PaymentReversed id=b date=2025-03-02 payment=P-1 reason=bounced"),
              HasSubstr("recorded b as event 16, after event 15 that it makes"));
  EXPECT_THAT(Print("duebook --actor zoe record NoteAdded id=n2 date=2025-03-01 text=x; duebook events --from-seq 17"),
              HasSubstr(" zoe "));
}

TEST_F(CommandLine, APipeGetsNoDecoration) {
  MakeSmallCompany();
  // Input that comes late takes longer than progress waits before it shows itself.
  const ShellResult result =
      Run("{ for n in $(seq 40); do duebook --version; done >/dev/null; cat company.jsonl; } | duebook import -; "
          "duebook verify; duebook aging");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.out + result.err, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\r"))));
}

TEST_F(CommandLine, LogIsOnStandardErrorOrInItsFile) {
  MakeSmallCompany();
  const ShellResult quiet = Run("duebook balance");
  EXPECT_THAT(quiet.err, IsEmpty());
  const ShellResult loud = Run("duebook --log-level info balance");
  EXPECT_EQ(loud.out, quiet.out);
  EXPECT_THAT(loud.err, HasSubstr("opened ledger"));
  const ShellResult filed = Run("duebook --log-level info --log-file log.txt balance");
  EXPECT_EQ(filed.out, quiet.out);
  EXPECT_THAT(filed.err, IsEmpty());
  EXPECT_THAT(Read("log.txt"), HasSubstr("opened ledger"));
}

TEST_F(CommandLine, LogAtTheDefaultLevelNamesNoCustomer) {
  MakeSmallCompany();
  Write("bad.jsonl", R"({"type":"CustomerOpened","id":"c1","date":"2025-01-01","customer":"C-1","name":"Nordwind"})");
  Run("duebook --log-file log.txt import bad.jsonl --rejects rejects.jsonl");
  Run("duebook --log-file log.txt statement C-1; duebook --log-file log.txt verify");
  EXPECT_THAT(Read("log.txt"), AllOf(Not(HasSubstr("Nordwind")), Not(HasSubstr("华东贸易"))));
}

TEST_F(CommandLine, ASecondWriterIsRefusedAndReadersAreNot) {
  MakeSmallCompany();
  // The first writer holds the ledger while it waits for its input.
  const ShellResult result =
      Run("mkfifo held; duebook import - --receipts <held >receipts & exec 9>held\n"
          "echo '{\"type\":\"NoteAdded\",\"id\":\"n1\",\"date\":\"2025-01-01\",\"text\":\"x\"}' >&9\n"
          "while ! grep -q '^1 13$' receipts; do :; done\n"
          "duebook record NoteAdded date=2025-01-01 text=x; echo writer $?\n"
          "duebook balance --format csv >/dev/null; echo reader $?\n"
          "exec 9>&-; wait; echo first $?");
  EXPECT_EQ(result.out, "writer 3\nreader 0\nfirst 0\n");
  EXPECT_THAT(result.err, HasSubstr("another process"));
}

}  // namespace
}  // namespace duebook
