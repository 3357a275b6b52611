#include "projections/reports/open_escalations.h"

#include <gtest/gtest.h>

#include "projections/history/visible_facts.h"
#include "projections/reports/contact_book.h"
#include "tests/projections/scenario.h"

namespace duebook {
namespace {

class FactsOfCollecting : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({"2025-01-01 CustomerOpened customer=C", "2025-01-01 CustomerOpened customer=D",
                     "2025-01-05 InvoiceIssued customer=C invoice=I1 amount=100",
                     "2025-01-05 InvoiceIssued customer=C invoice=I2 amount=100",
                     "2025-01-05 InvoiceIssued customer=D invoice=J1 amount=100"});
  }
  History Everything() {
    auto history = scenario_.Request().LoadHistory({HistoryPart::kFacts});
    EXPECT_TRUE(history.ok());
    return *std::move(history);
  }
  Cut At(std::string_view day) const { return {*Date::Parse(day), scenario_.log().last_seq()}; }

  static constexpr uint32_t kFirstCustomer = 0, kSecondCustomer = 1, kI1 = 0, kI2 = 1, kJ1 = 2;
  Scenario scenario_;
};

using OpenEscalationsTest = FactsOfCollecting;

TEST_F(OpenEscalationsTest, AreOpenUpToTheDayBeforeTheyAreClosed) {
  scenario_.Given({"2025-02-01 EscalationStarted customer=C escalation=E1 step=stop_supply reason=late",
                   "2025-02-10 EscalationClosed escalation=E1"});
  const History history = Everything();
  EXPECT_FALSE(OpenEscalations(history, At("2025-01-31")).IsOnHold(kFirstCustomer));
  EXPECT_TRUE(OpenEscalations(history, At("2025-02-01")).IsOnHold(kFirstCustomer));
  EXPECT_FALSE(OpenEscalations(history, At("2025-02-01")).IsOnHold(kSecondCustomer));
  EXPECT_TRUE(OpenEscalations(history, At("2025-02-09")).IsOnHold(kFirstCustomer));
  EXPECT_FALSE(OpenEscalations(history, At("2025-02-10")).IsOnHold(kFirstCustomer));
  const Cut before_it_is_known{At("2025-02-10").effective, scenario_.log().last_seq() - 1};
  EXPECT_TRUE(OpenEscalations(history, before_it_is_known).IsOnHold(kFirstCustomer));
}

TEST_F(OpenEscalationsTest, CoverWhatTheyNameOrAll) {
  scenario_.Given({"2025-02-01 EscalationStarted customer=C escalation=E1 step=agency invoices=I2 reason=late",
                   "2025-02-02 EscalationStarted customer=C escalation=E2 step=stop_supply reason=late",
                   "2025-02-03 EscalationStarted customer=D escalation=E3 step=legal reason=late"});
  const History history = Everything();
  const OpenEscalations first(history, At("2025-02-01"));
  EXPECT_TRUE(first.IsOnHold(kFirstCustomer));
  EXPECT_FALSE(first.Covers(kI1));
  EXPECT_TRUE(first.Covers(kI2));
  EXPECT_TRUE(first.IsOutside(kI2));
  const OpenEscalations all(history, At("2025-02-03"));
  EXPECT_TRUE(all.Covers(kI1));
  EXPECT_FALSE(all.IsOutside(kI1));
  EXPECT_TRUE(all.IsOutside(kI2));
  EXPECT_TRUE(all.IsOutside(kJ1));
}

using ContactBookTest = FactsOfCollecting;

TEST_F(ContactBookTest, LastIsByDateThenByRecordingWithoutWhatIsReversed) {
  scenario_.Given({"2025-02-03 ContactLogged id=a customer=C outcome=first", "2025-02-02 ContactLogged id=b customer=C",
                   "2025-02-03 ContactLogged id=c customer=C outcome=second", "2025-02-10 EventReversed event=c"});
  const History history = Everything();
  const auto last_at = [&](std::string_view day) -> std::string {
    const uint32_t row = ContactBook(history, At(day)).LastOf(kFirstCustomer);
    return row == kNoItem ? "none" : std::string(history.facts.key[row]);
  };
  EXPECT_EQ(last_at("2025-02-01"), "none");
  EXPECT_EQ(last_at("2025-02-02"), "");
  EXPECT_EQ(last_at("2025-02-09"), "second");
  EXPECT_EQ(last_at("2025-02-10"), "first");
  EXPECT_EQ(ContactBook(history, At("2025-02-10")).LastOf(kSecondCustomer), kNoItem);
}

}  // namespace
}  // namespace duebook
