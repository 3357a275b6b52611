// Where results go, and what happens when they cannot go there.

#include <unistd.h>

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Output : public ProgramTest {
 protected:
  Output() { MakeSmallCompany(); }
};

TEST_F(Output, FileHoldsWhatStandardOutputWould) {
  for (const std::string command :
       {"balance", "aging --format csv", "statement C-1 --format json", "events --format jsonl"}) {
    const std::string printed = Print("duebook " + command);
    const ShellResult result = Run("duebook " + command + " --output result; echo $?");
    EXPECT_EQ(result.out, "0\n") << command;
    EXPECT_THAT(result.err, IsEmpty());
    EXPECT_EQ(Read("result"), printed) << command;
  }
  EXPECT_EQ(Print("ls"), "company.jsonl\nledger\nresult\n");
}

TEST_F(Output, EndingOfTheFileChoosesTheFormat) {
  for (const std::string format : {"csv", "json", "html"}) {
    Print("duebook balance --output result." + format);
    EXPECT_EQ(Read("result." + format), Print("duebook balance --format " + format)) << format;
  }
  Print("duebook events --output result.jsonl");
  EXPECT_EQ(Read("result.jsonl"), Print("duebook events --format jsonl"));
  Print("duebook balance --output result.txt; duebook balance --format table --output table.csv");
  EXPECT_EQ(Read("result.txt"), Print("duebook balance"));
  EXPECT_EQ(Read("table.csv"), Print("duebook balance"));
  Print("duebook balance --output result.CSV");
  EXPECT_EQ(Read("result.CSV"), Print("duebook balance --format csv"));
}

TEST_F(Output, WhatIsNoTextIsNotWrittenToATerminal) {
  for (const std::string command : {"balance --format xlsx", "balance --format pdf", "dashboard --format pdf"}) {
    const ShellResult result = Run("script -qec 'duebook " + command + "' /dev/null </dev/null");
    EXPECT_EQ(result.status, 2) << command;
    EXPECT_THAT(result.out, HasSubstr("is no text that a terminal shows")) << command;
  }
}

TEST_F(Output, FileIsReplacedAsAWholeAndKeepsItsLinks) {
  Print("echo old >target; ln -s target link; duebook balance --output link");
  EXPECT_EQ(Read("target"), Print("duebook balance"));
  EXPECT_EQ(Print("readlink link"), "target\n");
}

TEST_F(Output, AFileThatCannotBeWrittenAsAWholeStaysAsItWas) {
  Write("result.csv", "kept\n");
  EXPECT_THAT(Print("(ulimit -f 0; duebook balance --output result.csv 2>&1; echo status $?) | cat"),
              testing::AllOf(HasSubstr("cannot write result.csv: File too large"), HasSubstr("status 1\n")));
  EXPECT_EQ(Read("result.csv"), "kept\n");
  EXPECT_EQ(Print("ls"), "company.jsonl\nledger\nresult.csv\n");
}

TEST_F(Output, DevicesAreWrittenNotReplaced) {
  EXPECT_EQ(Print("duebook balance --output /dev/stdout | cat"), Print("duebook balance"));
  EXPECT_EQ(Print("mkfifo pipe; cat pipe & duebook balance --output pipe; wait; test -p pipe"),
            Print("duebook balance"));
}

// Every command that prints says so when its output is lost, and fails.
TEST_F(Output, FullDiskIsTold) {
  Print("duebook events --format jsonl --output all.jsonl");
  for (const std::string command :
       {"balance", "aging --format csv", "trail C-1 --format json", "events", "events --format jsonl", "info", "verify",
        "import company.jsonl", "import company.jsonl --receipts", "import company.jsonl --dry-run",
        "record NoteAdded id=full date=2025-01-01 text=x", "init other --company Acme --currency CNY", "--help",
        "balance --help", "--version"}) {
    const ShellResult result = Run("duebook " + command + " >/dev/full");
    EXPECT_EQ(result.status, 1) << command << "\n" << result.err;
    EXPECT_THAT(result.err, HasSubstr("cannot write standard output: No space left on device")) << command;
  }
  const ShellResult to_file = Run("duebook balance --output /dev/full");
  EXPECT_EQ(to_file.status, 1);
  EXPECT_THAT(to_file.err, HasSubstr("cannot write /dev/full: No space left on device"));
}

// Who reads a result may have enough of it; who reads receipts should know that there are more.
TEST_F(Output, ReaderThatWentAwayIsToldOfReceiptsOnly) {
  std::string many;
  for (int i = 0; i < 12'000; i++) {
    many += R"({"type":"NoteAdded","id":"n)" + std::to_string(i) + R"(","date":"2025-01-01","text":"a note"})" + "\n";
  }
  Write("many.jsonl", many);
  Print("duebook import many.jsonl");
  const auto cut_off = [&](const std::string& command) {
    const ShellResult result = Run("{ duebook " + command + "; echo $? >status; } | head -1 >/dev/null");
    EXPECT_EQ(Read("status"), "1\n") << command;
    return result.err;
  };
  EXPECT_THAT(cut_off("events"), IsEmpty());
  EXPECT_THAT(cut_off("events --format jsonl"), IsEmpty());
  EXPECT_THAT(cut_off("import many.jsonl --receipts"), HasSubstr("cannot write standard output: Broken pipe"));
}

TEST_F(Output, LostReceiptsNeverCostTheImportItsState) {
  Write("more.jsonl", Lines({R"({"type":"NoteAdded","id":"n1","date":"2025-01-01","text":"x"})"}));
  EXPECT_EQ(Run("duebook import more.jsonl --receipts >/dev/full").status, 1);
  EXPECT_EQ(Print("duebook import more.jsonl --receipts"), "1 duplicate 13\n");
  EXPECT_THAT(Print("duebook verify"), HasSubstr("13 events verified"));
}

TEST_F(Output, FolderOrFolderlessFileCannotBeWritten) {
  const ShellResult folder = Run("mkdir results; duebook balance --output results");
  EXPECT_EQ(folder.status, 1);
  EXPECT_THAT(folder.err, HasSubstr("cannot write results: Is a directory"));
  const ShellResult nowhere = Run("duebook balance --output nowhere/result");
  EXPECT_EQ(nowhere.status, 1);
  EXPECT_THAT(nowhere.err, HasSubstr("cannot write nowhere/result: No such file or directory"));
  EXPECT_EQ(Print("ls"), "company.jsonl\nledger\nresults\n");
}

// Older data, and names of files, may hold what acts on a terminal: no door shows it.
TEST_F(Output, NothingThatIsQuotedActsOnATerminal) {
  const std::string note = R"({"type":"NoteAdded","id":"n1","date":"2025-01-01","text":")";
  const std::string esc = "$(printf '\\033[31m\\302\\233')";
  Write("first", Lines({note + "x\"}"}));
  Write("second", Lines({note + "x\"}", note + "y\"}", note + "y\"}"}));
  Print("mv first \"" + esc + "1.jsonl\"; mv second \"" + esc + "2.jsonl\"; mkdir \"" + esc + "\"");
  Print("duebook import \"" + esc + "1.jsonl\"");
  const auto no_controls = testing::Not(testing::AnyOf(HasSubstr("\x1b"), HasSubstr("\u009b")));
  for (const std::string& command : std::vector<std::string>{
           "import \"" + esc + "2.jsonl\"",
           "import \"" + esc + "1.jsonl\" \"" + esc + "2.jsonl\" --rejects \"" + esc + "3\"",
           "import \"" + esc + "2.jsonl\" --dry-run", "record NoteAdded id=n1 date=2025-01-01 text=z",
           "backup \"" + esc + "/b\"", "restore \"" + esc + "/b\" \"" + esc + "/r\"",
           "init \"" + esc + "/l\" --company Acme --currency CNY --administrator ann"}) {
    const ShellResult result = Run("duebook " + command);
    EXPECT_THAT(result.out + result.err, no_controls) << command;
    EXPECT_THAT(result.out + result.err, HasSubstr(" [31m\\u009b")) << command;
  }
}

TEST_F(Output, ClosedStandardErrorIsNoReasonToFail) {
  EXPECT_EQ(Run("duebook balance 2>&-").status, 0);
  EXPECT_EQ(Run("duebook import nowhere.jsonl 2>/dev/full").status, 2);
}

}  // namespace
}  // namespace duebook
