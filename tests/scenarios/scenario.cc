#include "tests/scenarios/scenario.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <string_view>

#include "ledger/values/check.h"
#include "tests/support/shell.h"
#include "tests/support/temporary_folder.h"

namespace duebook {

namespace {

std::vector<std::string> SplitLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool StartsStep(std::string_view line) {
  return line.starts_with("$ ") || line.starts_with("#") || line.starts_with("file ");
}

// One line of output as it stands in a scenario: messages of standard error begin with "! ", and what would read as the
// scenario's own words is marked by a backslash.
std::string Quote(const std::string& line, bool is_error) {
  if (is_error) return line.empty() ? "!" : "! " + line;
  const bool ambiguous =
      StartsStep(line) || line.starts_with("! ") || line.starts_with("exit ") || line.starts_with("\\");
  return ambiguous ? "\\" + line : line;
}

std::string RunCommand(const std::string& command, const std::filesystem::path& program,
                       const std::filesystem::path& work_folder, std::vector<std::string>* printed) {
  const ShellResult result = RunInShell(command, program, work_folder);
  for (const std::string& line : SplitLines(result.out)) printed->push_back(Quote(MaskOutput(line), false));
  for (const std::string& line : SplitLines(result.err)) printed->push_back(Quote(MaskOutput(line), true));
  while (!printed->empty() && printed->back().empty()) printed->pop_back();
  if (result.status < 0) return "exit by a signal";
  return result.status == 0 ? "" : "exit " + std::to_string(result.status);
}

}  // namespace

void WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string Difference(const std::string& expected, const std::string& actual) {
  const TemporaryFolder folder;
  WriteFile(folder / "expected", expected);
  WriteFile(folder / "actual", actual);
  return RunInShell("diff -u expected actual", "/usr/bin/diff", folder.path()).out;
}

std::vector<std::string> FindScenarios(const std::filesystem::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".test") continue;
    found.push_back(entry.path().lexically_relative(folder).replace_extension().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string MaskOutput(std::string line) {
  static const std::vector<std::pair<std::regex, std::string>> masks{
      {std::regex(R"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?)"), "<time>"},
      {std::regex(R"(\b[0-9a-f]{64}\b)"), "<hash>"},
      {std::regex(R"(\b[0-9a-f]{12}…)"), "<hash>…"},
      {std::regex(R"(terminal:[^@\s,]+@[^\s,]+)"), "terminal:<login>@<machine>"},
      {std::regex(R"(\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44})"), "<public key>"},
      {std::regex(R"(\b[0-9a-f]{32}\b)"), "<id>"},
      {std::regex(R"(\b\d+(\.\d+)? ?(s|ms|seconds)\b)"), "<duration>"},
      {std::regex(R"(\b[\d,]+(\.\d+)? (events|lines)/s)"), "<speed>"},
  };
  for (const auto& [pattern, word] : masks) line = std::regex_replace(line, pattern, word);
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::vector<ScenarioStep> ParseScenario(const std::string& text) {
  std::vector<ScenarioStep> steps;
  const std::vector<std::string> lines = SplitLines(text);
  for (size_t i = 0; i < lines.size();) {
    ScenarioStep step;
    step.lines.push_back(lines[i++]);
    const std::string& first = step.lines.front();
    if (first.starts_with("file ")) {
      step.kind = ScenarioStep::Kind::kFile;
      while (i < lines.size() && lines[i] != "end") step.lines.push_back(lines[i++]);
      CHECK(i < lines.size());  // a file without its "end"
      i++;
    } else if (first.starts_with("$ ")) {
      step.kind = ScenarioStep::Kind::kCommand;
      while (step.lines.back().ends_with("\\") && i < lines.size()) step.lines.push_back(lines[i++]);
      while (i < lines.size() && !StartsStep(lines[i])) step.expected.push_back(lines[i++]);
    }
    steps.push_back(std::move(step));
    // Empty lines below a command are for the eye.
    std::vector<std::string>& expected = steps.back().expected;
    size_t empty = 0;
    for (; !expected.empty() && expected.back().empty(); empty++) expected.pop_back();
    for (; empty > 0; empty--) steps.push_back({ScenarioStep::Kind::kText, {""}, {}});
  }
  return steps;
}

std::string RunScenario(const std::vector<ScenarioStep>& steps, const std::filesystem::path& program,
                        const std::filesystem::path& work_folder) {
  std::string text;
  const auto add = [&text](const std::string& line) { text += line + "\n"; };
  for (const ScenarioStep& step : steps) {
    for (const std::string& line : step.lines) add(line);
    if (step.kind == ScenarioStep::Kind::kFile) {
      std::string content;
      for (size_t i = 1; i < step.lines.size(); i++) content += step.lines[i] + "\n";
      WriteFile(work_folder / step.lines.front().substr(5), content);
      add("end");
    } else if (step.kind == ScenarioStep::Kind::kCommand) {
      std::string command = step.lines.front().substr(2);
      for (size_t i = 1; i < step.lines.size(); i++) command += "\n" + step.lines[i];
      std::vector<std::string> printed;
      const std::string exit = RunCommand(command, program, work_folder, &printed);
      for (const std::string& line : printed) add(line);
      if (!exit.empty()) add(exit);
    }
  }
  return text;
}

}  // namespace duebook
