#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Date Day(std::string_view text) { return Date::Parse(text).value(); }

class Statement : public testing::Test {
 protected:
  void SetUp() override {
    scenario_.Given({
        "2025-01-01 CustomerOpened customer=C name=Chen terms='2/10 net 30'",
        "2025-01-01 CustomerOpened customer=D name=Dao",
        "2025-01-05 InvoiceIssued customer=C invoice=I1 amount=1000",
        "2025-01-05 InvoiceIssued customer=D invoice=I9 amount=7",
        "2025-01-08 DebitNoteIssued debit_note=B1 invoice=I1 amount=10",
        "2025-01-10 PaymentReceived customer=C payment=P1 amount=400",
        "2025-01-10 PaymentApplied id=A1 payment=P1 invoice=I1 amount=392 discount=8",
        "2025-01-12 PaymentReceived customer=C payment=P2 amount=50",
        "2025-01-12 PaymentApplied id=A2 payment=P2 invoice=I1 amount=50",
        "2025-01-14 PaymentReversed payment=P2 reason=bounced",
        "2025-01-15 RefundPaid refund=F1 payment=P1 amount=5",
        "2025-01-20 WriteOffRequested write_off=W1 invoice=I1 amount=100 reason=lost actor=ann",
        "2025-01-21 WriteOffApproved write_off=W1 actor=con",
        "2025-01-25 WriteOffReversed write_off=W1 reason=found",
        "2025-01-07 InvoiceIssued customer=C invoice=I2 amount=30 currency=USD due=2025-01-31",
        "2025-01-26 CreditNoteIssued customer=C credit_note=N1 amount=60",
    });
  }
  ReportRequest Of(std::string_view customer) {
    ReportRequest request = scenario_.Request();
    request.subject.append(customer);
    return request;
  }
  Report Run(std::string_view from, std::string_view to) {
    ReportRequest request = Of("C");
    if (!from.empty()) request.from = Day(from);
    if (!to.empty()) request.to = Day(to);
    return RunReport("statement", request);
  }
  std::vector<std::string> Lines(std::string_view from, std::string_view to) {
    return RowTexts(Run(from, to), {"date", "type", "document", "currency", "debit", "credit", "balance"});
  }
  Scenario scenario_;
};

TEST_F(Statement, WholeAccountByCurrencyInOrderOfDate) {
  EXPECT_THAT(Lines("", ""), ElementsAre("|opening balance||CNY|||0.00",                       //
                                         "2025-01-05|InvoiceIssued|I1|CNY|1000.00||1000.00",   //
                                         "2025-01-08|DebitNoteIssued|B1|CNY|10.00||1010.00",   //
                                         "2025-01-10|PaymentReceived|P1|CNY||400.00|610.00",   //
                                         "2025-01-10|PaymentApplied|P1|CNY||8.00|602.00",      //
                                         "2025-01-12|PaymentReceived|P2|CNY||50.00|552.00",    //
                                         "2025-01-14|PaymentReversed|P2|CNY|50.00||602.00",    //
                                         "2025-01-15|RefundPaid|F1|CNY|5.00||607.00",          //
                                         "2025-01-21|WriteOffApproved|W1|CNY||100.00|507.00",  //
                                         "2025-01-25|WriteOffReversed|W1|CNY|100.00||607.00",  //
                                         "2025-01-26|CreditNoteIssued|N1|CNY||60.00|547.00",   //
                                         "9999-12-31|closing balance||CNY|||547.00",           //
                                         "|opening balance||USD|||0.00",                       //
                                         "2025-01-07|InvoiceIssued|I2|USD|30.00||30.00",       //
                                         "9999-12-31|closing balance||USD|||30.00"));
}

TEST_F(Statement, PeriodOpensWithWhatCameBeforeItsFirstDay) {
  EXPECT_THAT(Lines("2025-01-12", "2025-01-15"),
              ElementsAre("2025-01-12|opening balance||CNY|||602.00",         //
                          "2025-01-12|PaymentReceived|P2|CNY||50.00|552.00",  //
                          "2025-01-14|PaymentReversed|P2|CNY|50.00||602.00",  //
                          "2025-01-15|RefundPaid|F1|CNY|5.00||607.00",        //
                          "2025-01-15|closing balance||CNY|||607.00",         //
                          "2025-01-12|opening balance||USD|||30.00",          //
                          "2025-01-15|closing balance||USD|||30.00"));
}

TEST_F(Statement, ClosingBalanceIsThatOfTheBalanceReportAtEveryDay) {
  for (Date day = Day("2025-01-01"); day <= Day("2025-01-31"); day = day.AddDays(1)) {
    ReportRequest request = scenario_.Request();
    request.customers = {"C"};
    request.cut.effective = day;
    std::vector<std::string> closing;
    const Report statement = Run("", day.ToString());
    for (const Row& row : statement.rows) {
      if (CellText(row[4]) != "closing balance") continue;
      closing.push_back(CellText(row[1]).append("|").append(CellText(row[9])));
    }
    EXPECT_EQ(closing, RowTexts(RunReport("balance", request), {"currency", "balance"})) << day.ToString();
  }
}

TEST_F(Statement, KnownIsRespected) {
  ReportRequest request = Of("C");
  request.cut.known = 5;
  EXPECT_THAT(RowTexts(RunReport("statement", request), {"type", "balance"}),
              ElementsAre("opening balance|0.00", "InvoiceIssued|1000.00", "DebitNoteIssued|1010.00",
                          "closing balance|1010.00"));
}

TEST_F(Statement, AgingIsThatOfTheLastDay) {
  const std::vector<std::string> figures = FigureTexts(Run("", "2025-01-10"));
  EXPECT_THAT(figures, Contains("CNY not_due=610.00"));
  EXPECT_THAT(figures, Contains("CNY unapplied=-8.00"));
  EXPECT_THAT(figures, Contains("CNY balance=602.00"));
  EXPECT_THAT(figures, Contains("USD not_due=30.00"));
  EXPECT_THAT(FigureTexts(Run("", "2025-03-10")), Contains("USD 31-60=30.00"));
}

TEST_F(Statement, TellsWhatItCannotDo) {
  EXPECT_EQ(FailReport("statement", Of("X")).code, ErrorCode::kNotFound);
  ReportRequest request = Of("C");
  request.from = Day("2025-02-01");
  request.to = Day("2025-01-31");
  EXPECT_EQ(FailReport("statement", request).code, ErrorCode::kInvalidArgument);
}

TEST_F(Statement, CustomerWithoutMovementsHasNoSections) {
  scenario_.Given({"2025-02-01 CustomerOpened customer=E name=Eva"});
  EXPECT_THAT(RunReport("statement", Of("E")).rows, IsEmpty());
}

}  // namespace
}  // namespace duebook
