// Files that the ledger keeps, with the built program.

#include "ledger/log/kept_files.h"

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::Not;

class KeptFiles : public ProgramTest {
 protected:
  void SetUp() override {
    MakeLedger();
    Write("logo.png", std::string("\x89PNG\r\n\x1a\n") + "a picture");
    Print("duebook --ledger ledger company --date 2025-01-01 --logo logo.png");
  }
  std::string FilesOf(const std::string& ledger) { return Print("cat " + ledger + "/files/* | cksum"); }
};

TEST_F(KeptFiles, AreCopiedByBackupAndRestoreAndVerified) {
  Print("duebook --ledger ledger backup copy");
  Print("duebook restore copy again");
  for (const char* ledger : {"copy", "again"}) {
    EXPECT_EQ(FilesOf(ledger), FilesOf("ledger"));
    Print(std::string("duebook --ledger ") + ledger + " verify");
    Print(std::string("printf x >> $(echo ") + ledger + "/files/*)");
    const ShellResult found = Run(std::string("duebook --ledger ") + ledger + " verify");
    EXPECT_EQ(found.status, 1);
    EXPECT_THAT(found.err, HasSubstr("/files/"));
  }
  // The next backup mends its copy.
  Print("duebook --ledger ledger backup copy");
  Print("duebook --ledger copy verify");
}

TEST_F(KeptFiles, OfWhichOneIsWrongStopNoBackupAndItSaysSo) {
  Print("printf x >> $(echo ledger/files/*)");
  EXPECT_THAT(Print("duebook --ledger ledger backup copy"), HasSubstr("a file is not in it: ledger/files/"));
  EXPECT_THAT(Run("duebook --ledger copy verify").err, HasSubstr("that an event names is not kept here"));
}

TEST_F(KeptFiles, ThatAreLostAreFoundByVerifyAndToldByBackup) {
  Print("rm -r ledger/files");
  const ShellResult verified = Run("duebook --ledger ledger verify");
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, HasSubstr("that an event names is not kept here"));
  EXPECT_THAT(Print("duebook --ledger ledger backup copy"), HasSubstr("that an event names is not kept here"));
  Print("duebook --ledger ledger company --date 2025-01-02 --logo logo.png");
  Print("duebook --ledger ledger verify");
}

TEST_F(KeptFiles, ThatAreLostLeaveALetterWithoutLogoAndThatIsTold) {
  Write("given.jsonl", Lines({kOpened, kInvoice}));
  Print("duebook import given.jsonl");
  EXPECT_THAT(Print("duebook statement C-1 --format html"), HasSubstr("data:image/png;base64,"));
  Print("rm -r ledger/files");
  const ShellResult letter = Run("duebook statement C-1 --format html");
  EXPECT_EQ(letter.status, 0);
  EXPECT_THAT(letter.err, HasSubstr("letters have no logo"));
  EXPECT_THAT(letter.out, Not(HasSubstr("data:")));
}

TEST_F(KeptFiles, AreNoneThatAPersonNamesToBeWritten) {
  const ShellResult refused = Run("duebook balance --output ledger/files/x.csv");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("is a file of the ledger"));
}

}  // namespace
}  // namespace duebook
