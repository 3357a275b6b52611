#include "projections/reports/aging_curve.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projections/reports/aging_sums.h"
#include "projections/shared/grouping.h"
#include "tests/projections/hand_made_history.h"
#include "tests/projections/scenario.h"

namespace duebook {
namespace {

using testing::ElementsAre;

const Currency kCny = *Currency::Parse("CNY");

Date Day(std::string_view text) { return Date::Parse(text).value(); }

AgingBuckets Buckets(std::vector<int> ends) { return *AgingBuckets::Make(std::move(ends)); }

// "10.00 6.00 ...", step by step.
std::string Texts(const AgingCurve& curve, std::string_view figure) {
  const std::vector<std::string>& names = curve.figures().names();
  const auto at = static_cast<size_t>(std::find(names.begin(), names.end(), figure) - names.begin());
  std::vector<std::string> texts;
  for (const Sum sum : curve[at]) texts.push_back(FormatAmount(sum, kCny));
  return fmt::format("{}", fmt::join(texts, " "));
}

class AgingCurves : public testing::Test {
 protected:
  void SetUp() override { scenario_.Given({"2024-01-01 CustomerOpened customer=C name=Chen"}); }
  AgingCurve ByDay(const char* first, const char* last, const CurveScope& scope, uint64_t known = UINT64_MAX) {
    return MakeAgingCurve(Loaded(), CurveCuts::OfDays(known, Day(first), Day(last)), scope);
  }
  AgingCurve BySeq(const char* effective, std::vector<uint64_t> seqs, const CurveScope& scope) {
    return MakeAgingCurve(Loaded(), CurveCuts::OfSeqs(Day(effective), std::move(seqs)), scope);
  }
  History Loaded() {
    auto history = History::Load(scenario_.log(), kAllHistoryParts);
    EXPECT_TRUE(history.ok());
    return *history;
  }
  Scenario scenario_;
};

TEST_F(AgingCurves, HaveOfEachDayWhatIsOpenByItsAge) {
  scenario_.Given({
      "2024-12-01 InvoiceIssued customer=C invoice=I amount=10 due=2024-12-03",
      "2024-12-02 PaymentReceived customer=C payment=P amount=5",
      "2024-12-05 PaymentApplied payment=P invoice=I amount=4",
  });
  const AgingCurve curve = ByDay("2024-11-30", "2024-12-07", {.currency = kCny, .buckets = Buckets({1, 3})});
  EXPECT_THAT(curve.figures().names(), ElementsAre("not_due", "1-1", "2-3", "4+", "unapplied", "disputed", "balance"));
  EXPECT_EQ(Texts(curve, "not_due"), "0.00 10.00 10.00 10.00 0.00 0.00 0.00 0.00");
  EXPECT_EQ(Texts(curve, "1-1"), "0.00 0.00 0.00 0.00 10.00 0.00 0.00 0.00");
  EXPECT_EQ(Texts(curve, "2-3"), "0.00 0.00 0.00 0.00 0.00 6.00 6.00 0.00");
  EXPECT_EQ(Texts(curve, "4+"), "0.00 0.00 0.00 0.00 0.00 0.00 0.00 6.00");
  EXPECT_EQ(Texts(curve, "unapplied"), "0.00 0.00 -5.00 -5.00 -5.00 -1.00 -1.00 -1.00");
  EXPECT_EQ(Texts(curve, "balance"), "0.00 10.00 5.00 5.00 5.00 5.00 5.00 5.00");
}

TEST_F(AgingCurves, BeginWithAllThatWasBefore) {
  scenario_.Given({
      "2024-02-01 InvoiceIssued customer=C invoice=I1 amount=10 due=2024-02-01",
      "2024-11-01 InvoiceIssued customer=C invoice=I2 amount=200 due=2024-12-01",
      "2024-11-01 InvoiceIssued customer=C invoice=I3 amount=3000 due=2025-12-01",
      "2024-11-02 PaymentReceived customer=C payment=P amount=5",
      "2024-12-03 InvoiceIssued customer=C invoice=I4 amount=40000 due=2024-12-03",
  });
  const AgingCurve curve = ByDay("2024-12-01", "2024-12-02", {.currency = kCny, .buckets = Buckets({30})});
  EXPECT_EQ(Texts(curve, "not_due"), "3200.00 3000.00");
  EXPECT_EQ(Texts(curve, "1-30"), "0.00 200.00");
  EXPECT_EQ(Texts(curve, "31+"), "10.00 10.00");
  EXPECT_EQ(Texts(curve, "unapplied"), "-5.00 -5.00");
  EXPECT_EQ(Texts(ByDay("2024-12-02", "2024-12-02", {.currency = kCny, .buckets = Buckets({30})}), "balance"),
            "3205.00");
}

TEST_F(AgingCurves, HaveOfOneDayWhatWasKnownAtEachEvent) {
  scenario_.Given({
      "2024-12-01 InvoiceIssued customer=C invoice=I1 amount=10 due=2024-12-03",
      "2024-12-09 InvoiceIssued customer=C invoice=I2 amount=200 due=2024-12-09",
      "2024-12-10 PaymentReceived customer=C payment=P amount=5",
      "2024-12-10 PaymentApplied payment=P invoice=I1 amount=4",
      "2024-12-02 InvoiceIssued customer=C invoice=I3 amount=3000 due=2024-12-30",
  });
  const CurveScope scope{.currency = kCny, .buckets = Buckets({3})};
  AgingCurve curve = BySeq("2024-12-09", {0, 1, 2, 3, 6}, scope);
  EXPECT_EQ(Texts(curve, "not_due"), "0.00 0.00 0.00 200.00 3200.00");
  EXPECT_EQ(Texts(curve, "1-3"), "0.00 0.00 0.00 0.00 0.00");
  EXPECT_EQ(Texts(curve, "4+"), "0.00 0.00 10.00 10.00 10.00");
  curve = BySeq("2024-12-10", {3, 3, 4, 5, 100}, scope);
  EXPECT_EQ(Texts(curve, "1-3"), "200.00 200.00 200.00 200.00 200.00");
  EXPECT_EQ(Texts(curve, "4+"), "10.00 10.00 10.00 6.00 6.00");
  EXPECT_EQ(Texts(curve, "unapplied"), "0.00 0.00 -5.00 -1.00 -1.00");
  EXPECT_EQ(Texts(curve, "balance"), "210.00 210.00 205.00 205.00 3205.00");
}

TEST_F(AgingCurves, AreOfOneCurrencyAndOfTheCustomersAskedFor) {
  scenario_.Given({
      "2024-01-01 CustomerOpened customer=D name=Dao",
      "2024-01-02 InvoiceIssued customer=C invoice=I1 amount=1 due=2024-01-02",
      "2024-01-02 InvoiceIssued customer=D invoice=I2 amount=20 due=2024-01-02",
      "2024-01-02 InvoiceIssued customer=D invoice=I3 amount=300 due=2024-01-02 currency=USD",
      "2024-01-02 PaymentReceived customer=D payment=P amount=4 currency=USD",
      "2024-01-02 DisputeOpened dispute=X invoice=I2 amount=7",
      "2024-01-02 DisputeOpened dispute=Y invoice=I3 amount=8",
  });
  CurveScope scope{.currency = kCny, .buckets = Buckets({})};
  const auto figures = [&] {
    std::vector<std::string> texts;
    for (const AgingCurve& curve : {ByDay("2024-01-02", "2024-01-02", scope), BySeq("2024-01-02", {100}, scope)}) {
      texts.push_back(Texts(curve, "unapplied") + " " + Texts(curve, "disputed") + " " + Texts(curve, "balance"));
    }
    EXPECT_EQ(texts[0], texts[1]);
    return texts[0];
  };
  EXPECT_EQ(figures(), "0.00 7.00 21.00");
  scope.customers = {0};
  EXPECT_EQ(figures(), "0.00 0.00 1.00");
  scope.customers = {1};
  EXPECT_EQ(figures(), "0.00 7.00 20.00");
  scope.currency = *Currency::Parse("USD");
  EXPECT_EQ(figures(), "-4.00 8.00 296.00");
  scope.customers->clear();
  EXPECT_EQ(figures(), "0.00 0.00 0.00");
  scope = {.currency = *Currency::Parse("JPY"), .buckets = Buckets({})};
  EXPECT_EQ(figures(), "0.00 0.00 0.00");
}

TEST_F(AgingCurves, DisputeAtMostWhatIsOpen) {
  scenario_.Given({
      "2024-10-01 InvoiceIssued customer=C invoice=I amount=100 due=2024-10-03",
      "2024-10-02 DisputeOpened dispute=D1 invoice=I amount=30",
      "2024-10-03 DisputeOpened dispute=D2 invoice=I amount=60",
      "2024-10-04 DisputeResolved dispute=D1 outcome=agreed",
      "2024-10-05 PaymentReceived customer=C payment=P amount=95",
      "2024-10-05 PaymentApplied payment=P invoice=I amount=95",
      "2024-10-06 DisputeResolved dispute=D2 outcome=dropped",
  });
  const CurveScope scope{.currency = kCny, .buckets = Buckets({1})};
  AgingCurve curve = ByDay("2024-10-01", "2024-10-06", scope);
  EXPECT_EQ(Texts(curve, "disputed"), "0.00 30.00 90.00 60.00 5.00 0.00");
  EXPECT_EQ(Texts(curve, "1-1"), "0.00 0.00 0.00 100.00 0.00 0.00");
  EXPECT_EQ(Texts(curve, "2+"), "0.00 0.00 0.00 0.00 5.00 5.00");
  curve = BySeq("2024-10-05", {2, 3, 4, 5, 6, 7, 8}, scope);
  EXPECT_EQ(Texts(curve, "disputed"), "0.00 30.00 90.00 60.00 60.00 5.00 5.00");
}

TEST_F(AgingCurves, PayInstalmentsFromTheFirstOn) {
  scenario_.Given({
      "2024-10-01 InvoiceIssued customer=C invoice=I amount=100 instalments='2024-10-03 20.00;2024-10-05 80.00'",
      "2024-10-01 PaymentReceived customer=C payment=P amount=100",
      "2024-10-04 PaymentApplied payment=P invoice=I amount=30",
      "2024-10-07 DebitNoteIssued debit_note=D invoice=I amount=15",
  });
  CurveScope scope{.currency = kCny, .buckets = Buckets({1})};
  AgingCurve curve = ByDay("2024-10-02", "2024-10-07", scope);
  EXPECT_EQ(Texts(curve, "not_due"), "100.00 100.00 70.00 70.00 0.00 0.00");
  EXPECT_EQ(Texts(curve, "1-1"), "0.00 0.00 0.00 0.00 70.00 0.00");
  EXPECT_EQ(Texts(curve, "2+"), "0.00 0.00 0.00 0.00 0.00 85.00");
  curve = BySeq("2024-10-04", {2, 3, 4, 5}, scope);
  EXPECT_EQ(Texts(curve, "not_due"), "80.00 80.00 70.00 70.00");
  EXPECT_EQ(Texts(curve, "1-1"), "20.00 20.00 0.00 0.00");
  scope.basis = AgingBasis::kInvoice;
  EXPECT_EQ(Texts(ByDay("2024-10-01", "2024-10-04", scope), "1-1"), "0.00 100.00 0.00 0.00");
}

TEST_F(AgingCurves, FollowNewSchedulesUntilTheyAreReversed) {
  scenario_.Given({
      "2024-10-01 InvoiceIssued customer=C invoice=I amount=100 due=2024-10-03",
      "2024-10-04 InvoiceRescheduled id=R invoice=I reason=agreed instalments='2024-10-05 40.00;2024-10-09 60.00'",
      "2024-10-07 EventReversed event=R reason=mistaken",
  });
  CurveScope scope{.currency = kCny, .buckets = Buckets({1})};
  AgingCurve curve = ByDay("2024-10-02", "2024-10-07", scope);
  EXPECT_EQ(Texts(curve, "not_due"), "100.00 100.00 100.00 100.00 60.00 0.00");
  EXPECT_EQ(Texts(curve, "1-1"), "0.00 0.00 0.00 0.00 40.00 0.00");
  EXPECT_EQ(Texts(curve, "2+"), "0.00 0.00 0.00 0.00 0.00 100.00");
  EXPECT_EQ(Texts(ByDay("2024-10-02", "2024-10-07", scope, 3), "2+"), "0.00 0.00 0.00 0.00 0.00 40.00");
  EXPECT_EQ(Texts(BySeq("2024-10-07", {2, 3, 4}, scope), "2+"), "100.00 40.00 100.00");
  scope.basis = AgingBasis::kOriginal;
  EXPECT_EQ(Texts(ByDay("2024-10-02", "2024-10-07", scope), "1-1"), "0.00 0.00 100.00 0.00 0.00 0.00");
}

// Of so many movements that they are added up by day and column first, of amounts of 64 bits whose sums take more.
TEST(ManyMovements, AddUpToTheFiguresOfTheAging) {
  constexpr Minor kLargest = 9'000'000'000'000'000'000;
  for (const Minor amount : {Minor{7}, kLargest}) {
    HandMadeHistory made;
    made.Add(HandMadeHistory::Customer{1, Day("2024-01-01"), "C"});
    for (uint64_t seq = 2; seq < 1000; ++seq) {
      const Date date = Day("2024-01-01").AddDays(static_cast<int64_t>(seq % 13));
      const ItemKind kind = seq % 5 == 0 ? ItemKind::kPayment : ItemKind::kInvoice;
      const uint32_t item = made.Add(HandMadeHistory::Item{seq, date, kind, "X", amount});
      made.Add(HandMadeHistory::Movement{seq, date, item, MovementKind::kIssued, amount});
    }
    const History history = made.Take();
    const CurveScope scope{.currency = kCny, .buckets = Buckets({2, 5})};
    const Date first = Day("2024-01-03");
    const uint64_t known = 900;
    const AgingCurve by_day = MakeAgingCurve(history, CurveCuts::OfDays(known, first, first.AddDays(9)), scope);
    const AgingCurve by_seq = MakeAgingCurve(history, CurveCuts::OfSeqs(first.AddDays(3), {100, known}), scope);
    for (size_t step = 0; step < by_day.steps(); ++step) {
      const Cut cut{first.AddDays(static_cast<int64_t>(step)), known};
      ReportRequest request;
      request.by = "currency";
      auto grouping = Grouping::Make(request, history, cut);
      ASSERT_TRUE(grouping.ok());
      const std::vector<GroupSums> sums = AgingSums(history, cut, scope.basis, scope.buckets, *grouping);
      ASSERT_EQ(sums.size(), 1U);
      for (size_t figure = 0; figure < sums[0].size(); ++figure) {
        EXPECT_EQ(by_day[figure][step], sums[0][figure]) << figure << " of day " << step;
        if (step == 3) EXPECT_EQ(by_seq[figure][1], sums[0][figure]) << figure;
      }
    }
  }
}

}  // namespace
}  // namespace duebook
