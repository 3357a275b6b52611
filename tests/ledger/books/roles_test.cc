#include "ledger/books/roles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

using testing::ElementsAre;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

TEST(Roles, LastChangeOnOrBeforeTheDayCounts) {
  const std::vector<RoleChange> changes{
      {"li", "cfo", Day("2025-03-01"), true},        {"li", "cfo", Day("2025-06-01"), false},
      {"li", "controller", Day("2025-01-01"), true}, {"wang", "cfo", Day("2025-01-01"), true},
      {"wang", "cfo", Day("2025-01-01"), false},     {"zhao", "cfo", Day("2025-01-01"), false},
      {"zhao", "cfo", Day("2025-01-01"), true},      {"sun", "cfo", Day("2025-05-01"), false},
      {"sun", "cfo", Day("2025-01-01"), true},
  };
  struct {
    const char* user;
    const char* day;
    bool holds;
  } cases[] = {
      {"li", "2025-02-28", false}, {"li", "2025-03-01", true},    {"li", "2025-05-31", true},
      {"li", "2025-06-01", false}, {"wang", "2025-01-01", false}, {"zhao", "2025-01-01", true},
      {"sun", "2025-04-30", true}, {"sun", "2025-05-01", false},  {"nobody", "2025-06-01", false},
  };
  for (const auto& c : cases) EXPECT_EQ(HoldsRole(changes, c.user, "cfo", Day(c.day)), c.holds) << c.user << c.day;
  EXPECT_THAT(RolesOf(changes, "li", Day("2025-04-01")), ElementsAre("cfo", "controller"));
  EXPECT_THAT(RolesOf(changes, "li", Day("2025-07-01")), ElementsAre("controller"));
}

}  // namespace
}  // namespace duebook
