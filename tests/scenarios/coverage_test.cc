// Every refusal code has a runnable example, refusals/CODE.test or CODE-WHAT.test, that prints it; every violation of
// the rules of write-offs likewise, violations/NAME.test; every event type has a scenario, events/TYPE.test, that
// records one; and no scenario there is of what doesn't exist.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "ledger/command/rejection.h"
#include "ledger/event/event.h"
#include "projections/reports/write_off_register.h"
#include "tests/scenarios/scenario.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

const std::filesystem::path kRefusals = std::filesystem::path(DUEBOOK_SCENARIOS) / "refusals";
const std::filesystem::path kViolations = std::filesystem::path(DUEBOOK_SCENARIOS) / "violations";
const std::filesystem::path kEvents = std::filesystem::path(DUEBOOK_SCENARIOS) / "events";

std::vector<ScenarioStep> StepsOf(const std::filesystem::path& folder, const std::string& name) {
  const std::filesystem::path path = folder / (name + ".test");
  if (!std::filesystem::exists(path)) return {};
  return ParseScenario(ReadWholeFile(path));
}

// Whether one of the commands that contain `command` prints a line with `text`.
bool Prints(const std::vector<ScenarioStep>& steps, const std::string& command, const std::string& text) {
  return std::any_of(steps.begin(), steps.end(), [&](const ScenarioStep& step) {
    if (step.lines.front().find(command) == std::string::npos) return false;
    return std::any_of(step.expected.begin(), step.expected.end(),
                       [&](const std::string& line) { return line.find(text) != std::string::npos; });
  });
}

std::set<std::string> Names(const std::filesystem::path& folder) {
  const std::vector<std::string> found = FindScenarios(folder);
  return {found.begin(), found.end()};
}

TEST(Coverage, EveryRefusalCodeHasAnExampleThatPrintsIt) {
  std::set<std::string> codes;
  for (const RejectionCode code : AllRejectionCodes()) {
    codes.emplace(CodeName(code));
    EXPECT_TRUE(Names(kRefusals).contains(std::string(CodeName(code)))) << "no example of " << CodeName(code);
  }
  for (const std::string& name : Names(kRefusals)) {
    const std::string code = name.substr(0, name.find('-'));
    EXPECT_TRUE(codes.contains(code)) << name;
    EXPECT_TRUE(Prints(StepsOf(kRefusals, name), "$ duebook ", ": " + code + ": ")) << name;
  }
}

TEST(Coverage, EveryViolationHasAnExampleThatPrintsIt) {
  std::set<std::string> names;
  for (const WriteOffBreak violation : AllWriteOffBreaks()) {
    const std::string name(BreakName(violation));
    names.insert(name);
    EXPECT_TRUE(Prints(StepsOf(kViolations, name), "write-offs --violations", name + " ")) << name;
  }
  EXPECT_EQ(Names(kViolations), names);
}

TEST(Coverage, EveryEventTypeHasAScenarioThatRecordsOne) {
  std::set<std::string> types;
  for (const EventTypeInfo& info : AllEventTypes()) {
    types.insert(info.name);
    // A key is made and recorded by a command of its own.
    const bool by_key = info.type == EventType::SigningKeyChanged;
    const std::vector<ScenarioStep> steps = StepsOf(kEvents, info.name);
    EXPECT_TRUE(by_key ? Prints(steps, "duebook key lost ", "on the ledger signs by ")
                       : Prints(steps, "record " + info.name + " ", "recorded "))
        << info.name;
  }
  EXPECT_EQ(Names(kEvents), types);
}

}  // namespace
}  // namespace duebook
