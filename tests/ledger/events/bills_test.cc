// What becomes of bills of exchange: which step follows which, on which day, and what it does to the payment.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

using testing::ElementsAre;

class Bills : public testing::Test {
 protected:
  void SetUp() override {
    ledger_ = folder_.Open();
    EXPECT_EQ(Say({{"type", "CustomerOpened"}, {"id", "c"}, {"date", "2025-01-01"}, {"customer", "C"}}), "recorded 1");
    EXPECT_EQ(Receive("B1", "2025-01-20"), "recorded 2");
  }
  // Fields without a text are left out.
  std::string Say(FieldTexts fields) {
    Record record = CellsRecord(fields);
    std::erase_if(record.fields, [](const RawMember& field) { return field.value.text.empty(); });
    return RecordOne(*ledger_, MakeCommand(record, CnyContext()));
  }
  std::string Receive(std::string_view payment, std::string_view date, std::string_view bill = "1104",
                      std::string_view customer = "C") {
    return Say({{"type", "PaymentReceived"},
                {"id", payment},
                {"date", date},
                {"customer", customer},
                {"payment", payment},
                {"amount", "800"},
                {"method", "bank_acceptance"},
                {"bill", bill},
                {"bill_due", "2025-07-20"}});
  }
  std::string Step(std::string_view type, std::string_view id, std::string_view date) {
    if (type == "BillEndorsed")
      return Say({{"type", type}, {"id", id}, {"date", date}, {"payment", "B1"}, {"to", "S"}});
    if (type == "BillDiscounted") {
      return Say({{"type", type}, {"id", id}, {"date", date}, {"payment", "B1"}, {"proceeds", "790"}});
    }
    if (type == "BillHonoured") return Say({{"type", type}, {"id", id}, {"date", date}, {"payment", "B1"}});
    return Say({{"type", type}, {"id", id}, {"date", date}, {"payment", "B1"}, {"reason", "x"}});
  }
  std::string Undo(std::string_view event, std::string_view id, std::string_view date) {
    return Say({{"type", "EventReversed"}, {"id", id}, {"date", date}, {"event", event}, {"reason", "x"}});
  }
  void Reopen() {
    ledger_.reset();
    ledger_ = folder_.Open();
  }

  LedgerFolder folder_;
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(Bills, AreEndorsedOrDiscountedOnceWhileTheyAreHeld) {
  EXPECT_EQ(Step("BillEndorsed", "s1", "2025-02-01"), "recorded 3");
  EXPECT_EQ(Step("BillEndorsed", "s2", "2025-02-02"), "refused bill_state");
  EXPECT_EQ(Step("BillDiscounted", "s3", "2025-02-02"), "refused bill_state");
  EXPECT_EQ(Step("PaymentReversed", "s4", "2025-02-02"), "refused bill_state");
  EXPECT_EQ(Step("BillHonoured", "s5", "2025-07-20"), "recorded 4");
  EXPECT_EQ(Step("BillHonoured", "s6", "2025-07-21"), "refused bill_state");
  EXPECT_EQ(Step("BillDishonoured", "s7", "2025-07-21"), "refused bill_state");
}

TEST_F(Bills, TakeNoStepOnADayThatCannotBe) {
  EXPECT_EQ(Step("BillEndorsed", "s1", "2025-07-21"), "refused bad_date");
  EXPECT_EQ(Step("BillHonoured", "s2", "2025-07-19"), "refused bad_date");
  EXPECT_EQ(Step("BillDiscounted", "s3", "2025-03-01"), "recorded 3");
  EXPECT_EQ(Step("BillDishonoured", "s4", "2025-02-28"), "refused before_its_cause");
  EXPECT_EQ(Undo("s3", "u1", "2025-04-01"), "recorded 4");
  EXPECT_EQ(Step("BillEndorsed", "s5", "2025-03-31"), "refused before_its_cause");
  EXPECT_EQ(Step("PaymentReversed", "s6", "2025-03-31"), "refused before_its_cause");
  EXPECT_EQ(Step("BillEndorsed", "s7", "2025-04-01"), "recorded 5");
}

TEST_F(Bills, AreDiscountedForNoMoreThanTheirFace) {
  const auto discount = [this](std::string_view proceeds) {
    return Say({{"type", "BillDiscounted"},
                {"id", proceeds},
                {"date", "2025-02-01"},
                {"payment", "B1"},
                {"proceeds", proceeds}});
  };
  EXPECT_EQ(discount("800.01"), "refused bad_amount");
  EXPECT_EQ(discount("800"), "recorded 3");
}

TEST_F(Bills, OnlyTheLastStepIsUndone) {
  EXPECT_EQ(Step("BillEndorsed", "s1", "2025-02-01"), "recorded 3");
  EXPECT_EQ(Step("BillHonoured", "s2", "2025-07-20"), "recorded 4");
  EXPECT_EQ(Undo("s1", "u1", "2025-07-21"), "refused bill_state");
  EXPECT_EQ(Undo("s2", "u2", "2025-07-21"), "recorded 5");
  EXPECT_EQ(Undo("s2", "u3", "2025-07-21"), "refused already_reversed");
  EXPECT_EQ(Step("BillDishonoured", "s3", "2025-07-21"), "recorded 6");
  EXPECT_EQ(Undo("s1", "u4", "2025-07-22"), "refused bill_state");
  EXPECT_EQ(Step("BillHonoured", "s4", "2025-07-22"), "refused already_reversed");
}

TEST_F(Bills, DishonouredTakeBackWhatTheyPaid) {
  EXPECT_EQ(Say({{"type", "InvoiceIssued"},
                 {"id", "i"},
                 {"date", "2025-01-02"},
                 {"customer", "C"},
                 {"invoice", "I"},
                 {"amount", "900"}}),
            "recorded 3");
  for (const char* id : {"a1", "a2"}) {
    Say({{"type", "PaymentApplied"},
         {"id", id},
         {"date", "2025-01-20"},
         {"payment", "B1"},
         {"invoice", "I"},
         {"amount", "400"}});
  }
  EXPECT_EQ(Step("BillDishonoured", "s1", "2025-07-21"), "recorded 8");
  ledger_.reset();
  const auto log = folder_.OpenForReading();
  std::vector<std::string> made;
  EXPECT_TRUE(log->Scan(6, 8,
                        [&](EventView event) {
                          made.push_back(std::string(event.id()) + " " + event.info().name);
                          return true;
                        })
                  .ok());
  EXPECT_THAT(made, ElementsAre("s1:1 ApplicationReversed", "s1:2 ApplicationReversed", "s1 BillDishonoured"));
  ExpectSound(*log);
}

TEST_F(Bills, NumbersAreFreeAgainOnceTheirPaymentIsReversed) {
  EXPECT_EQ(Say({{"type", "CustomerOpened"}, {"id", "d"}, {"date", "2025-01-01"}, {"customer", "D"}}), "recorded 3");
  EXPECT_EQ(Receive("B2", "2025-01-21"), "refused duplicate_number");
  EXPECT_EQ(Receive("B3", "2025-01-21", "1104", "D"), "refused duplicate_number");
  EXPECT_EQ(Step("PaymentReversed", "s1", "2025-02-01"), "recorded 4");
  Reopen();
  EXPECT_EQ(Receive("B2", "2025-02-01", "1104", "D"), "recorded 5");
  Reopen();
  EXPECT_EQ(Receive("B4", "2025-02-02"), "refused duplicate_number");
  ledger_.reset();
  ExpectSound(*folder_.OpenForReading());
}

TEST_F(Bills, AreInPaymentsByAcceptanceAlone) {
  const auto receive = [this](std::string_view method, std::string_view bill, std::string_view due) {
    return Say({{"type", "PaymentReceived"},
                {"id", "p"},
                {"date", "2025-02-01"},
                {"customer", "C"},
                {"payment", "P"},
                {"amount", "5"},
                {"method", method},
                {"bill", bill},
                {"bill_due", due}});
  };
  EXPECT_EQ(receive("commercial_acceptance", "", "2025-03-01"), "refused missing_field");
  EXPECT_EQ(receive("commercial_acceptance", "7", ""), "refused missing_field");
  EXPECT_EQ(receive("wechat", "7", "2025-03-01"), "refused bad_field");
  EXPECT_EQ(receive("", "", "2025-03-01"), "refused bad_field");
  EXPECT_EQ(receive("commercial_acceptance", "7", "2025-01-31"), "refused bad_date");
  EXPECT_EQ(receive("commercial_acceptance", "7", "2025-02-01"), "recorded 3");
}

TEST_F(Bills, AreWhatTheirStepsAreAbout) {
  Say({{"type", "PaymentReceived"},
       {"id", "p"},
       {"date", "2025-02-01"},
       {"customer", "C"},
       {"payment", "P"},
       {"amount", "5"},
       {"method", "cash"}});
  EXPECT_EQ(Say({{"type", "BillHonoured"}, {"id", "h"}, {"date", "2025-08-01"}, {"payment", "P"}}), "refused not_bill");
}

TEST_F(Bills, AFeeIsLessThanThePayment) {
  const auto receive = [this](std::string_view fee) {
    return Say({{"type", "PaymentReceived"},
                {"id", fee},
                {"date", "2025-02-01"},
                {"customer", "C"},
                {"payment", "P"},
                {"amount", "5"},
                {"fee", fee}});
  };
  EXPECT_EQ(receive("5"), "refused bad_amount");
  EXPECT_EQ(receive("4.99"), "recorded 3");
}

}  // namespace
}  // namespace duebook
