// What verification asks of the figures themselves, whatever the rules admitted.

#include "projections/invariants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/projections/hand_made_history.h"
#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

// By the day of January 2025.
Date January(uint64_t day) { return Date::FromDays(Date::Parse("2025-01-01")->days() + static_cast<int>(day) - 1); }

using Item = HandMadeHistory::Item;
using Movement = HandMadeHistory::Movement;

// Returns those of invoice I-1 of 100.00 and payment P-1 of 80.00, 50.00 of it applied: events 1, 2 and 3 of 1, 2 and 3
// January. The last two are those of the application, on the invoice and on the payment.
std::vector<Movement> SomeMovements() {
  return {{1, January(1), 0, MovementKind::kIssued, 10'000},
          {2, January(2), 1, MovementKind::kIssued, 8'000},
          {3, January(3), 0, MovementKind::kApplied, -5'000},
          {3, January(3), 1, MovementKind::kApplied, -5'000}};
}

History HistoryOf(const std::vector<Movement>& movements) {
  HandMadeHistory history;
  history.Add(Item{1, January(1), ItemKind::kInvoice, "I-1", 10'000});
  history.Add(Item{2, January(2), ItemKind::kPayment, "P-1", 8'000});
  for (const Movement& movement : movements) history.Add(movement);
  return history.Take();
}

std::string Complaint(const History& history, const Cut& cut = {}) {
  const auto fault = CheckInvariants(history, cut);
  return fault.has_value() ? fault->sentence : "";
}

TEST(Invariants, HoldOfFiguresAsTheyShouldBe) {
  const History history = HistoryOf(SomeMovements());
  for (uint64_t known = 0; known <= 3; known++) EXPECT_EQ(Complaint(history, {Date::Max(), known}), "") << known;
}

TEST(Invariants, NameTheItemThatIsOverdrawnAtTheCutsThatSeeIt) {
  auto movements = SomeMovements();
  movements[2].amount = movements[3].amount = -8'001;
  const History history = HistoryOf(movements);
  EXPECT_THAT(Complaint(history), HasSubstr("event 2: payment P-1 is overdrawn"));
  EXPECT_EQ(Complaint(history, {Date::Max(), 2}), "");
  EXPECT_EQ(Complaint(history, {*Date::Parse("2025-01-02"), 3}), "");
}

TEST(Invariants, NameTheItemThatHasMoreLeftThanThereWas) {
  auto movements = SomeMovements();
  movements[2].amount = movements[3].amount = 1;
  const History history = HistoryOf(movements);
  EXPECT_THAT(Complaint(history), HasSubstr("event 1: invoice I-1 has more left than it was issued for"));
}

TEST(Invariants, NameTheItemThatIsMovedBeforeItIsThere) {
  auto movements = SomeMovements();
  movements[3].date = *Date::Parse("2025-01-01");
  const History history = HistoryOf(movements);
  EXPECT_THAT(Complaint(history, {*Date::Parse("2025-01-01"), 3}),
              HasSubstr("event 2: payment P-1 is moved by event 3 before it is there at 2025-01-01"));
}

TEST(Invariants, SeeCashThatIsAppliedOnOneSideOnly) {
  auto movements = SomeMovements();
  movements[3].amount = -4'999;
  const History history = HistoryOf(movements);
  EXPECT_THAT(Complaint(history), HasSubstr("more CNY is applied to invoices than is taken"));
}

// Of 16 events each is the last that one of the cuts knows. What one of them breaks the next mends.
TEST(Invariants, AreAskedOfThePresentAndOfFifteenCutsBefore) {
  const LogState state{.last_seq = 16, .first_date = January(20), .last_date = January(20)};
  for (uint64_t broken = 1; broken <= 16; broken++) {
    HandMadeHistory history;
    history.Add(Item{1, January(1), ItemKind::kInvoice, "I-1", 10'000});
    history.Add(Movement{1, January(1), 0, MovementKind::kIssued, 10'000});
    history.Add(Movement{broken, January(broken), 0, MovementKind::kApplied, 1});
    history.Add(Movement{broken + 1, January(broken + 1), 0, MovementKind::kApplied, -1});
    const auto fault = VerifyInvariants(history.Take(), state);
    ASSERT_TRUE(fault.ok() && fault->has_value()) << broken;
    EXPECT_THAT((*fault)->sentence, EndsWith("known up to event " + std::to_string(broken)));
  }
}

TEST(Invariants, HoldOfARealLedgerAtAllSampledCuts) {
  Scenario ledger;
  ledger.Given({"2025-01-01 CustomerOpened customer=C name=Chen",
                "2025-01-05 InvoiceIssued customer=C invoice=I amount=100",
                "2025-02-01 PaymentReceived customer=C payment=P amount=70",
                "2025-02-02 PaymentApplied payment=P invoice=I amount=70",
                "2025-03-01 PaymentReversed payment=P reason=bounced"});
  const auto history = History::Load(ledger.log(), kAllHistoryParts);
  ASSERT_TRUE(history.ok());
  const auto fault = VerifyInvariants(*history, ledger.log().state());
  ASSERT_TRUE(fault.ok());
  EXPECT_FALSE(fault->has_value()) << (*fault)->sentence;
}

}  // namespace
}  // namespace duebook
