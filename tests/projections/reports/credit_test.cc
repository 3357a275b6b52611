// The gate of shipments decides by figures that the books keep up event by event, the report counts them anew from
// columns: on random histories both say the same of every day, whatever was recorded in whatever order.

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/events/credit_gate.h"
#include "ledger/events/general.h"
#include "projections/reports/credit_book.h"
#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using Verdict = CheckedCredit::Verdict;

Date Day(std::string_view text) { return Date::Parse(text).value(); }
Currency Code(std::string_view code) { return Currency::Parse(code).value(); }

// What somebody types of one customer's dealings, right and wrong, dated anywhere in ten weeks.
class RandomDealings {
 public:
  explicit RandomDealings(uint64_t seed) : random_(seed) {}

  std::string NextLine() {
    const std::string day = RandomDay().ToString();
    const std::string late = Day("2025-02-10").AddDays(Between(0, 30)).ToString();
    const std::string currency = Below(6) == 0 ? "EUR" : "CNY";
    const int amount = Between(1, 90);
    count_++;
    switch (Below(20)) {
      case 0:
      case 1:
        return Line(
            day, "InvoiceIssued",
            fmt::format("invoice=I{} amount={} currency={} terms='net {}'", count_, amount, currency, Between(0, 20)));
      case 2:
        return Line(late, "InvoiceIssued",
                    fmt::format("invoice=I{} amount=60 instalments='{} 20;{} 40' currency={}", count_,
                                RandomDay().ToString(), RandomDay().ToString(), currency));
      case 3:
        invoices_of_shipments_.push_back(count_);
        return Line(day, "InvoiceIssued",
                    fmt::format("invoice=I{} amount={} shipments=S{} currency={}", count_, amount, OneOf(shipments_),
                                currency));
      case 4:
      case 5:
        return Line(day, "PaymentReceived", fmt::format("payment=P{} amount={} currency={}", count_, amount, currency));
      case 6:
        return Line(
            day, "PaymentApplied",
            fmt::format("id=a{} payment=P{} invoice=I{} amount={}", count_, Earlier(), Earlier(), Between(1, 20)));
      case 7:
        return Line(day, "CreditNoteIssued",
                    fmt::format("id=x{} credit_note=C{} amount={} currency={}", count_, count_, amount, currency));
      case 8:
        return Line(day, "DebitNoteIssued",
                    fmt::format("id=x{} debit_note=D{} invoice=I{} amount={}", count_, count_, Earlier(), amount));
      case 9:
      case 10:
        shipments_.push_back(count_);
        return Line(day, "ShipmentRecorded",
                    fmt::format("id=x{} shipment=S{} amount={} currency={}", count_, count_, amount, currency));
      case 11:
        return Line(day, "ShipmentRecorded",
                    fmt::format("id=x{} shipment=S{} amount={} payment=P{}", count_, count_, amount, Earlier()));
      case 12:
        return Line(day, "ShipmentReturned",
                    fmt::format("id=x{} shipment=S{} amount={}", count_, OneOf(shipments_), Between(1, 20)));
      case 13:
        return Line(late, "InvoiceVoided", fmt::format("invoice=I{}", OneOf(invoices_of_shipments_)));
      case 14:
        return Line(day, "EventReversed", fmt::format("event=x{}", Earlier()));
      case 15:
        return Below(2) == 0 ? Line(day, "PaymentReversed", fmt::format("payment=P{}", Earlier()))
                             : Line(day, "ApplicationReversed", fmt::format("application=a{}", Earlier()));
      case 16:
        return Line(day, "GuaranteeReceived",
                    fmt::format("id=x{} guarantee=G{} kind={} amount={} expires={} currency={}", count_, count_,
                                Below(2) == 0 ? "deposit" : "person", amount, RandomDay().ToString(), currency));
      case 17:
        return Line(day, "GuaranteeReleased",
                    fmt::format("id=x{} guarantee=G{} amount={}", count_, Earlier(), Between(1, 20)));
      case 18:
        return Below(2) == 0 ? Line(day, "DisputeOpened",
                                    fmt::format("dispute=T{} invoice=I{} amount={}", count_, Earlier(), amount))
                             : Line(day, "DisputeResolved", fmt::format("dispute=T{} outcome=settled", Earlier()));
      default:
        return fmt::format("{} CreditPolicySet checks=none overdue_days={} disputed={} guarantees='deposit;person'",
                           day, Between(0, 3), Below(2) == 0 ? "exempt" : "counts");
    }
  }

  Date RandomDay() { return Day("2025-01-01").AddDays(Between(0, 70)); }

 private:
  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  int Between(int first, int last) { return std::uniform_int_distribution<int>(first, last)(random_); }
  int Earlier() { return Between(std::max(1, count_ - 25), count_); }
  static std::string Line(const std::string& day, std::string_view type, const std::string& fields) {
    return fmt::format("{} {} customer=C1 {}", day, type, fields);
  }

  // One of those that were named, or any number.
  int OneOf(const std::vector<int>& numbers) {
    return numbers.empty() ? Earlier() : numbers[static_cast<size_t>(Below(static_cast<int>(numbers.size())))];
  }

  std::mt19937_64 random_;
  int count_ = 0;
  std::vector<int> shipments_, invoices_of_shipments_;
};

// What the gate says of a shipment of one minor unit on a day, in a currency.
struct GateFigures {
  Sum net_overdue = 0, exposure = 0;
};

GateFigures AskGate(Books& books, Date day, Currency currency) {
  GateFigures figures;
  for (const CheckedCredit& each :
       JudgeShipment(books, {.customer = "C1", .date = day, .currency = currency, .amount = 1})) {
    if (each.check == CreditCheck::kLimit) figures.exposure = *each.figure - 1;
    if (each.check == CreditCheck::kOverdue && each.currency == currency) figures.net_overdue = *each.figure;
  }
  return figures;
}

// What the report counts.
void ExpectAgreement(const Scenario& scenario, Books& books, const History& history, uint64_t seq, Date day) {
  const auto book = CreditBook::Make(scenario.log(), history, {day, seq});
  ASSERT_TRUE(book.ok()) << book.error().ToString();
  bool overdue_elsewhere = false;
  for (const CreditStanding& each : book->standings()) {
    const GateFigures gate = AskGate(books, day, each.currency);
    EXPECT_EQ(FormatAmount(gate.exposure, each.currency), FormatAmount(each.Exposure(), each.currency))
        << each.currency.ToString() << " on " << day.ToString() << " after event " << seq;
    // The gate names the first currency in which something is overdue.
    if (!overdue_elsewhere || gate.net_overdue != 0) {
      EXPECT_EQ(FormatAmount(gate.net_overdue, each.currency), FormatAmount(each.NetOverdue(), each.currency))
          << each.currency.ToString() << " on " << day.ToString() << " after event " << seq;
    }
    overdue_elsewhere = overdue_elsewhere || each.currency == Code("EUR") || each.NetOverdue() != 0;
  }
}

TEST(CreditBook, SaysWhatTheGateOfShipmentsDecidesBy) {
  for (uint64_t seed = 1; seed <= 12; seed++) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Scenario scenario;
    RandomDealings dealings(seed);
    scenario.Given({"2025-01-01 CustomerOpened customer=C1 limit=100.00"});
    for (int i = 0; i < 120; i++) scenario.Refused(dealings.NextLine());
    const auto parts = std::vector<HistoryPart>(kAllHistoryParts.begin(), kAllHistoryParts.end());
    const auto history = History::Load(scenario.log(), parts);
    ASSERT_TRUE(history.ok());
    Books books;
    for (uint64_t seq = 1; seq <= scenario.log().last_seq(); seq++) {
      const auto event = scenario.log().Get(seq);
      ASSERT_TRUE(event.ok());
      ASSERT_TRUE(Fold(books, event->view(), seq).ok());
      // An account that is there from now on has to be kept up.
      if (seq > 10) ExpectAgreement(scenario, books, *history, seq, dealings.RandomDay());
    }
    if (HasFailure()) return;
  }
}

TEST(CreditBook, HasEachCustomerInTheLedgersCurrencyAndInOthersThatItHasSomethingIn) {
  Scenario scenario;
  scenario.Given({"2025-01-01 CustomerOpened customer=C1", "2025-01-01 CustomerOpened customer=C2",
                  "2025-01-02 CreditLimitSet customer=C1 limit=50 currency=JPY",
                  "2025-01-02 GuaranteeReceived customer=C1 guarantee=G1 kind=mortgage amount=10 currency=EUR"});
  ReportRequest request = scenario.Request();
  request.cut.effective = Day("2025-01-31");
  EXPECT_EQ(RowTexts(RunReport("credit", request), {"customer", "currency", "state", "limit", "guarantees", "room"}),
            (std::vector<std::string>{"C1|CNY|opened|0.00|0.00|0.00", "C1|EUR|opened|0.00|0.00|0.00",
                                      "C1|JPY|opened|50|0|50", "C2|CNY|opened|0.00|0.00|0.00"}));
}

TEST(CreditBook, AVoidPutsTheGoodsBackAmongThoseNotInvoiced) {
  Scenario scenario;
  scenario.Given({"2025-01-01 CustomerOpened customer=C1", "2025-01-02 InvoiceIssued customer=C1 invoice=I1 amount=60",
                  "2025-01-03 ShipmentRecorded customer=C1 shipment=S1 amount=60 invoice=I1",
                  "2025-01-04 InvoiceVoided invoice=I1",
                  "2025-01-05 InvoiceIssued customer=C1 invoice=I2 amount=60 shipments=S1"});
  const auto not_invoiced = [&](std::string_view day) {
    ReportRequest request = scenario.Request();
    request.cut.effective = Day(day);
    return RowTexts(RunReport("credit", request), {"balance", "not_invoiced"});
  };
  EXPECT_EQ(not_invoiced("2025-01-03"), std::vector<std::string>{"60.00|0.00"});
  EXPECT_EQ(not_invoiced("2025-01-04"), std::vector<std::string>{"0.00|60.00"});
  EXPECT_EQ(not_invoiced("2025-01-05"), std::vector<std::string>{"60.00|0.00"});
}

}  // namespace
}  // namespace duebook
