#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using Rows = std::vector<std::string>;

class Apply : public testing::Test {
 protected:
  Apply() { scenario_.Given({"2026-01-01 CustomerOpened customer=C name=C terms='net 30'"}); }

  Rows Suggested(const std::string& rule = "") const {
    ReportRequest request = scenario_.Request();
    request.rule = rule;
    return RowTexts(RunReport("apply", request),
                    {"payment", "invoice", "amount", "discount", "difference", "credit_note", "rule", "reason"});
  }

  Scenario scenario_;
};

TEST_F(Apply, EachPaymentPaysWhatThoseBeforeItLeave) {
  scenario_.Given({"2026-01-02 InvoiceIssued customer=C invoice=A amount=500.00",
                   "2026-02-03 PaymentReceived customer=C payment=P2 amount=500.00",
                   "2026-02-01 PaymentReceived customer=C payment=P1 amount=500.00"});
  EXPECT_EQ(Suggested(), (Rows{"P1|A|500.00|0.00|0.00||exact|its amount", "P2||||||none|nothing is open"}));
}

TEST_F(Apply, OnePaymentIsMatchedAgainstTheBooksAsTheyAre) {
  scenario_.Given({"2026-01-02 InvoiceIssued customer=C invoice=A amount=500.00",
                   "2026-02-01 PaymentReceived customer=C payment=P1 amount=500.00",
                   "2026-02-03 PaymentReceived customer=C payment=P2 amount=500.00"});
  ReportRequest request = scenario_.Request();
  request.payment = "P2";
  EXPECT_EQ(RowTexts(RunReport("apply", request), {"payment", "invoice"}), Rows{"P2|A"});
  request.payment = "P9";
  EXPECT_EQ(FailReport("apply", request).sentence, "there is no payment P9");
  request.payment = "A";
  EXPECT_EQ(FailReport("apply", request).sentence, "there is no payment A");
  request.payment = "P2";
  request.cut.effective = *Date::Parse("2026-02-02");
  EXPECT_EQ(FailReport("apply", request).sentence, "there is no payment P2");
}

TEST_F(Apply, OnePaymentIsFoundHoweverItsNumberIsComposed) {
  scenario_.Given({"2026-01-02 InvoiceIssued customer=C invoice=A amount=500.00",
                   "2026-02-01 PaymentReceived customer=C payment=Z\u00e9ro amount=500.00"});
  ReportRequest request = scenario_.Request();
  request.payment = "Ze\u0301ro";
  EXPECT_EQ(RowTexts(RunReport("apply", request), {"payment", "invoice"}), Rows{"Z\u00e9ro|A"});
}

TEST_F(Apply, OnlyInvoicesOfTheCustomerInThatCurrencyArePaid) {
  scenario_.Given(
      {"2026-01-01 CustomerOpened customer=D name=D",
       "2026-01-02 InvoiceIssued customer=D invoice=D-0001 amount=500.00",
       "2026-01-02 InvoiceIssued customer=C invoice=A amount=500.00 currency=EUR",
       "2026-02-01 PaymentReceived customer=C payment=P1 amount=500.00",
       "2026-02-02 PaymentReceived customer=C payment=P2 amount=500.00 currency=EUR reference='for d-0001'"});
  EXPECT_EQ(Suggested(), (Rows{"P1||||||none|nothing is open", "P2||||||none|names an invoice of another customer"}));
}

// 100.00 was open until an application of 30.00 on 10 March, which was reversed on 20 March: what can be paid from
// 1 March on is 70.00, and then what can be paid from 20 March on is 30.00.
TEST_F(Apply, WhatIsOpenIsTheLeastFromTheDayOfTheApplicationOn) {
  scenario_.Given({"2026-01-02 InvoiceIssued customer=C invoice=A amount=100.00",
                   "2026-01-03 PaymentReceived customer=C payment=P0 amount=30.00",
                   "2026-03-10 PaymentApplied id=a payment=P0 invoice=A amount=30.00",
                   "2026-03-20 ApplicationReversed application=a",
                   "2026-03-20 RefundPaid refund=R payment=P0 amount=30.00",
                   "2026-03-01 PaymentReceived customer=C payment=P1 amount=70.00",
                   "2026-03-15 PaymentReceived customer=C payment=P2 amount=30.00"});
  EXPECT_EQ(Suggested(), (Rows{"P1|A|70.00|0.00|0.00||exact|its amount", "P2|A|30.00|0.00|0.00||exact|its amount"}));
}

// Both payments had been applied from their days on. P1 is there again from 20 March on; P2 was refunded meanwhile.
TEST_F(Apply, WhatIsNotAppliedAnyMoreIsThereFromTheDayOfItsReversalOn) {
  scenario_.Given(
      {"2026-01-02 InvoiceIssued customer=C invoice=A amount=100.00",
       "2026-01-02 InvoiceIssued customer=C invoice=B amount=80.00",
       "2026-01-03 PaymentReceived customer=C payment=P1 amount=100.00",
       "2026-01-04 PaymentApplied id=a payment=P1 invoice=A amount=100.00",
       "2026-03-20 ApplicationReversed application=a", "2026-01-05 PaymentReceived customer=C payment=P2 amount=80.00",
       "2026-01-06 PaymentApplied id=b payment=P2 invoice=B amount=80.00",
       "2026-03-20 ApplicationReversed application=b", "2026-03-20 RefundPaid refund=R payment=P2 amount=80.00"});
  EXPECT_EQ(Suggested(), Rows{"P1|A|100.00|0.00|0.00||exact|its amount"});
  ReportRequest request = scenario_.Request();
  for (const auto& [day, rows] : {std::pair("2026-01-03", Rows{"P1|A"}), std::pair("2026-03-19", Rows{}),
                                  std::pair("2026-03-20", Rows{"P1|A"})}) {
    request.cut.effective = *Date::Parse(day);
    EXPECT_EQ(RowTexts(RunReport("apply", request), {"payment", "invoice"}), rows) << day;
  }
  const auto found = FindReport("apply")->record(scenario_.Request());
  ASSERT_TRUE(found.ok() && found->size() == 1);
  EXPECT_EQ(found->front()(1).front().fields.front(), std::pair(std::string("date"), std::string("2026-03-20")));
}

TEST_F(Apply, DiscountsAreThoseOfTheTermsOfTheInvoicesDay) {
  scenario_.Given({"2026-01-01 TermsSet customer=C terms='2/10 net 30'",
                   "2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00",
                   "2026-01-10 TermsSet customer=C terms='net 30'",
                   "2026-01-15 PaymentReceived customer=C payment=P1 amount=98.00",
                   "2026-01-20 InvoiceIssued customer=C invoice=B amount=200.00",
                   "2026-01-21 PaymentReceived customer=C payment=P2 amount=196.00"});
  EXPECT_EQ(Suggested(), (Rows{"P1|A|98.00|2.00|0.00||exact|its amount less discount", "P2||||||none|nothing fits"}));
}

TEST_F(Apply, AnInvoicesOwnTermsGoBeforeThoseOfItsCustomer) {
  scenario_.Given({"2026-01-01 TermsSet customer=C terms='2/10 net 30'",
                   "2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00 terms='3/10 net 30'",
                   "2026-01-05 InvoiceIssued customer=C invoice=B amount=1000.00 terms='net 30'",
                   "2026-01-06 PaymentReceived customer=C payment=P1 amount=97.00",
                   "2026-01-06 PaymentReceived customer=C payment=P2 amount=980.00"});
  EXPECT_EQ(Suggested(), (Rows{"P1|A|97.00|3.00|0.00||exact|its amount less discount", "P2||||||none|nothing fits"}));
}

TEST_F(Apply, AFirstInstalmentIsTheEarliestOfWhatIsOpen) {
  scenario_.Given(
      {"2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00 instalments='2026-02-01 40.00;2026-03-01 60.00'",
       "2026-02-01 PaymentReceived customer=C payment=P1 amount=40.00",
       "2026-02-02 PaymentReceived customer=C payment=P2 amount=60.00"});
  EXPECT_EQ(Suggested(),
            (Rows{"P1|A|40.00|0.00|0.00||exact|its first instalment", "P2|A|60.00|0.00|0.00||exact|its amount"}));
}

TEST_F(Apply, CreditNotesPayFirst) {
  scenario_.Given({"2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00",
                   "2026-01-06 InvoiceIssued customer=C invoice=B amount=50.00",
                   "2026-01-07 CreditNoteIssued customer=C credit_note=N1 amount=110.00",
                   "2026-01-08 CreditNoteIssued customer=C credit_note=N2 amount=5.00",
                   "2026-02-01 PaymentReceived customer=C payment=P1 amount=35.00"});
  EXPECT_EQ(Suggested(),
            (Rows{"P1|A|100.00|0.00|0.00|N1|net|all that is open", "P1|B|10.00|0.00|0.00|N1|net|all that is open",
                  "P1|B|5.00|0.00|0.00|N2|net|all that is open", "P1|B|35.00|0.00|0.00||net|all that is open"}));
}

// N pays on 20 January. On 15 January 143.00 will be open of A, so that 3.00 is not the rest of it.
TEST_F(Apply, WhatACreditNotePaysIsOpenUntilItsDay) {
  scenario_.Given(
      {"2026-01-01 TolerancePolicySet amount=5.00",
       "2026-01-05 InvoiceIssued customer=C invoice=A amount=203.00 instalments='2026-02-01 100.00;2026-03-01 103.00'",
       "2026-01-20 CreditNoteIssued customer=C credit_note=N amount=40.00",
       "2026-01-10 PaymentReceived customer=C payment=P1 amount=60.00",
       "2026-01-15 PaymentReceived customer=C payment=P2 amount=100.00"});
  EXPECT_EQ(Suggested(), (Rows{"P1|A|40.00|0.00|0.00|N|net|its first instalment",
                               "P1|A|60.00|0.00|0.00||net|its first instalment", "P2||||||none|nothing fits"}));
}

// January is closed, so that the payment is applied on 1 February, when a policy lets 3.00 be closed; though the
// closing is dated after the day that is asked for.
TEST_F(Apply, APeriodIsClosedByWhatIsKnownWhateverTheDateOfItsClosing) {
  scenario_.Given({"2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00",
                   "2026-01-10 PaymentReceived customer=C payment=P1 amount=97.00",
                   "2026-02-01 TolerancePolicySet amount=5.00", "2026-02-05 PeriodClosed through=2026-01-31"});
  ReportRequest request = scenario_.Request();
  request.cut.effective = *Date::Parse("2026-02-02");
  EXPECT_EQ(RowTexts(RunReport("apply", request), {"invoice", "difference", "rule"}), Rows{"A|3.00|near"});
  request.cut.known = 4;
  EXPECT_EQ(RowTexts(RunReport("apply", request), {"invoice", "difference", "rule"}), Rows{"||none"});
}

TEST_F(Apply, NothingIsPaidWhereTheLastDayIsClosed) {
  scenario_.Given({"2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00",
                   "2026-01-10 PaymentReceived customer=C payment=P1 amount=100.00",
                   "2026-02-05 PeriodClosed through=9999-12-31"});
  EXPECT_EQ(Suggested(), Rows{"P1||||||none|no day is open"});
}

TEST_F(Apply, RestsAreClosedWithinThePolicyOfTheDay) {
  scenario_.Given({"2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00",
                   "2026-01-10 TolerancePolicySet amount=5.00 percent=0.5",
                   "2026-01-20 DebitNoteIssued debit_note=N invoice=A amount=100.00",
                   "2026-01-12 PaymentReceived customer=C payment=P1 amount=99.50",
                   "2026-02-01 PaymentReceived customer=C payment=P2 amount=199.00"});
  // 0.5 per cent of 200.00 is 1.00; on 12 January 100.00 was open, and half a yuan of that may be closed.
  ReportRequest request = scenario_.Request();
  request.payment = "P2";
  EXPECT_EQ(RowTexts(RunReport("apply", request), {"invoice", "amount", "difference", "rule"}),
            Rows{"A|199.00|1.00|near"});
  scenario_.Given({"2026-02-01 TolerancePolicySet amount=0.99"});
  EXPECT_EQ(RowTexts(RunReport("apply", scenario_.Request()), {"payment", "rule"}), (Rows{"P1|near", "P2|none"}));
}

TEST_F(Apply, TheRestOfOneDayThatIsNotTheRestOfLaterOnesIsNotClosed) {
  scenario_.Given({"2026-01-01 TolerancePolicySet amount=5.00",
                   "2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00",
                   "2026-02-01 PaymentReceived customer=C payment=P1 amount=96.00",
                   "2026-03-01 CreditNoteIssued credit_note=N invoice=A amount=3.00"});
  EXPECT_EQ(Suggested(), Rows{"P1||||||none|nothing fits"});
}

TEST_F(Apply, Article560GoesByRatesAndGuarantees) {
  scenario_.Given({"2026-01-05 InvoiceIssued customer=C invoice=A amount=100.00 due=2026-02-01",
                   "2026-01-06 InvoiceIssued customer=C invoice=B amount=100.00 due=2026-02-02",
                   "2026-01-07 InvoiceIssued customer=C invoice=D amount=100.00 due=2026-02-03",
                   "2026-01-08 InvoiceIssued customer=C invoice=E amount=100.00 due=2026-05-01",
                   "2026-01-09 InterestSet customer=C rate=12",
                   "2026-01-09 InterestSet invoice=D rate=0.05 day_count=day",
                   "2026-01-09 GuaranteeReceived customer=C guarantee=G kind=person amount=10.00 invoices=A",
                   "2026-03-01 PaymentReceived customer=C payment=P1 amount=350.00"});
  ReportRequest request = scenario_.Request();
  request.rule = "prc";
  EXPECT_EQ(RowTexts(RunReport("apply", request), {"invoice", "amount", "rule"}),
            (Rows{"D|100.00|prc", "B|100.00|prc", "A|100.00|prc", "E|50.00|prc"}));
}

}  // namespace
}  // namespace duebook
