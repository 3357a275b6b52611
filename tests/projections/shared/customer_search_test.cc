// Customers are found by what people write of them.

#include "projections/shared/customer_search.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

class CustomerSearch : public testing::Test {
 protected:
  CustomerSearch() {
    scenario_.Given({"2025-01-01 CustomerOpened customer=C-1 name='Chen Trading'",
                     "2025-01-01 CustomerOpened customer=C-2 name=天府食品", "2025-01-01 CustomerOpened customer=X-77",
                     "2025-02-01 CustomerChanged customer=C-1 name='Chen & Söhne'"});
  }

  // "ID (NAME)", with "by part" where that is so; or why none is found.
  std::string Found(std::string_view given, bool by_part) {
    const auto found = FindCustomer(scenario_.log(), given, by_part);
    if (!found.ok()) return found.error().ToString();
    return found->id + " (" + found->name + ")" + (found->by_part ? " by part" : "");
  }

  Scenario scenario_;
};

TEST_F(CustomerSearch, TakesANumberAsItIs) {
  EXPECT_EQ(Found("C-1", false), "C-1 ()");
  EXPECT_EQ(Found("C-1", true), "C-1 ()");
}

TEST_F(CustomerSearch, TakesAPartOfOneNumberOrNameWhereAPersonTypes) {
  EXPECT_EQ(Found("söhne", true), "C-1 (Chen & Söhne) by part");
  EXPECT_EQ(Found("食品", true), "C-2 (天府食品) by part");
  EXPECT_EQ(Found("77", true), "X-77 () by part");
}

TEST_F(CustomerSearch, NamesThoseThatMayBeMeant) {
  EXPECT_EQ(Found("söhne", false), "there is no customer söhne; did you mean C-1 (Chen & Söhne)?");
  EXPECT_EQ(Found("C-", true), "there is no customer C-; did you mean C-1 (Chen & Söhne), C-2 (天府食品)?");
  EXPECT_EQ(Found("C-9", true), "there is no customer C-9; did you mean C-1 (Chen & Söhne)?");
  EXPECT_EQ(Found("nobody at all", true), "there is no customer nobody at all");
  EXPECT_EQ(Found("", true), "there is no customer ");
}

}  // namespace
}  // namespace duebook
