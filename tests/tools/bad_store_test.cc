// Ledgers that cannot be used: said plainly, with status 3, whatever the command; found wrong, with status 1, by
// verify.

#include <algorithm>
#include <fstream>

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;

const char* const kCommands[] = {"balance",
                                 "aging --format csv",
                                 "trail C-1",
                                 "events --format jsonl",
                                 "info",
                                 "import company.jsonl",
                                 "record NoteAdded id=n date=2025-01-01 text=x"};

class BadStore : public ProgramTest {
 protected:
  BadStore() { MakeSmallCompany(); }
  void ExpectUnusable(const std::string& message) {
    for (const std::string command : kCommands) {
      const ShellResult result = Run("duebook " + command);
      EXPECT_EQ(result.status, 3) << command << "\n" << result.err;
      EXPECT_THAT(result.err, HasSubstr(message)) << command;
      EXPECT_THAT(result.out, IsEmpty()) << command;
    }
  }

  // Bytes that are as likely as any to be those of an event, in the files of the store that hold events.
  void Damage(const std::string& ending) {
    for (const auto& file : fs::recursive_directory_iterator(folder_ / "ledger")) {
      const std::string name = file.path().filename().string();
      if (!file.is_regular_file() || file.file_size() == 0 || !name.ends_with(ending)) continue;
      std::fstream bytes(file.path(), std::ios::binary | std::ios::in | std::ios::out);
      bytes.seekp(static_cast<std::streamoff>(file.file_size() / 2));
      bytes << "damaged!";
    }
  }
};

TEST_F(BadStore, OfANewerFormatIsLeftAlone) {
  Print("echo duebook ledger format 99 >ledger/FORMAT");
  ExpectUnusable("format 99");
  EXPECT_EQ(Run("duebook verify").status, 3);
}

TEST_F(BadStore, ThatIsNoneIsSaid) {
  Print("rm -r ledger");
  ExpectUnusable("there is no ledger in ledger");
  Print("mkdir ledger; echo hello >ledger/letter");
  ExpectUnusable("there is no ledger in ledger");
  Print("rm -r ledger; echo hello >ledger");
  ExpectUnusable("there is no ledger in ledger");
}

TEST_F(BadStore, WithoutItsManifestIsDamaged) {
  Print("rm ledger/store/CURRENT");
  ExpectUnusable("damaged");
}

TEST_F(BadStore, WithOtherBytesIsFoundWrong) {
  Damage(".sst");
  Damage(".log");
  const ShellResult verified = Run("duebook verify");
  EXPECT_EQ(verified.status, 1) << verified.out;
  EXPECT_THAT(verified.err, AnyOf(HasSubstr("damaged"), HasSubstr("found wrong")));
  // Any other command either answers as before or says that it cannot; none dies.
  for (const std::string command : kCommands) EXPECT_THAT(Run("duebook " + command).status, AnyOf(0, 3)) << command;
}

// Whatever is kept beside the log to answer faster is made again.
TEST_F(BadStore, ADamagedKeyIsFoundAndStopsNoReport) {
  const std::string before = Print("duebook balance");
  Write("ledger/key", "PRIVATE+KEY+");
  EXPECT_EQ(Print("duebook balance"), before);
  EXPECT_EQ(Run("duebook verify").status, 1);
  const ShellResult recorded = Run("duebook record NoteAdded id=n date=2025-01-01 text=x");
  EXPECT_EQ(recorded.status, 3);
  EXPECT_THAT(recorded.err, HasSubstr("move it away: without it events are recorded"));
  Print("rm ledger/key && duebook record NoteAdded id=n date=2025-01-01 text=x && duebook verify");
}

TEST_F(BadStore, ThatCannotBeWrittenIsStillRead) {
  const std::string before = Print("duebook balance");
  // Root writes whatever it likes.
  const ShellResult result =
      Run("chmod -R a-w ledger; duebook balance; touch ledger/probe; echo $?; chmod -R u+w ledger");
  EXPECT_THAT(result.out, HasSubstr(before));
}

}  // namespace
}  // namespace duebook
