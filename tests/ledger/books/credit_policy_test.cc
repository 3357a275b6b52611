#include "ledger/books/credit_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Currency Code(std::string_view code) { return Currency::Parse(code).value(); }
Date Day(std::string_view text) { return Date::Parse(text).value(); }

CreditPolicy WithBands() {
  CreditPolicy policy;
  policy.currency = Code("CNY");
  policy.bands = {{5000000, {"credit", "sales-head"}}, {10000000, {"cfo"}}};
  return policy;
}

TEST(CreditPolicy, ALimitOfExactlyUpToBelongsToTheLowerBand) {
  EXPECT_THAT(RolesForLimit(WithBands(), Code("CNY"), 5000000), ElementsAre("credit", "sales-head"));
  EXPECT_THAT(RolesForLimit(WithBands(), Code("CNY"), 5000001), ElementsAre("cfo"));
  EXPECT_THAT(RolesForLimit(WithBands(), Code("CNY"), 10000001), IsEmpty());
}

TEST(CreditPolicy, BandsBindTheirOwnCurrencyAlone) {
  EXPECT_THAT(RolesForLimit(WithBands(), Code("EUR"), 10000001), ElementsAre("credit"));
  EXPECT_THAT(RolesForLimit(CreditPolicy(), Code("CNY"), 1), ElementsAre("credit"));
}

TEST(CreditPolicy, TheLastOneDatedOnOrBeforeTheDayIsInForce) {
  CreditPolicy first, second, third;
  first.overdue_amount = 1;
  second.overdue_amount = 2;
  third.overdue_amount = 3;
  const std::vector<DatedCreditPolicy> policies{
      {1, Day("2025-02-01"), first}, {2, Day("2025-01-01"), second}, {3, Day("2025-02-01"), third}};
  EXPECT_EQ(CreditPolicyOn(policies, Day("2024-12-31")), nullptr);
  EXPECT_EQ(CreditPolicyOn(policies, Day("2025-01-31"))->overdue_amount, 2);
  EXPECT_EQ(CreditPolicyOn(policies, Day("2025-02-01"))->overdue_amount, 3);
}

TEST(CreditPolicy, WithoutOneTheUsualGuaranteesAndBillsCountAndNothingIsChecked) {
  const CreditPolicy& counted = CreditCountedOn({}, Day("2025-01-01"));
  EXPECT_THAT(counted.guarantees, ElementsAre(true, true, true, false, false));
  EXPECT_THAT(counted.bills, ElementsAre(true, true));
  EXPECT_THAT(counted.checks, ElementsAre(false, false, false, false, false));
}

}  // namespace
}  // namespace duebook
