#include "projections/history/visible_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

TEST(VisibleEvents, AreThoseOfTheTypesAndCustomersAskedFor) {
  Scenario scenario;
  scenario.Given({"2025-01-01 CustomerOpened customer=A name=A",                           // 1
                  "2025-01-01 CustomerOpened customer=B name=B",                           // 2
                  "2025-01-02 PromiseMade customer=B promise=P1 amount=1 due=2025-02-01",  // 3
                  "2025-01-02 InvoiceIssued customer=A invoice=I1 amount=1",               // 4
                  "2025-01-03 PromiseMade customer=A promise=P2 amount=1 due=2025-02-01",  // 5
                  "2025-01-04 PromiseWithdrawn promise=P1 reason=x"});                     // 6
  ReportRequest request = scenario.Request();
  EXPECT_THAT(
      SeqsOfTypes(*request.log, {EventType::PromiseWithdrawn, EventType::PromiseMade}, request.customers).value(),
      ElementsAre(3, 5, 6));
  request.customers = {"B"};
  EXPECT_THAT(
      SeqsOfTypes(*request.log, {EventType::PromiseWithdrawn, EventType::PromiseMade}, request.customers).value(),
      ElementsAre(3, 6));
  request.customers = {"X"};
  EXPECT_EQ(SeqsOfTypes(*request.log, {EventType::PromiseMade}, request.customers).error().code, ErrorCode::kNotFound);

  std::vector<uint64_t> visited;
  ASSERT_TRUE(ForEachVisible(scenario.log(), {3, 5, 6}, Cut{Day("2025-01-03"), 5}, [&](EventView event) {
                visited.push_back(event.seq());
              }).ok());
  EXPECT_THAT(visited, ElementsAre(3, 5));
}

// Finding the events of one customer touches every fold: of all customers, that is the square of the log's size.
TEST(VisibleEvents, OfManyCustomersAreNotReadOneByOne) {
  Scenario scenario;
  std::vector<std::string> lines;
  std::set<std::string> customers;
  for (int i = 0; i < 101; ++i) {
    customers.insert("C" + std::to_string(i));
    lines.push_back("2025-01-01 CustomerOpened customer=C" + std::to_string(i) + " name=x");
  }
  for (int i = 0; i < 500; ++i) {
    lines.push_back("2025-01-02 NoteAdded customer=C" + std::to_string(i % 100) + " text=x");
  }
  scenario.Given(lines);
  EXPECT_EQ(SeqsOfFewCustomers(scenario.log(), customers).value(), std::nullopt);  // too many customers
  EXPECT_EQ(SeqsOfFewCustomers(scenario.log(), {"C1"}).value(), std::nullopt);     // too many events
  EXPECT_EQ(SeqsOfFewCustomers(scenario.log(), {"C100"}).value(), std::vector<uint64_t>{101});
  EXPECT_EQ(SeqsOfFewCustomers(scenario.log(), {}).value(), std::vector<uint64_t>{});
  EXPECT_EQ(SeqsOfFewCustomers(scenario.log(), {"X"}).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace duebook
