#include "projections/shared/grouping.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/projections/hand_made_history.h"

namespace duebook {
namespace {

const Currency kCny = *Currency::Parse("CNY");
const Currency kJpy = *Currency::Parse("JPY");
const Date kDay = Date::FromDays(20'000);

class GroupingTest : public testing::Test {
 protected:
  uint32_t AddCustomer(const std::string& id) { return history_.Add(HandMadeHistory::Customer{++seq_, kDay, id}); }
  uint32_t AddInvoice(uint32_t customer, Currency currency) {
    return history_.Add(HandMadeHistory::Item{++seq_, kDay, ItemKind::kInvoice, "", 100, customer, currency});
  }
  // By customer.
  Grouping Make() {
    made_ = history_.Take();
    auto grouping = Grouping::Make(ReportRequest(), made_, Cut{kDay, seq_});
    EXPECT_TRUE(grouping.ok());
    return *grouping;
  }

 private:
  HandMadeHistory history_;
  History made_;
  uint64_t seq_ = 0;
};

TEST_F(GroupingTest, ACustomersItemsAreApartByCurrencyInWhateverOrderTheyCome) {
  const uint32_t a = AddCustomer("A");
  const uint32_t b = AddCustomer("B");
  for (const auto& [customer, currency] :
       {std::pair(b, kCny), {a, kJpy}, {a, kCny}, {a, kJpy}, {b, kCny}, {a, kCny}, {a, kJpy}}) {
    AddInvoice(customer, currency);
  }
  Grouping grouping = Make();
  std::vector<uint32_t> groups;
  for (uint32_t item = 0; item < 7; item++) groups.push_back(grouping.GroupOf(item));
  EXPECT_EQ(groups, (std::vector<uint32_t>{0, 1, 2, 1, 0, 2, 1}));
  EXPECT_EQ(grouping.Sorted(), (std::vector<uint32_t>{2, 1, 0}));
  EXPECT_EQ(grouping.FirstItemOf(2), 2U);
}

// More than one thread makes.
TEST_F(GroupingTest, EachOfManyCustomersHasItsRowInOrder) {
  constexpr uint32_t kCustomers = 3000;
  for (uint32_t i = 0; i < kCustomers; i++) AddCustomer(fmt::format("C{:05}", kCustomers - i));
  for (uint32_t i = 0; i < kCustomers; i++) AddInvoice(i, kCny);
  Grouping grouping = Make();
  std::vector<GroupSums> sums;
  for (uint32_t item = 0; item < kCustomers; item++) {
    ASSERT_EQ(grouping.GroupOf(item), item);
    sums.push_back({Sum{item}});
  }
  const Report report = grouping.MakeReport("balance", {{"balance", ColumnType::kBalance}}, sums);
  ASSERT_EQ(report.rows.size(), kCustomers);
  for (uint32_t i = 0; i < kCustomers; i++) {
    const Row row{fmt::format("C{:05}", i + 1), std::string("CNY"), Money{kCustomers - 1 - i, kCny}, std::string()};
    ASSERT_EQ(report.rows[i], row) << i;
  }
}

}  // namespace
}  // namespace duebook
