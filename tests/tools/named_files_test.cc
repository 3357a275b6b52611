// What a command writes is never what the same command reads, nor a file with further names that would change too.

#include <CLI/CLI.hpp>

#include "tests/tools/program_fixture.h"
#include "tools/commands/command_line.h"
#include "tools/commands/session.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class NamedFiles : public ProgramTest {
 protected:
  NamedFiles() { MakeSmallCompany(); }

  void ExpectRefused(const std::string& command, std::string_view why) {
    const ShellResult result = Run(command);
    EXPECT_EQ(result.status, 2) << command << "\n" << result.out << result.err;
    EXPECT_THAT(result.err, HasSubstr(why)) << command;
    EXPECT_THAT(result.err, HasSubstr("; name another file")) << command;
  }
};

TEST_F(NamedFiles, NoCommandWritesOverWhatItReads) {
  Print("mkdir files; duebook checkpoint --output files/chk; duebook prove I-1 --output files/proof");
  Print("KEY=$(duebook info | sed -n 's/^public_key *//p'); printf %s \"$KEY\" > key.pub");
  Write("files/e.csv", "a,b\n1,2\n");
  Write("files/m.toml", "x = 1\n");
  Write("files/m.reasons.csv", "x = 1\n");
  Print("cp company.jsonl files; cp ledger/key files/kept; ln -s files linked; ln files/chk files/hard");
  const std::string before = Print("cat files/*");
  for (const std::string command : {
           "checkpoint --check files/chk --output files/chk",
           "checkpoint --check files/chk --format json --output ./linked/../linked/chk",
           "checkpoint --check files/hard --output files/chk",
           "prove --check files/proof --key \"$(cat key.pub)\" --output files/proof",
           "import --map files/m.toml files/e.csv --rejects files/m.toml",
           "import --map files/m.reasons.csv files/e.csv --rejects files/m",
           "import files/company.jsonl --rejects linked/company.jsonl",
           "import - --rejects files/company.jsonl < files/company.jsonl",
           "--log-level trace --log-file files/company.jsonl import files/company.jsonl",
           "--log-level trace --log-file files/chk verify --checkpoint files/chk",
           "--key-file files/kept checkpoint --output files/kept",
       }) {
    ExpectRefused("duebook " + command, "would overwrite what is read");
  }
  EXPECT_EQ(Print("cat files/*"), before);
}

TEST_F(NamedFiles, NoTwoResultsGoToOneFile) {
  ExpectRefused("duebook --log-file new balance --output ./new", "--log-file new");
  ExpectRefused("duebook --log-file new.reasons.csv import company.jsonl --rejects new", "would overwrite");
  Print("duebook --log-file /dev/null balance --output /dev/null");
}

TEST_F(NamedFiles, WhatIsWrittenWhereItLiesHasOneName) {
  Print("ln ledger/store/CURRENT hard; ln ledger/store/CURRENT r.reasons.csv");
  const std::string before = Read("hard");
  ExpectRefused("duebook --log-level info --log-file hard info", "further names");
  ExpectRefused("duebook import company.jsonl --rejects hard", "further names");
  ExpectRefused("duebook import company.jsonl --rejects r", "further names");
  EXPECT_EQ(Read("hard"), before);
  Print("duebook verify; duebook balance --output hard");  // made beside it: the other name keeps what it had
  Print("duebook verify");
}

TEST_F(NamedFiles, NoCommandWritesOverALedgersOwnFile) {
  const std::string before = Print("cat ledger/FORMAT ledger/key");
  Print("ln -s ../ledger/key r.reasons.csv; mkdir sub; ln -s ../ledger/key sub/r.reasons.csv");
  for (const std::string command : {
           "balance --output ledger/FORMAT",
           "events --output ledger/key",
           "checkpoint --output ledger/store/new",
           "prove 1 --output ledger/key",
           "import company.jsonl --rejects ledger/FORMAT",
           "import company.jsonl --rejects sub/r",
           "--log-file ledger/store/new info",
       }) {
    ExpectRefused("duebook " + command, "ledger");
  }
  EXPECT_EQ(Print("cat ledger/FORMAT ledger/key"), before);
}

TEST_F(NamedFiles, EachOptionThatTakesAFileReadsOrWritesIt) {
  Session session;
  CLI::App program;
  DescribeCommandLine(program, session);
  size_t files = 0;
  const auto look = [&](const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
      const OptionFacts& facts = session.option_table.Of(*option);
      const std::string name = option->get_positional() ? option->get_single_name() : option->get_type_name();
      EXPECT_EQ(name.starts_with("FILE"), facts.is_read != !facts.written_endings.empty()) << option->get_name();
      files += facts.is_read || !facts.written_endings.empty() ? 1 : 0;
    }
  };
  look(program);
  for (const CLI::App* command : program.get_subcommands(nullptr)) look(*command);
  EXPECT_GT(files, 10U);
}

// Files that nobody named are not written over, neither what is imported nor what an earlier import refused.
TEST_F(NamedFiles, RefusedLinesOfOtherColumnsTakeANameThatIsFree) {
  Write("one.csv", "type,id,date,text\nNoteAdded,n1,2025-01-32,x\n");
  Write("hr.2.csv", "id,type,date,text\nn2,NoteAdded,2025-01-32,x\n");
  Write("hr.3.csv.reasons.csv", "of something else\n");
  Print("ln -s nowhere hr.4.csv");
  const ShellResult result = Run("duebook import one.csv hr.2.csv --rejects hr.csv");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.out, HasSubstr("refused lines are in hr.csv, hr.5.csv;"));
  EXPECT_EQ(Read("hr.2.csv"), "id,type,date,text\nn2,NoteAdded,2025-01-32,x\n");
  EXPECT_EQ(Read("hr.3.csv.reasons.csv"), "of something else\n");
  EXPECT_EQ(Read("hr.5.csv"), Read("hr.2.csv"));
  EXPECT_THAT(Read("hr.5.csv.reasons.csv"), StartsWith("file,line,field,code,sentence\nhr.2.csv,2,"));
}

}  // namespace
}  // namespace duebook
