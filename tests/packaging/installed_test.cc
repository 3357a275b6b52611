// What `cmake --install` puts into place, and whether it works there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/sanitized.h"
#include "tests/support/shell.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class InstalledTree : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder();
    const ShellResult installed = Run("cmake --install " DUEBOOK_BUILD_DIR " --prefix installed");
    ASSERT_EQ(installed.status, 0) << installed.out << installed.err;
  }
  static void TearDownTestSuite() { delete folder_; }

  static fs::path Prefix() { return folder_->path() / "installed"; }
  // With the installed program in the path.
  static ShellResult Run(const std::string& script) {
    return RunInShell(script, Prefix() / "bin" / "duebook", folder_->path());
  }
  // The commands that `duebook --help` names.
  static std::vector<std::string> Commands() {
    const std::string help = Run("duebook --help").out;
    const size_t first = help.find("Record:");
    std::istringstream lines(help.substr(first, help.find("Example:") - first));
    std::vector<std::string> commands;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("  ") && line[2] != ' ') commands.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return commands;
  }
  static std::string ManPage(const std::string& name) {
    const ShellResult page = Run("gzip -dc installed/share/man/man1/" + name + ".1.gz");
    EXPECT_EQ(page.status, 0) << page.err;
    return page.out;
  }
  // What bash offers for the last of `words`.
  static std::string Offered(const std::string& words) {
    const ShellResult offered =
        Run("bash -c 'source installed/share/bash-completion/completions/duebook; compopt() { :; }; COMP_WORDS=(" +
            words + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _duebook; echo \"${COMPREPLY[*]}\"'");
    EXPECT_EQ(offered.status, 0) << offered.err;
    return offered.out;
  }

  static TemporaryFolder* folder_;
};
TemporaryFolder* InstalledTree::folder_ = nullptr;

TEST_F(InstalledTree, RunsTheProgramFromItsPlace) {
  const ShellResult version = Run("duebook --version");
  EXPECT_EQ(version.status, 0) << version.err;
  for (const std::string folder : {"cards", "maps"}) {
    for (const fs::directory_entry& file : fs::directory_iterator(DUEBOOK_SOURCE_DIR "/tools/" + folder)) {
      EXPECT_TRUE(fs::exists(Prefix() / "share" / "duebook" / folder / file.path().filename())) << file.path();
    }
  }
}

TEST_F(InstalledTree, HasAManPageOfEachCommandThatNamesItsOptions) {
  ASSERT_GT(Commands().size(), 15U);
  const std::string program = ManPage("duebook");
  for (const std::string& command : Commands()) {
    const std::string text = ManPage("duebook-" + command);
    EXPECT_THAT(text, HasSubstr(".SH OPTIONS\n"));
    EXPECT_THAT(text, HasSubstr(".SH EXAMPLES\n"));
    EXPECT_THAT(text, HasSubstr("\\-\\-ledger"));
    EXPECT_THAT(text, ::testing::Not(HasSubstr("\n'"))) << "a line that troff takes for a request";
  }
  EXPECT_THAT(ManPage("duebook-aging"), HasSubstr("\\-\\-known"));
  EXPECT_THAT(program, HasSubstr("duebook\\-aging"));
  EXPECT_THAT(ManPage("duebook-record"), HasSubstr("\\fBInvoiceIssued\\fR\n"));
  const std::string aging = ManPage("duebook-aging");
  EXPECT_EQ(aging.find("\\-\\-help"), aging.rfind("\\-\\-help")) << "told once";
}

TEST_F(InstalledTree, CompletesCommandsOptionsAndValuesInBash) {
  EXPECT_EQ(Offered("duebook ag"), "aging\n");
  EXPECT_EQ(Offered("duebook --ledger books ag"), "aging\n");
  EXPECT_EQ(Offered("duebook aging --kno"), "--known\n");
  EXPECT_EQ(Offered("duebook aging --language z"), "zh\n");
  EXPECT_EQ(Offered("duebook import --kno"), "\n");
}

TEST_F(InstalledTree, CompletesInBashWhatStandsBehindASignOrInAPlace) {
  EXPECT_EQ(Offered("duebook --ledger = books ag"), "aging\n");
  EXPECT_EQ(Offered("duebook --ledger=books ag"), "aging\n") << "where the sign does not part words";
  EXPECT_EQ(Offered("duebook aging --language = z"), "zh\n");
  EXPECT_EQ(Offered("duebook aging --language = \"\""), "en zh\n");
  EXPECT_EQ(Offered("duebook aging --language ="), "en zh\n");
  EXPECT_EQ(Offered("duebook --log-level = tr"), "trace\n");
  EXPECT_EQ(Offered("duebook aging --by sal"), "salesperson\n");
  EXPECT_EQ(Offered("duebook aging --known close"), "\n");
  EXPECT_EQ(Offered("duebook record Inv"), "InvoiceIssued InvoiceVoided InvoiceRescheduled\n");
  EXPECT_EQ(Offered("duebook record --actor ann Inv"), "InvoiceIssued InvoiceVoided InvoiceRescheduled\n");
  EXPECT_EQ(Offered("duebook record InvoiceIssued Inv"), "\n");
  EXPECT_EQ(Offered("duebook key ro"), "rotate\n");
  EXPECT_EQ(Offered("duebook info --format \"\""), "table csv json\n");
  EXPECT_EQ(Offered("duebook record --as-im"), "--as-imported\n");
}

TEST_F(InstalledTree, HasACompletionOfEachCommandForZsh) {
  const std::string completion = ReadWholeFile(Prefix() / "share" / "zsh" / "site-functions" / "_duebook");
  for (const std::string& command : Commands()) EXPECT_THAT(completion, HasSubstr("\n    " + command + ") _arguments"));
  for (const char* part : {"'--ledger=[", "'*--customer=[", ":value:(customer salesperson currency)'",
                           "'1:value:(rotate lost)'", "'1:value:(CustomerOpened "}) {
    EXPECT_THAT(completion, HasSubstr(part));
  }
  const std::string explain = completion.substr(completion.find("\n    explain) "));
  EXPECT_THAT(explain.substr(0, explain.find(";;")), HasSubstr("'*--known=["));
  if (Run("command -v zsh").status != 0) GTEST_SKIP() << "zsh is not installed";
  const ShellResult read = Run("zsh -n installed/share/zsh/site-functions/_duebook");
  EXPECT_EQ(read.status, 0) << read.err;
}

// Debian's zsh looks into share/zsh/vendor-completions below /usr only, and below /usr/local only into site-functions.
TEST_F(InstalledTree, PutsTheCompletionForZshWhereItIsLookedFor) {
  for (const std::string place : {"usr/share/zsh/vendor-completions", "usr/local/share/zsh/site-functions"}) {
    const std::string prefix = place.substr(0, place.find("/share"));
    const ShellResult installed =
        Run("DESTDIR=$PWD/stage cmake --install " DUEBOOK_BUILD_DIR " --component program --prefix /" + prefix);
    EXPECT_EQ(installed.status, 0) << installed.err;
    EXPECT_EQ(Run("cd stage && find " + prefix + " -name _duebook").out, place + "/_duebook\n");
    fs::remove_all(folder_->path() / "stage");
  }
}

TEST_F(InstalledTree, ServesAProgramOfOthersByFindPackage) {
  if (kSanitized) GTEST_SKIP() << "archives that are built for a sanitizer serve no other program";
  const ShellResult built = Run("cmake -G Ninja -S " DUEBOOK_SOURCE_DIR
                                "/tests/packaging/program -B build -DCMAKE_CXX_COMPILER=" DUEBOOK_COMPILER
                                " -DCMAKE_PREFIX_PATH=$PWD/installed && cmake --build build");
  ASSERT_EQ(built.status, 0) << built.out << built.err;
  const ShellResult ran = Run("build/receivables books && duebook --ledger books verify");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("5000 minor units of CNY\n3 events verified"));
}

// Where a library is missing, a program that can do without Duebook is configured all the same.
TEST_F(InstalledTree, IsNotFoundWhereALibraryIsMissing) {
  const auto configure = [](const std::string& how) {
    Run("mkdir -p other; printf 'cmake_minimum_required(VERSION 3.22)\nproject(other CXX)\nfind_package(duebook " +
        how + ")\nmessage(STATUS \"duebook: ${duebook_FOUND}\")\n' >other/CMakeLists.txt; rm -rf configured");
    return Run("PKG_CONFIG_LIBDIR=/nowhere cmake -G Ninja -S other -B configured -DCMAKE_CXX_COMPILER=" DUEBOOK_COMPILER
               " -DCMAKE_PREFIX_PATH=$PWD/installed 2>&1");
  };
  const ShellResult optional = configure("");
  EXPECT_EQ(optional.status, 0) << optional.out;
  EXPECT_THAT(optional.out, HasSubstr("duebook: 0"));
  EXPECT_THAT(optional.out, HasSubstr("what it is made of is not there: libsodium"));
  EXPECT_NE(configure("REQUIRED").status, 0);
}

}  // namespace
}  // namespace duebook
