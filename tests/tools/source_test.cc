// What an event's source says of the door it came through, and of who stood there.

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::Not;

class SourceTest : public ProgramTest {
 protected:
  std::string SourceOf(const std::string& id) {
    return Print("duebook events --format csv | grep ',NoteAdded," + id + ",' | cut -d, -f8");
  }
};

// The shell works out the same from what the system says.
constexpr std::string_view kLoginAndMachine =
    "user=$(cat /proc/self/loginuid 2>/dev/null || echo 4294967295); "
    "test $user != 4294967295 || user=$(id -ru); "
    "echo terminal:$(getent passwd $user | cut -d: -f1 || echo uid$user)@$(uname -n)";

TEST_F(SourceTest, ARecordThatIsTypedSaysWhichLoginOnWhichMachine) {
  MakeLedger();
  Print("duebook record NoteAdded date=2025-03-01 id=n1 text=x");
  EXPECT_EQ(SourceOf("n1"), Print(std::string(kLoginAndMachine)));
}

TEST_F(SourceTest, TheEnvironmentHasNoSayInIt) {
  MakeLedger();
  Print("duebook record NoteAdded date=2025-03-01 id=n1 text=x");
  Print(
      "env USER=mallory LOGNAME=mallory LOGIN=mallory SUDO_USER=mallory HOME=/nowhere HOSTNAME=elsewhere "
      "duebook record NoteAdded date=2025-03-01 id=n2 text=x");
  EXPECT_THAT(SourceOf("n2"), HasSubstr("terminal:"));
  EXPECT_EQ(SourceOf("n2"), SourceOf("n1"));
}

TEST_F(SourceTest, ARecordCannotSayWhereItComesFrom) {
  MakeLedger();
  Print("duebook record NoteAdded date=2025-03-01 id=n1 text=x source=terminal:mallory@elsewhere");
  EXPECT_THAT(SourceOf("n1"), Not(HasSubstr("mallory")));
}

TEST_F(SourceTest, NoFileIsCalledAsAnotherDoorIs) {
  MakeLedger();
  Write("terminal:mallory@elsewhere", R"({"type":"NoteAdded","id":"n1","date":"2025-03-01","text":"x"})");
  Write("n2.csv", "type,id,date,text\nNoteAdded,n2,2025-03-01,x\n");
  Write("api:7", "Id;Tag\nn3;2025-03-01\n");
  Write("map.toml",
        "[file]\ndelimiter = ';'\n[[event]]\ntype = 'NoteAdded'\nid = '{Id}'\ndate = '{Tag}'\ntext = 'x'\n");
  Print("duebook import terminal:mallory@elsewhere n2.csv && duebook import --map map.toml api:7");
  EXPECT_EQ(SourceOf("n1"), "./terminal:mallory@elsewhere:1\n");
  EXPECT_EQ(SourceOf("n2"), "n2.csv:2\n");
  EXPECT_EQ(SourceOf("n3"), "./api:7:2\n");
}

}  // namespace
}  // namespace duebook
