#include "ledger/values/suggestion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::string_view> kNames = {"PaymentReceived", "PaymentApplied", "InvoiceIssued", "WriteOffRequested",
                                              "memo"};

TEST(Suggestion, TheClosestNameIsTheOnlyOne) {
  EXPECT_THAT(NearestNames("PaymentRecieved", kNames), ElementsAre("PaymentReceived"));
  EXPECT_THAT(NearestNames("invoice issued", kNames), ElementsAre("InvoiceIssued"));
}

TEST(Suggestion, APartOfNamesGivesAllOfThem) {
  EXPECT_THAT(NearestNames("payment", kNames), ElementsAre("PaymentReceived", "PaymentApplied"));
  EXPECT_THAT(NearestNames("Payments", kNames), ElementsAre("PaymentReceived", "PaymentApplied"));
  EXPECT_THAT(NearestNames("write_off", kNames), ElementsAre("WriteOffRequested"));
  EXPECT_THAT(NearestNames("write off", kNames), ElementsAre("WriteOffRequested"));
  EXPECT_EQ(DidYouMean("payment", kNames), "; did you mean \"PaymentReceived\" or \"PaymentApplied\"");
}

TEST(Suggestion, WhatIsFarFromAllGivesNone) {
  EXPECT_THAT(NearestNames("pay", kNames), IsEmpty()) << "too few letters";
  EXPECT_THAT(NearestNames("xyzzy", kNames), IsEmpty());
  EXPECT_THAT(NearestNames("memo_of_invoice", kNames), IsEmpty()) << "more than a name";
  EXPECT_THAT(NearestNames("", kNames), IsEmpty());
  EXPECT_THAT(NearestNames(std::string(1000, 'p'), kNames), IsEmpty());
  EXPECT_EQ(DidYouMean("xyzzy", kNames), "");
}

}  // namespace
}  // namespace duebook
