// Scenarios: plain text files of commands and what they must print (the format is described in tests/README.md).
//
// A scenario is run by rendering it again with what its commands print now: it holds if that gives the same text.

#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace duebook {

struct ScenarioStep {
  enum class Kind { kText, kFile, kCommand };
  Kind kind = Kind::kText;
  std::vector<std::string> lines;     // as they stand in the scenario, without what a command prints
  std::vector<std::string> expected;  // kCommand: what it prints
};

// All scenarios below a folder, with their paths relative to it, without ".test", in order.
std::vector<std::string> FindScenarios(const std::filesystem::path& folder);

std::vector<ScenarioStep> ParseScenario(const std::string& text);

// Runs the commands in `work_folder`, which must be empty, and returns the scenario's text with what they print.
std::string RunScenario(const std::vector<ScenarioStep>& steps, const std::filesystem::path& program,
                        const std::filesystem::path& work_folder);

// What changes from run to run (times, durations, sizes, hashes, made-up ids), replaced by words such as <time>.
std::string MaskOutput(std::string line);

// The lines in which two texts differ, as `diff -u` shows them.
std::string Difference(const std::string& expected, const std::string& actual);

void WriteFile(const std::filesystem::path& path, const std::string& text);

}  // namespace duebook
