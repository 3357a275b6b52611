#include "tools/commands/shell_word.h"

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

class ShellWords : public ProgramTest {};

TEST_F(ShellWords, AreOneWordToAShell) {
  for (const std::string word : {"C-7", "华东", "a b", "it's", "", "$HOME", "a;b", "\"q\"", "-x", "a\nb"}) {
    EXPECT_EQ(Print("printf %s " + ShellWord(word)), word);
  }
}

}  // namespace
}  // namespace duebook
