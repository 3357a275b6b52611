#include "projections/reports/cash_matcher.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace duebook {
namespace {

Date Day(int day) { return Date::FromCivil(2026, 3, 1)->AddDays(day - 1); }

Claim Open(std::string_view number, Sum open, int due = 10) {
  Claim claim;
  claim.number = number;
  claim.issued = Day(1);
  claim.due = Day(due);
  claim.day = Day(15);
  claim.open = claim.first_part = open;
  return claim;
}

// "exact: A 100" with discounts and differences behind the amount.
std::string Told(const CashToMatch& cash) {
  const CashMatch match = MatchCash(cash);
  std::string told(match.rule);
  told += ":";
  if (match.shares.empty()) told.append(" ").append(match.reason);
  for (const CashShare& share : match.shares) {
    told += fmt::format(" {} {}", cash.claims[share.claim].number, FormatAmount(share.amount, *Currency::Parse("JPY")));
    if (share.discount > 0) told += fmt::format("-{}", share.discount);
    if (share.difference > 0) told += fmt::format("~{}", share.difference);
  }
  return told;
}

std::string Paid(Minor amount, std::vector<Claim> claims, CashOrder order = CashOrder::kNone, Sum credit = 0) {
  CashToMatch cash;
  cash.amount = amount;
  cash.credit = credit;
  cash.claims = std::move(claims);
  cash.order = order;
  return Told(cash);
}

Claim Named(Claim claim) {
  claim.named = true;
  return claim;
}

Claim Tolerating(Claim claim, Minor rest) {
  claim.tolerance = TolerancePolicy{0, Day(1), Currency(), rest, {}, {}};
  claim.left_in_month = rest;
  return claim;
}

TEST(CashMatcher, WhatThePayerNamedComesFirst) {
  EXPECT_EQ(Paid(500, {Open("A", 500), Named(Open("B", 500))}), "reference: B 500");
  EXPECT_EQ(Paid(800, {Named(Open("A", 500)), Named(Open("B", 200))}), "reference: A 500 B 200");
}

TEST(CashMatcher, ClaimsAboveSixtyFourBitsAreNoLess) {
  const Sum most = INT64_MAX;
  EXPECT_EQ(Paid(INT64_MAX, {Open("A", most + 1)}), "none: nothing fits");
  EXPECT_EQ(Paid(INT64_MAX, {Open("A", most + 1)}, CashOrder::kOldest), "oldest: A 9223372036854775807");
  EXPECT_EQ(Paid(INT64_MAX, {Tolerating(Open("A", most + 5), 5)}), "near: A 9223372036854775807~5");
  EXPECT_EQ(Paid(INT64_MAX, {Open("A", most + 1)}, CashOrder::kNone, 1), "net: A 9223372036854775808");
  EXPECT_EQ(Paid(INT64_MAX, {Open("A", most - 1), Open("B", 8)}, CashOrder::kNone, 7),
            "net: A 9223372036854775806 B 8");
  EXPECT_EQ(Paid(INT64_MAX, {Open("A", 2 * (most + 1)), Open("B", most + 1)}, CashOrder::kPrc),
            "prc: A 6148914691236517205 B 3074457345618258602");
}

TEST(CashMatcher, WhatWasNamedIsPaidEarliestDueFirstWhereItIsMore) {
  EXPECT_EQ(Paid(600, {Named(Open("A", 500, 20)), Named(Open("B", 200, 5))}), "reference: B 200 A 400");
}

TEST(CashMatcher, WhatWasNamedTakesDiscountsIfThatIsExactlyTheAmount) {
  Claim a = Named(Open("A", 1000));
  a.discount_ppm = 20'000;
  EXPECT_EQ(Paid(1480, {a, Named(Open("B", 500))}), "reference: A 980-20 B 500");
  EXPECT_EQ(Paid(1481, {a, Named(Open("B", 500))}), "reference: A 1000 B 481");
}

TEST(CashMatcher, OneNamedInvoiceMayBeShortWithinTheTolerance) {
  EXPECT_EQ(Paid(495, {Tolerating(Named(Open("A", 500)), 5)}), "reference: A 495~5");
  EXPECT_EQ(Paid(494, {Tolerating(Named(Open("A", 500)), 5)}), "reference: A 494");
  EXPECT_EQ(Paid(995, {Tolerating(Named(Open("A", 500)), 5), Tolerating(Named(Open("B", 500)), 5)}),
            "reference: A 500 B 495");
}

TEST(CashMatcher, InvoicesOfAnotherCustomerStopTheSearch) {
  CashToMatch cash;
  cash.amount = 500;
  cash.names_others_only = true;
  cash.claims = {Open("A", 500)};
  EXPECT_EQ(Told(cash), "none: names an invoice of another customer");
}

TEST(CashMatcher, ExactIsTheOnlyInvoiceOfThatAmount) {
  EXPECT_EQ(Paid(500, {Open("A", 500), Open("B", 501)}), "exact: A 500");
  EXPECT_EQ(Paid(500, {Open("A", 500), Open("B", 500)}), "none: several invoices have that amount");
}

TEST(CashMatcher, ExactIsAlsoAFirstInstalmentOrAllLessItsDiscount) {
  Claim instalments = Open("A", 900);
  instalments.first_part = 300;
  Claim discounted = Open("B", 1000);
  discounted.discount_ppm = 20'000;
  EXPECT_EQ(Paid(300, {instalments, discounted}), "exact: A 300");
  EXPECT_EQ(Paid(980, {instalments, discounted}), "exact: B 980-20");
  EXPECT_EQ(Paid(980, {Open("C", 980), discounted}), "none: several invoices have that amount");
}

TEST(CashMatcher, SubsetIsAllThatIsOpenOrTheOnlySum) {
  EXPECT_EQ(Paid(600, {Open("A", 100), Open("B", 200), Open("C", 300)}), "subset: A 100 B 200 C 300");
  EXPECT_EQ(Paid(600, {Open("A", 100), Open("B", 200), Open("C", 300), Open("D", 700)}), "subset: A 100 B 200 C 300");
  EXPECT_EQ(Paid(350, {Open("A", 100), Open("B", 200), Open("C", 250)}), "subset: A 100 C 250");
  EXPECT_EQ(Paid(300, {Open("A", 100), Open("B", 200), Open("C", 50), Open("D", 250)}),
            "none: several sets of invoices have that sum");
}

TEST(CashMatcher, AboveThirtyTwoInvoicesOnlyAllOfThemAreTried) {
  std::vector<Claim> claims;
  for (int i = 0; i < 33; ++i) claims.push_back(Open("A", Minor{1000} + i));
  EXPECT_EQ(Paid(2001, claims), "none: too many invoices to search");
  EXPECT_EQ(Paid(33 * 1000 + 528, claims).substr(0, 7), "subset:");
}

TEST(CashMatcher, CreditNotesHelpOnlyAllTogether) {
  EXPECT_EQ(Paid(400, {Open("A", 500)}, CashOrder::kNone, 100), "net: A 500");
  EXPECT_EQ(Paid(650, {Open("A", 500), Open("B", 250)}, CashOrder::kNone, 100), "net: A 500 B 250");
  EXPECT_EQ(Paid(450, {Open("A", 500)}, CashOrder::kNone, 100), "none: nothing fits");
}

// What credit notes pay of an invoice earns no discount: 2 per cent are let off of 500, not of 1000.
TEST(CashMatcher, DiscountsAreNotOfWhatCreditNotesPay) {
  Claim discounted = Open("A", 1000);
  discounted.discount_ppm = 20'000;
  EXPECT_EQ(Paid(490, {discounted}, CashOrder::kNone, 500), "net: A 990-10");
  EXPECT_EQ(Paid(480, {discounted}, CashOrder::kNone, 500), "none: nothing fits");
}

TEST(CashMatcher, NearIsTheOnlyInvoiceShortWithinTheToleranceWhereNothingFits) {
  EXPECT_EQ(Paid(498, {Tolerating(Open("A", 500), 5), Open("B", 700)}), "near: A 498~2");
  EXPECT_EQ(Paid(498, {Tolerating(Open("A", 500), 5), Tolerating(Open("B", 501), 5)}),
            "none: several invoices are short within the tolerance");
  EXPECT_EQ(Paid(498, {Tolerating(Open("A", 500), 5), Open("B", 498), Open("C", 498)}),
            "none: several invoices have that amount");
}

TEST(CashMatcher, ARestIsNotClosedAboveWhatIsLeftOfTheMonth) {
  Claim a = Tolerating(Open("A", 500), 5);
  a.left_in_month = 2;
  EXPECT_EQ(Paid(498, {a}), "near: A 498~2");
  EXPECT_EQ(Paid(497, {a}), "none: short by more than may still be closed in the month");
  EXPECT_EQ(Paid(497, {Named(a)}), "reference: A 497");
  // What is left of the month does not tell which invoice was meant.
  EXPECT_EQ(Paid(498, {a, Tolerating(Open("B", 501), 5)}), "none: several invoices are short within the tolerance");
}

TEST(CashMatcher, OldestPaysInOrderOfDueDatesWhereItIsAskedFor) {
  EXPECT_EQ(Paid(170, {Open("Z", 100, 1), Open("A", 100, 30), Open("M", 100, 2)}, CashOrder::kOldest),
            "oldest: Z 100 M 70");
}

TEST(CashMatcher, Article560PaysWhatIsDueThenWhatIsNotCoveredThenWhatBearsMore) {
  Claim not_due = Open("N", 100, 20);
  Claim covered = Open("C", 100, 1);
  covered.guaranteed = true;
  Claim dear = Open("D", 100, 9);
  dear.yearly_rate = 180'000;
  EXPECT_EQ(Paid(350, {not_due, covered, dear, Open("E", 100, 2)}, CashOrder::kPrc), "prc: D 100 E 100 C 100 N 50");
}

// 100 over 100, 100 and 150: 28.57 and 57.14 rounded, so 29 and 28 and 43.
TEST(CashMatcher, Article560DividesOverEqualsByWhatIsOpen) {
  EXPECT_EQ(Paid(100, {Open("A", 100), Open("B", 100), Open("C", 150)}, CashOrder::kPrc), "prc: A 29 B 28 C 43");
}

// A has 30 due on day 5 and 70 on day 25; the payment is applied on day 15. What is due comes first, of A and of B;
// then 15 of the later part of A, which is paid once.
TEST(CashMatcher, Article560PaysEachInstalmentByItsOwnDay) {
  Claim a = Open("A", 100, 5);
  a.first_part = 30;
  a.later = {{Day(25), 70}};
  EXPECT_EQ(Paid(95, {a, Open("B", 80, 6)}, CashOrder::kPrc), "prc: A 30 B 65");
  EXPECT_EQ(Paid(125, {a, Open("B", 80, 6)}, CashOrder::kPrc), "prc: A 45 B 80");
  // Parts of one day share by what is open of them: 60 over 70 and 70.
  EXPECT_EQ(Paid(90, {a, Open("B", 70, 25)}, CashOrder::kPrc), "prc: A 60 B 30");
}

TEST(CashMatcher, NothingOpenIsSaid) { EXPECT_EQ(Paid(100, {}), "none: nothing is open"); }

}  // namespace
}  // namespace duebook
