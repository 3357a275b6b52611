// Files that the ledger keeps, with the built program.

#include "ledger/log/kept_files.h"

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

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
  const std::string told = Print("duebook --ledger ledger backup copy");
  EXPECT_THAT(told, HasSubstr("a file is not in it: ledger/files/"));
  EXPECT_THAT(told, Not(HasSubstr("is not kept"))) << "the same file is told once";
  EXPECT_THAT(Run("duebook --ledger copy verify").err, HasSubstr("that an event names is not kept"));
}

TEST_F(KeptFiles, ThatAreWrongHideNoneThatIsLost) {
  const std::string lost = Print("echo ledger/files/*");
  Write("other.png", std::string("\x89PNG\r\n\x1a\n") + "another picture");
  Print("mv " + lost.substr(0, lost.find('\n')) + " away.png");
  Print("duebook --ledger ledger company --date 2025-01-02 --logo other.png");
  Print("printf x >> $(echo ledger/files/*)");
  const std::string told = Print("duebook --ledger ledger backup copy");
  EXPECT_THAT(told, HasSubstr("a file is not in it: ledger/files/"));
  EXPECT_THAT(told, HasSubstr("a file is not in it: the file " + lost.substr(13, 64)));
}

TEST_F(KeptFiles, ThatAreLostAreFoundByVerifyAndToldByBackup) {
  Print("rm -r ledger/files");
  const ShellResult verified = Run("duebook --ledger ledger verify");
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, AllOf(StartsWith("duebook: found missing: the file "),
                                  HasSubstr("that an event names is not kept; copy it to files/")));
  EXPECT_THAT(Print("duebook --ledger ledger backup copy"), HasSubstr("a file is not in it: the file "));
  Print("duebook --ledger ledger company --date 2025-01-02 --logo logo.png");
  Print("duebook --ledger ledger verify");
}

// Under another name, as the tests may be run by somebody who may read everything.
TEST_F(KeptFiles, ThatCannotBeLookedForAreToldAndNotCalledLost) {
  Print("rm -r ledger/files; ln -s files ledger/files");
  const ShellResult verified = Run("duebook --ledger ledger verify");
  EXPECT_EQ(verified.status, 3);
  EXPECT_THAT(verified.err, HasSubstr("Too many levels of symbolic links"));
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
