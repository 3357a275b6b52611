// Holds this repository against its own rules.

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/support/shell.h"
#include "tests/tidy/rule_pages.h"
#include "tests/tidy/rules.h"
#include "tests/tidy/source_file.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::Contains;

const fs::path kRoot = DUEBOOK_SOURCE_DIR;
const fs::path kBuild = DUEBOOK_BUILD_DIR;

const std::vector<SourceFile>& Files() {
  static const std::vector<SourceFile> files = ReadRepository(kRoot);
  return files;
}

bool IsRepository() { return fs::exists(kRoot / ".git"); }

// What a packager adds to an archive of it keeps rules of its own, unless it is committed.
bool IsAddedByPackager(const std::string& name) {
  if (name != "debian" || !fs::exists(kRoot / name)) return false;
  const ShellResult tracked = RunInShell("git ls-files -- " + name, kBuild / "duebook", kRoot);
  return tracked.status == 0 && tracked.out.empty();
}

class Repository : public testing::Test {
 protected:
  void SetUp() override {
    if (!IsRepository() || IsAddedByPackager("debian")) GTEST_SKIP() << "this is not the repository itself";
  }
};

TEST_F(Repository, EveryFileKeepsTheRules) {
  ASSERT_GT(Files().size(), 50U);
  std::string setup;
  for (const SourceFile& file : Files()) {
    if (file.path == "tools/setup.sh") setup = file.text;
  }
  ASSERT_FALSE(setup.empty());
  for (const SourceFile& file : Files()) {
    for (const std::string& breach : BreachesOf(file, setup)) ADD_FAILURE() << breach;
  }
}

TEST(TopLevel, HoldsOnlyWhatTheDesignNames) {
  if (!IsRepository()) GTEST_SKIP() << "this is not the repository itself";
  const std::set<std::string> allowed{"CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "schemas",
                                      "ledger",         "projections",       "tools",     "tests"};
  for (const auto& entry : fs::directory_iterator(kRoot)) {
    const std::string name = entry.path().filename().string();
    if (IsAddedByPackager(name)) continue;
    if (name.starts_with(".") || (name.starts_with("build") && entry.is_directory())) continue;
    EXPECT_THAT(allowed, Contains(name));
  }
}

// Built with DUEBOOK_LONG_TESTS only.
bool IsLongTest(const std::string& path) {
  for (const char* folder : {"tests/concurrency/", "tests/faults/", "tests/fuzz/", "tests/hostile/"}) {
    if (path.starts_with(folder)) return true;
  }
  return false;
}

// Built by a test, against what is installed.
bool IsProgramOfOthers(const std::string& path) { return path.starts_with("tests/packaging/program/"); }

// A source that no program or library takes in, or a test file that no test program takes in, is never compiled.
TEST_F(Repository, EverySourceIsBuilt) {
  std::ifstream file(kBuild / "compile_commands.json");
  ASSERT_TRUE(file.good());
  std::set<std::string> built;
  for (const auto& entry : nlohmann::json::parse(file)) {
    built.insert(fs::relative(entry.at("file").get<std::string>(), kRoot).generic_string());
  }
  const bool with_long_tests = built.contains("tests/concurrency/ledger_threads_test.cc");
  for (const SourceFile& source : Files()) {
    if (!source.path.ends_with(".cc") || IsProgramOfOthers(source.path)) continue;
    if (IsLongTest(source.path) && !with_long_tests) continue;
    EXPECT_THAT(built, Contains(source.path));
  }
}

TEST_F(Repository, EveryTestFileHasTestsAndItsNameSaysSo) {
  for (const SourceFile& source : Files()) {
    if (source.folder() != "tests" || !source.path.ends_with(".cc")) continue;
    bool has_tests = false;
    const std::string code = CodeOf(source.text);
    for (const char* macro : {"TEST", "TEST_F", "TEST_P", "TYPED_TEST", "RC_GTEST_PROP", "RC_GTEST_FIXTURE_PROP"}) {
      has_tests = has_tests || FindWord(code, macro) != std::string::npos;
    }
    EXPECT_EQ(has_tests, source.path.ends_with("_test.cc")) << source.path;
  }
}

// Scenarios are found by the ending of their names: any other name would lie there without being run.
TEST_F(Repository, EveryScenarioIsRun) {
  for (const SourceFile& file : Files()) {
    if (!file.path.starts_with("tests/scenarios/") || file.IsCode() || file.path.ends_with("/README.md")) continue;
    EXPECT_TRUE(file.path.ends_with(".test") || file.path.ends_with(".tar.gz")) << file.path;
  }
}

// The text of the comments, or of the whole document.
std::string ProseOf(const SourceFile& file) {
  if (!file.IsCode()) return file.text;
  const std::string code = CodeOf(file.text);
  std::string prose;
  size_t start = 0;
  while (start < file.text.size()) {
    const size_t end = std::min(file.text.find('\n', start), file.text.size());
    const size_t comment = file.text.substr(start, end - start).find("//");
    // Within a literal two slashes stand behind something else than a blank.
    const bool is_comment = comment != std::string::npos && code[start + comment] == ' ' &&
                            (comment == 0 || file.text[start + comment - 1] == ' ');
    if (is_comment) prose += file.text.substr(start + comment, end - start - comment);
    prose += '\n';
    start = end + 1;
  }
  return prose;
}

// Names of files as comments and notes write them: by the name alone, or with folders before it.
TEST_F(Repository, NamesOfFilesInCommentsAreOfFilesThatAreThere) {
  const std::regex name(R"([A-Za-z0-9_./-]*[A-Za-z0-9_]\.(h|cc|fbs)\b)");
  std::set<std::string> known;
  for (const SourceFile& file : Files()) {
    for (size_t slash = 0; slash != std::string::npos; slash = file.path.find('/', slash + 1)) {
      known.insert(file.path.substr(slash == 0 ? 0 : slash + 1));
    }
  }
  for (const SourceFile& file : Files()) {
    if (!file.IsCode() && !file.path.ends_with(".md") && !file.path.ends_with(".fbs")) continue;
    const std::string prose = ProseOf(file);
    for (std::sregex_iterator found(prose.begin(), prose.end(), name), end; found != end; ++found) {
      const fs::path beside = fs::path(file.path).parent_path() / found->str();
      const bool is_there = known.contains(found->str()) || known.contains(beside.lexically_normal().string());
      const bool stands_for_any = found->str().find("NAME") != std::string::npos;
      EXPECT_TRUE(is_there || stands_for_any)
          << file.path << ":" << LineOf(prose, static_cast<size_t>(found->position())) << ": " << found->str();
    }
  }
}

TEST_F(Repository, LinksBetweenDocumentsLeadSomewhere) {
  for (const SourceFile& file : Files()) {
    if (!file.path.ends_with(".md")) continue;
    for (size_t place = file.text.find("]("); place != std::string::npos; place = file.text.find("](", place + 1)) {
      const size_t start = place + 2;
      std::string target = file.text.substr(start, file.text.find(')', start) - start);
      target = target.substr(0, target.find('#'));
      if (target.empty() || target.find("://") != std::string::npos) continue;
      EXPECT_TRUE(fs::exists(kRoot / fs::path(file.path).parent_path() / target)) << file.path << ": " << target;
    }
  }
}

// A rule is worth its test: a page that named one which is gone would promise what nothing holds any more.
TEST_F(Repository, PagesOfRulesNameTestsThatAreThere) {
  const std::set<std::string> tests = TestNamesIn(Files());
  std::set<std::string> pages{"ledger/RULES.md", "tools/INTERFACE.md"};
  for (const SourceFile& file : Files()) {
    if (pages.erase(file.path) == 0) continue;
    for (const std::string& breach : BreachesOfRulePage(file, tests)) ADD_FAILURE() << breach;
  }
  EXPECT_TRUE(pages.empty()) << *pages.begin() << " is missing";
}

TEST_F(Repository, ScriptsCanBeRun) {
  for (const SourceFile& file : Files()) {
    if (!file.text.starts_with("#!")) continue;
    const fs::perms perms = fs::status(kRoot / file.path).permissions();
    EXPECT_NE(perms & fs::perms::owner_exec, fs::perms::none) << file.path;
  }
}

TEST_F(Repository, FormatterHasNothingToChange) {
  std::string command = fmt::format("cd '{}' && clang-format --dry-run --Werror", kRoot.string());
  for (const SourceFile& file : Files()) {
    if (file.IsCode()) command += fmt::format(" '{}'", file.path);
  }
  EXPECT_EQ(std::system(command.c_str()), 0) << "clang-format -i the files above";
}

}  // namespace
}  // namespace duebook
