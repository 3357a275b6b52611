#include "tests/tidy/rule_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RulePages, NameTestsThatAreRun) {
  const std::set<std::string> tests = TestNamesIn({
      {"tests/a_test.cc",
       "TEST(A, One) {}\nTEST_F(A, Two) {}\nTYPED_TEST(A, Three) {}\n// TEST(A, Comment)\nauto text = \"TEST(A, "
       "Text)\";\n"
       "TEST_F(\n    A, OnALineOfItsOwn) {}\n"},
      {"tests/b_test.cc", "TEST_P(B, One) {}\nINSTANTIATE_TEST_SUITE_P(All, B, testing::Values(1));\n"},
      {"tests/c_test.cc", "TEST_P(C, IsNeverRun) {}\n"},
      {"tests/scenarios/refusals/bad_json.test", "$ duebook\n"},
      {"tests/scenarios/stores/format_1.tar.gz", ""},
      {"tools/a.cc", "TEST(Tools, HaveNone) {}\n"},
  });
  EXPECT_THAT(tests, ElementsAre("A.OnALineOfItsOwn", "A.One", "A.Three", "A.Two", "B.One",
                                 "scenarios/refusals/bad_json.test"));
}

std::vector<std::string> Breaches(const std::string& text) {
  return BreachesOfRulePage({"ledger/RULES.md", text}, {"A.One", "scenarios/a.test"});
}

TEST(RulePages, NumberTheirRulesAndNameATestOfEach) {
  EXPECT_THAT(Breaches("# Rules\n\n`A.One` and `file.csv` in a line before.\n\n"
                       "**1.1** One.\nOf two lines. `A.One`\n\n**1.2** Two. `scenarios/a.test`, `A.One`\n\n"
                       "## More\n\n**2.1** Three, with a table.\n\n| a |\n| - |\n\n`A.One`\n"),
              IsEmpty());
  EXPECT_THAT(Breaches("**1.1** One. `A.One`, `A.Two`\n"), ElementsAre("ledger/RULES.md:1: there is no test A.Two"));
  EXPECT_THAT(Breaches("**1.1** One. `scenarios/b.test`\n"),
              ElementsAre("ledger/RULES.md:1: there is no test scenarios/b.test"));
  EXPECT_THAT(Breaches("**1.1** One.\n\n**1.2** Two. `A.One`\n"),
              ElementsAre("ledger/RULES.md:1: rule 1.1 names no test"));
  EXPECT_THAT(Breaches("**1.1** One.\n\n## More\n\nSee `A.One`.\n"),
              ElementsAre("ledger/RULES.md:1: rule 1.1 names no test"));
  EXPECT_THAT(Breaches("**1.1** One. `A.One`\n\n**1.3** Two. `A.One`\n"),
              ElementsAre("ledger/RULES.md:3: rule 1.3 follows 1.1"));
  EXPECT_THAT(Breaches("**1.1** One. `A.One`\n\n**2.2** Two. `A.One`\n"),
              ElementsAre("ledger/RULES.md:3: rule 2.2 follows 1.1"));
  EXPECT_THAT(Breaches("Nothing.\n"), ElementsAre("ledger/RULES.md:1: there are no rules"));
}

}  // namespace
}  // namespace duebook
