// Runs each scenario below this folder. With DUEBOOK_UPDATE_SCENARIOS=1 the files are rewritten with what the commands
// print now, to be looked through and committed.

#include "tests/scenarios/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "tests/support/shell.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

const std::filesystem::path kScenarios = DUEBOOK_SCENARIOS;
const std::filesystem::path kProgram = DUEBOOK_PROGRAM;

// NAME.tar.gz beside NAME.test holds what the scenario begins with: what cannot be written down as commands.
void UnpackArchive(const std::filesystem::path& scenario, const std::filesystem::path& work_folder) {
  const std::filesystem::path archive = std::filesystem::path(scenario).replace_extension(".tar.gz");
  if (!std::filesystem::exists(archive)) return;
  const ShellResult unpacked = RunInShell("tar -xzf '" + archive.string() + "'", kProgram, work_folder);
  ASSERT_EQ(unpacked.status, 0) << unpacked.err;
}

class ScenarioTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioTest, PrintsWhatItSays) {
  const std::filesystem::path path = kScenarios / (GetParam() + ".test");
  const TemporaryFolder work;
  UnpackArchive(path, work.path());
  ASSERT_EQ(setenv("DUEBOOK_MAPS", DUEBOOK_SOURCE_DIR "/tools/maps", 1), 0);
  const std::string before = ReadWholeFile(path);
  const std::string after = RunScenario(ParseScenario(before), kProgram, work.path());
  if (before == after) return;
  if (std::getenv("DUEBOOK_UPDATE_SCENARIOS") != nullptr) {
    WriteFile(path, after);
    return;
  }
  ADD_FAILURE() << Difference(before, after)
                << "If this is right, run again with DUEBOOK_UPDATE_SCENARIOS=1 and commit the change.";
}

std::string TestName(const testing::TestParamInfo<std::string>& scenario) {
  std::string name = scenario.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ScenarioTest, testing::ValuesIn(FindScenarios(kScenarios)), TestName);

TEST(ScenarioFormat, OutputIsComparedToTheLastLine) {
  const TemporaryFolder work;
  const std::string held = "# say\n$ echo one; echo two\none\ntwo\n\n$ false\nexit 1\n";
  EXPECT_EQ(RunScenario(ParseScenario(held), kProgram, work.path()), held);
  EXPECT_EQ(RunScenario(ParseScenario("$ echo one; echo two\none\n"), kProgram, work.path()),
            "$ echo one; echo two\none\ntwo\n");
}

TEST(ScenarioFormat, MessagesAndFilesAreMarked) {
  const TemporaryFolder work;
  const std::string held = "file a.txt\n$ no command\nend\n$ cat a.txt; echo oops >&2\n\\$ no command\n! oops\n";
  EXPECT_EQ(RunScenario(ParseScenario(held), kProgram, work.path()), held);
}

TEST(ScenarioFormat, WhatChangesFromRunToRunIsMasked) {
  EXPECT_EQ(MaskOutput("1 2025-01-02T03:04:05.000006Z 2025-01-02"), "1 <time> 2025-01-02");
  EXPECT_EQ(MaskOutput("root " + std::string(64, 'a')), "root <hash>");
  EXPECT_EQ(MaskOutput("in 0.02 s"), "in <duration>");
}

}  // namespace
}  // namespace duebook
