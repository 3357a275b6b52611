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

}  // namespace
}  // namespace duebook
