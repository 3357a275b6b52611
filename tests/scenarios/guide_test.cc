// Plays the guides, and the examples of --help, as somebody would who types them line by line. With
// DUEBOOK_UPDATE_SCENARIOS=1 the guides are rewritten with what their commands print now, to be looked through and
// committed.

#include "tests/scenarios/guide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>
#include <sstream>

#include "tests/scenarios/scenario.h"
#include "tests/support/shell.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

const std::filesystem::path kSource = DUEBOOK_SOURCE_DIR;
const std::filesystem::path kProgram = DUEBOOK_PROGRAM;

class GuideTest : public testing::TestWithParam<std::string> {};

TEST_P(GuideTest, PrintsWhatItSays) {
  const std::filesystem::path path = kSource / GetParam();
  const TemporaryFolder work;
  const std::string before = ReadWholeFile(path);
  const PlayedGuide played = PlayGuide(before, kSource, kProgram, work.path());
  EXPECT_THAT(played.failures, testing::IsEmpty());
  if (before == played.text) return;
  if (std::getenv("DUEBOOK_UPDATE_SCENARIOS") != nullptr) {
    WriteFile(path, played.text);
    return;
  }
  ADD_FAILURE() << Difference(before, played.text)
                << "If this is right, run again with DUEBOOK_UPDATE_SCENARIOS=1 and commit the change.";
}

std::string NameOf(const testing::TestParamInfo<std::string>& guide) {
  return std::regex_replace(guide.param, std::regex("[^A-Za-z0-9]"), "_");
}

INSTANTIATE_TEST_SUITE_P(Guides, GuideTest,
                         testing::Values("README.md", "tools/maps/README.md", "tools/guide/a-month.md",
                                         "tools/guide/terms.md", "tools/guide/credit.md", "tools/guide/bills.md",
                                         "tools/guide/cash.md", "tools/guide/reminders.md", "tools/guide/promises.md",
                                         "tools/guide/scoring.md"),
                         NameOf);

TEST(GuideFormat, BlocksArePlayedInOneShellAndOneFolder) {
  const TemporaryFolder work;
  const std::string guide =
      "# A guide\n```csv a.csv\nx,y\n```\n```console\n$ cat a.csv\nx,y\n\n$ export NAME=\\\nb\n$ cat $NAME\nb\n```\n"
      "```sh\nduebook --version   # it is there\ntools/never-run.sh\n```\n";
  const PlayedGuide wrong = PlayGuide(guide, kSource, kProgram, work.path());
  EXPECT_THAT(wrong.failures, testing::IsEmpty());
  EXPECT_THAT(wrong.text, testing::HasSubstr("$ cat $NAME\ncat: b: No such file or directory\n```\n"));
  const TemporaryFolder again;
  EXPECT_EQ(PlayGuide(wrong.text, kSource, kProgram, again.path()).text, wrong.text);
}

TEST(GuideFormat, WhatChangesFromRunToRunIsLeftAsItWas) {
  const TemporaryFolder work;
  const std::string guide = "```console\n$ echo took 1.25 s\ntook 0.25 s\n```\n";
  EXPECT_EQ(PlayGuide(guide, kSource, kProgram, work.path()).text, guide);
}

TEST(GuideFormat, ARefusalThatIsShownIsPartOfTheStory) {
  const TemporaryFolder shown, typed;
  EXPECT_TRUE(PlayGuide("```console\n$ duebook info\n```\n", kSource, kProgram, shown.path()).failures.empty());
  EXPECT_EQ(PlayGuide("```sh\nduebook info\n```\n", kSource, kProgram, typed.path()).failures.size(), 1U);
}

// --- the examples of --help ---

// What examples name and a reader would have: files to import, and an export of another system with its map.
void WriteFilesOfExamples(const std::filesystem::path& folder) {
  WriteFile(folder / "invoices.csv",
            "type,id,date,actor,customer,name,terms,invoice,amount\n"
            "CustomerOpened,c7,2025-01-02,ann,C-7,Chen Trading,net 30,,\n"
            "InvoiceIssued,i7,2025-02-01,ann,C-7,,,INV-7,1200.00\n");
  WriteFile(
      folder / "payments.jsonl",
      R"({"type":"PaymentReceived","id":"p7","date":"2025-02-20","actor":"bob","customer":"C-7","payment":"RCV-7","amount":"700.00"})"
      "\n"
      R"({"type":"PeriodClosed","id":"close","date":"2026-01-20","actor":"eve","through":"2025-12-31"})"
      "\n");
  WriteFile(folder / "erp-export.csv",
            "Customer,Name,Document,Date,Due,Amount,Currency,Terms,Text\n"
            "1001,Nordwind GmbH,4711,2026-01-03,2026-02-03,\"1,250.00\",EUR,net 30,Order 88\n");
  std::filesystem::copy_file(kSource / "tools/maps/open-items.toml", folder / "open-items.toml");
  std::filesystem::copy_file(kSource / "tools/cards/trade-credit.toml", folder / "trade-credit.toml");
  WriteFile(folder / "policy.toml", "[tolerance]\namount = \"5.00\"\n");
  WriteFile(folder / "invoice-7.pdf", "%PDF-1.4\n");
  WriteFile(folder / "contract.pdf", "%PDF-1.4\n");
}

std::string HelpOf(const std::string& command) {
  const TemporaryFolder folder;
  return RunInShell("duebook " + command + " --help", kProgram, folder.path()).out;
}

// In the order of `duebook --help`.
std::vector<std::string> CommandNames() {
  std::vector<std::string> names;
  std::istringstream help(HelpOf(""));
  bool inside = false;
  for (std::string line; std::getline(help, line);) {
    if (line.starts_with("Example:")) inside = false;
    std::smatch name;
    if (inside && std::regex_search(line, name, std::regex("^  ([a-z-]+) "))) names.push_back(name[1]);
    if (line.starts_with("Record:")) inside = true;
  }
  return names;
}

// A server ends once it is told to, which is when it has printed where it is.
constexpr const char* kServedForAMoment =
    "(duebook --ledger books serve --port 0 >served & server=$!; "
    "until grep -q http served; do kill -0 $server || exit 1; sleep 0.02; done; kill $server; wait $server)";

// The lines below "Example:". The key that stands for one's own, and the other disk, are what this machine has.
std::vector<std::string> ExamplesOf(const std::string& command) {
  std::vector<std::string> examples;
  std::istringstream help(HelpOf(command));
  bool inside = false;
  for (std::string line; std::getline(help, line);) {
    inside = line.starts_with("Example:") || (inside && !line.empty());
    if (!inside || !line.starts_with("  duebook ")) continue;
    line = std::regex_replace(line, std::regex("/mnt/"), "mnt/");
    line = std::regex_replace(line, std::regex("NAME\\+HASH\\+KEY"),
                              "\"$(duebook --ledger books info | sed -n 's/^public_key *//p')\"");
    line = std::regex_replace(line, std::regex("duebook --ledger books serve .*"), kServedForAMoment);
    examples.push_back(line.substr(2));
  }
  return examples;
}

void ExpectToSucceed(const std::vector<std::string>& examples) {
  const TemporaryFolder work;
  WriteFilesOfExamples(work.path());
  std::vector<std::string> commands{"mkdir -p mnt/backup; export DUEBOOK_LEDGER=books"};
  commands.insert(commands.end(), examples.begin(), examples.end());
  const std::vector<Printed> printed = RunInOneShell(commands, kProgram, work.path());
  for (size_t i = 0; i < printed.size(); i++) EXPECT_EQ(printed[i].status, 0) << commands[i] << "\n" << printed[i].text;
}

TEST(HelpExamples, OfTheProgramSucceed) { ExpectToSucceed(ExamplesOf("")); }

TEST(HelpExamples, OfEveryCommandSucceedInOrder) {
  std::vector<std::string> all;
  for (const std::string& command : CommandNames()) {
    const std::vector<std::string> examples = ExamplesOf(command);
    EXPECT_THAT(examples, testing::Not(testing::IsEmpty())) << command;
    all.insert(all.end(), examples.begin(), examples.end());
  }
  EXPECT_GE(all.size(), 25U);
  ExpectToSucceed(all);
}

}  // namespace
}  // namespace duebook
