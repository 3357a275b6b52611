#include "ledger/values/payment_terms.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(PaymentTermsTest, ReadsNetAndDiscount) {
  struct Case {
    std::string_view text;
    PaymentTerms terms;
  };
  const Case cases[] = {
      {"net 30", {30, 0, 0}},
      {"net 0", {0, 0, 0}},
      {"Net  60", {60, 0, 0}},
      {"net 3650", {3650, 0, 0}},
      {"2/10 net 30", {30, 10, 20'000}},
      {"2.5/10 NET 45", {45, 10, 25'000}},
      {"0.0001/0 net 0", {0, 0, 1}},
      {"100/5 net 5", {5, 5, 1'000'000}},
  };
  for (const Case& each : cases) EXPECT_EQ(PaymentTerms::Parse(each.text), each.terms) << each.text;
}

TEST(PaymentTermsTest, RefusesAnythingElse) {
  for (const std::string_view text : {"",
                                      "net",
                                      "net ",
                                      "30",
                                      "net30",
                                      "net -1",
                                      "net +1",
                                      "net 3651",
                                      "net 30 days",
                                      "net 30 ",
                                      " net 30",
                                      "n 30",
                                      "2/10",
                                      "2/10 30",
                                      "0/10 net 30",
                                      "-2/10 net 30",
                                      "100.0001/10 net 30",
                                      "0.00001/10 net 30",
                                      "2/31 net 30",
                                      "2/ net 30",
                                      "/10 net 30",
                                      "2/10/net 30",
                                      "2%/10 net 30",
                                      "2 / 10 net 30",
                                      "net 1e3",
                                      "净 30"}) {
    EXPECT_FALSE(PaymentTerms::Parse(text).has_value()) << text;
  }
}

TEST(PaymentTermsTest, KnowsWhetherADiscountIsOffered) {
  EXPECT_TRUE(PaymentTerms::Parse("2/10 net 30")->HasDiscount());
  EXPECT_FALSE(PaymentTerms::Parse("net 30")->HasDiscount());
}

}  // namespace
}  // namespace duebook
