#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PromiseRates : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({"2025-01-01 CustomerOpened customer=C salesperson=sue", "2025-01-01 CustomerOpened customer=D"});
  }
  std::vector<std::string> RowsAt(std::string_view day, const std::vector<std::string>& columns,
                                  const std::string& by = "", const std::string& from = "",
                                  const std::string& to = "") {
    ReportRequest request = scenario_.Request();
    request.cut.effective = *Date::Parse(day);
    request.by = by;
    request.from = Date::Parse(from);
    request.to = Date::Parse(to);
    return RowTexts(RunReport("promise-rates", request), columns);
  }
  Scenario scenario_;
};

TEST_F(PromiseRates, CountPromisesWhoseLastDayIsOver) {
  scenario_.Given({"2025-01-10 PromiseMade customer=C promise=W1 amount=100 due=2025-01-31",
                   "2025-01-10 PromiseMade customer=C promise=W2 amount=100 due=2025-01-30 grace=2"});
  EXPECT_THAT(RowsAt("2025-01-31", {"promises"}), IsEmpty());
  EXPECT_THAT(RowsAt("2025-02-01", {"promises"}), ElementsAre("1"));
  EXPECT_THAT(RowsAt("2025-02-02", {"promises"}), ElementsAre("2"));
  EXPECT_THAT(RowsAt("2025-02-02", {"key", "promises"}, "month"), ElementsAre("2025-01|1", "2025-02|1"));
  EXPECT_THAT(RowsAt("2025-12-31", {"promises"}, "", "2025-02-01"), ElementsAre("1"));
  EXPECT_THAT(RowsAt("2025-12-31", {"promises"}, "", "2025-02-02"), IsEmpty());
  EXPECT_THAT(RowsAt("2025-12-31", {"promises"}, "", "", "2025-02-01"), ElementsAre("1"));
}

// 2.00 of 3.00 are 66.67 per cent; 1.01 of 200.00 are 0.505, and 3.03 of 200.00 are 1.515: to the even hundredth.
TEST_F(PromiseRates, AreRoundedHalfToEven) {
  const std::vector<std::string> columns{"amount", "received", "kept_rate", "broken_rate"};
  scenario_.Given({"2025-01-10 PromiseMade customer=C promise=W1 amount=3 due=2025-01-11",
                   "2025-01-10 PaymentReceived customer=C payment=P1 amount=2"});
  EXPECT_THAT(RowsAt("2025-01-31", columns), ElementsAre("3.00|2.00|66.67|33.33"));
  scenario_.Given({"2025-02-10 PromiseMade customer=C promise=W2 amount=200 due=2025-02-11",
                   "2025-02-10 PaymentReceived customer=C payment=P2 amount=1.01"});
  EXPECT_THAT(RowsAt("2025-02-28", columns, "", "2025-02-01"), ElementsAre("200.00|1.01|0.50|99.50"));
  scenario_.Given({"2025-03-10 PromiseMade customer=C promise=W3 amount=200 due=2025-03-11",
                   "2025-03-10 PaymentReceived customer=C payment=P3 amount=3.03"});
  EXPECT_THAT(RowsAt("2025-03-31", columns, "", "2025-03-01"), ElementsAre("200.00|3.03|1.52|98.48"));
}

TEST_F(PromiseRates, LeaveOutWhatWasWithdrawnOrSuperseded) {
  scenario_.Given({"2025-01-10 PromiseMade customer=C promise=W1 amount=100 due=2025-01-31",
                   "2025-01-12 PromiseWithdrawn promise=W1",
                   "2025-01-13 PromiseMade customer=D promise=W2 amount=50 due=2025-01-20",
                   "2025-01-14 PromiseMade customer=D promise=W3 amount=70 due=2025-01-25",
                   "2025-01-15 PaymentReceived customer=D payment=P1 amount=70"});
  EXPECT_THAT(RowsAt("2025-02-28", {"key", "promises", "kept", "withdrawn", "superseded", "amount", "kept_rate"}),
              ElementsAre("C|1|0|1|0|0.00|n/a", "D|2|1|0|1|70.00|100.00"));
  EXPECT_THAT(RowsAt("2025-02-28", {"key", "promises", "partly_kept", "broken", "broken_rate"}, "salesperson"),
              ElementsAre("|2|0|0|0.00", "sue|1|0|0|n/a"));
}

}  // namespace
}  // namespace duebook
