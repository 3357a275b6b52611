#include "ledger/values/money.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/support/seed.h"

namespace duebook {
namespace {

constexpr Minor kMax = INT64_MAX;
constexpr Minor kMin = INT64_MIN;

Currency Code(std::string_view code) { return Currency::Parse(code).value(); }

TEST(Currency, HasItsOwnDecimals) {
  struct {
    const char* code;
    int decimals;
  } cases[] = {
      {"CNY", 2}, {"USD", 2}, {"EUR", 2}, {"CHF", 2}, {"HKD", 2}, {"TWD", 2}, {"JPY", 0}, {"KRW", 0},
      {"VND", 0}, {"CLP", 0}, {"ISK", 0}, {"KWD", 3}, {"BHD", 3}, {"IQD", 3}, {"JOD", 3}, {"LYD", 3},
      {"OMR", 3}, {"TND", 3}, {"CLF", 4}, {"UYW", 4}, {"AED", 2}, {"ZWG", 2},
  };
  for (const auto& c : cases) {
    const auto currency = Currency::Parse(c.code);
    ASSERT_TRUE(currency.has_value()) << c.code;
    EXPECT_EQ(currency->decimals(), c.decimals) << c.code;
    EXPECT_EQ(currency->ToString(), c.code);
    EXPECT_EQ(Currency::FromPacked(currency->packed()), currency);
  }
}

TEST(Currency, OnlyActiveCodesInCapitalsExist) {
  const std::string_view bad[] = {"",    "CN",  "CNYX", "cny", "Cny", "RMB", "DEM",
                                  "XYZ", "XAU", "ABC",  "AAA", "ZZZ", "CN\0"};
  for (const auto code : bad) EXPECT_FALSE(Currency::Parse(code).has_value()) << code;
  EXPECT_FALSE(Currency::FromPacked(1).has_value());
  EXPECT_FALSE(Currency::FromPacked(Code("CNY").packed() | 1U << 24).has_value());
}

TEST(Currency, NoneHasTwoDecimalsAndNoName) {
  const Currency none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.ToString(), "");
  EXPECT_EQ(none.decimals(), 2);
  EXPECT_EQ(Currency::FromPacked(0), none);
}

TEST(Currency, TableIsFoundFromEndToEnd) {
  int found = 0;
  std::string code = "AAA";
  for (code[0] = 'A'; code[0] <= 'Z'; code[0]++) {
    for (code[1] = 'A'; code[1] <= 'Z'; code[1]++) {
      for (code[2] = 'A'; code[2] <= 'Z'; code[2]++) {
        const auto currency = Currency::Parse(code);
        if (!currency.has_value()) continue;
        found++;
        EXPECT_GE(currency->decimals(), 0);
        EXPECT_LE(currency->decimals(), 4);
      }
    }
  }
  EXPECT_GT(found, 160);  // as many as ISO 4217 has, give or take an amendment
  EXPECT_LT(found, 175);
}

TEST(Decimal, ReadsWhatPeopleWriteAndNothingElse) {
  struct {
    const char* text;
    int64_t digits;
    int scale;
  } good[] = {
      {"0", 0, 0},
      {"1200", 1200, 0},
      {"1200.5", 12005, 1},
      {"-3.00", -300, 2},
      {"+7", 7, 0},
      {"0.05", 5, 2},
      {"-0", 0, 0},
      {"007", 7, 0},
      {"1.500", 1500, 3},
      {"9223372036854775807", kMax, 0},
      {"-9223372036854775808", kMin, 0},
      {"0.000000000000000001", 1, 18},
      {"0000000000000000000000000000001", 1, 0},
  };
  for (const auto& c : good) {
    Decimal::Problem problem = Decimal::Problem::kSyntax;
    const auto decimal = Decimal::Parse(c.text, &problem);
    ASSERT_TRUE(decimal.has_value()) << c.text;
    EXPECT_EQ(problem, Decimal::Problem::kNone);
    EXPECT_EQ(decimal->digits, c.digits) << c.text;
    EXPECT_EQ(decimal->scale, c.scale) << c.text;
  }
  struct {
    const char* text;
    Decimal::Problem problem;
  } bad[] = {
      {"", Decimal::Problem::kSyntax},
      {"-", Decimal::Problem::kSyntax},
      {".", Decimal::Problem::kSyntax},
      {".5", Decimal::Problem::kSyntax},
      {"5.", Decimal::Problem::kSyntax},
      {"1,000", Decimal::Problem::kSyntax},
      {"1 000", Decimal::Problem::kSyntax},
      {" 1", Decimal::Problem::kSyntax},
      {"1e3", Decimal::Problem::kSyntax},
      {"0x10", Decimal::Problem::kSyntax},
      {"1.2.3", Decimal::Problem::kSyntax},
      {"--1", Decimal::Problem::kSyntax},
      {"1-", Decimal::Problem::kSyntax},
      {"NaN", Decimal::Problem::kSyntax},
      {"１", Decimal::Problem::kSyntax},
      {"9223372036854775808", Decimal::Problem::kTooLarge},
      {"-9223372036854775809", Decimal::Problem::kTooLarge},
      {"99999999999999999999999999999999999999999999", Decimal::Problem::kTooLarge},
      {"0.0000000000000000001", Decimal::Problem::kTooLarge},
  };
  for (const auto& c : bad) {
    Decimal::Problem problem = Decimal::Problem::kNone;
    EXPECT_FALSE(Decimal::Parse(c.text, &problem).has_value()) << c.text;
    EXPECT_EQ(problem, c.problem) << c.text;
  }
}

TEST(Decimal, BecomesMinorUnitsExactlyOrNotAtAll) {
  struct {
    const char* text;
    int decimals;
    std::optional<Minor> minor;
    Decimal::Problem problem;
  } cases[] = {
      {"1200", 2, 120000, Decimal::Problem::kNone},
      {"1200.5", 2, 120050, Decimal::Problem::kNone},
      {"0.05", 2, 5, Decimal::Problem::kNone},
      {"0.050", 2, std::nullopt, Decimal::Problem::kSyntax},
      {"0.005", 2, std::nullopt, Decimal::Problem::kSyntax},
      {"0.005", 3, 5, Decimal::Problem::kNone},
      {"100", 0, 100, Decimal::Problem::kNone},
      {"100.0", 0, std::nullopt, Decimal::Problem::kSyntax},
      {"100.5", 0, std::nullopt, Decimal::Problem::kSyntax},
      {"-1.2345", 4, -12345, Decimal::Problem::kNone},
      {"92233720368547758.07", 2, kMax, Decimal::Problem::kNone},
      {"92233720368547758.08", 2, std::nullopt, Decimal::Problem::kTooLarge},
      {"-92233720368547758.08", 2, kMin, Decimal::Problem::kNone},
      {"9223372036854775807", 2, std::nullopt, Decimal::Problem::kTooLarge},
      {"9223372036854775807", 4, std::nullopt, Decimal::Problem::kTooLarge},
  };
  for (const auto& c : cases) {
    Decimal::Problem problem = Decimal::Problem::kNone;
    const auto decimal = Decimal::Parse(c.text, &problem);
    const auto minor = decimal.has_value() ? decimal->ToMinor(c.decimals, &problem) : std::nullopt;
    EXPECT_EQ(minor, c.minor) << c.text;
    EXPECT_EQ(problem, c.problem) << c.text;
  }
}

TEST(FormatAmount, PrintsTheDecimalsOfItsCurrency) {
  struct {
    Sum amount;
    const char* currency;
    const char* text;
  } cases[] = {
      {123450, "CNY", "1234.50"},
      {1234, "JPY", "1234"},
      {-5, "CNY", "-0.05"},
      {0, "CNY", "0.00"},
      {0, "JPY", "0"},
      {7, "KWD", "0.007"},
      {-1000, "KWD", "-1.000"},
      {12345, "CLF", "1.2345"},
      {kMax, "CNY", "92233720368547758.07"},
      {kMin, "CNY", "-92233720368547758.08"},
      {kMin, "JPY", "-9223372036854775808"},
      {Sum{kMax} * 2, "CNY", "184467440737095516.14"},
      {Sum{kMin} * 1'000'000, "KWD", "-9223372036854775808000.000"},
  };
  for (const auto& c : cases) EXPECT_EQ(FormatAmount(c.amount, Code(c.currency)), c.text);
}

TEST(FormatAmount, IsReadBackToTheSameAmount) {
  const uint32_t seed = TestSeed(14);
  TRACE_SEED(seed);
  std::mt19937_64 random(seed);
  for (int i = 0; i < 10'000; i++) {
    const auto amount = static_cast<Minor>(random()) >> (random() % 64);
    for (const char* code : {"JPY", "CNY", "KWD", "CLF"}) {
      const std::string text = FormatAmount(amount, Code(code));
      const auto decimal = Decimal::Parse(text);
      ASSERT_TRUE(decimal.has_value()) << text;
      ASSERT_EQ(decimal->ToMinor(Code(code).decimals()), amount) << text;
    }
  }
}

TEST(ToMinor, RefusesWhatDoesNotFitOneAmount) {
  EXPECT_EQ(ToMinor(0), 0);
  EXPECT_EQ(ToMinor(kMax), kMax);
  EXPECT_EQ(ToMinor(kMin), kMin);
  EXPECT_EQ(ToMinor(Sum{kMax} + 1), std::nullopt);
  EXPECT_EQ(ToMinor(Sum{kMin} - 1), std::nullopt);
  EXPECT_EQ(ToMinor(Sum{kMax} * kMax), std::nullopt);
}

TEST(MultiplyRatio, RoundsHalfToEvenOnce) {
  struct {
    Sum amount;
    int64_t numerator;
    int64_t denominator;
    std::optional<Sum> product;
  } cases[] = {
      {100, 2, 100, 2},                    // 2 % discount
      {25, 1, 10, 2},                      // 2.5 to the even 2
      {35, 1, 10, 4},                      // 3.5 to the even 4
      {26, 1, 10, 3},                      //
      {24, 1, 10, 2},                      //
      {-25, 1, 10, -2},                    // the same below zero
      {-35, 1, 10, -4},                    //
      {-26, 1, 10, -3},                    //
      {25, -1, 10, -2},                    //
      {1, 1, 3, 0},                        //
      {2, 1, 3, 1},                        //
      {10000000, 12 * 45, 36500, 147945},  // late interest on 100000.00 at 12 % for 45 days, act/365
      {10000000, 12 * 45, 36000, 150000},  // the same, act/360
      {kMax, 7, 7, kMax},                  // through 128 bits
      {kMin, 7, 7, kMin},
      {kMax, 2, 1, Sum{kMax} * 2},
      {kMin, -1, 1, Sum{kMax} + 1},
      {kMax, kMax, kMax, kMax},
      {Sum{kMax} * 2, 10'000, 1'000'000, Sum{kMax} / 50},
      {Sum{kMax} * 4, kMax, kMax, std::nullopt},
      {0, kMax, 1, 0},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(MultiplyRatio(c.amount, c.numerator, c.denominator), c.product)
        << c.amount << " * " << c.numerator << " / " << c.denominator;
  }
}

TEST(MultiplyRatioDeathTest, DenominatorIsPositive) {
  EXPECT_DEATH((void)MultiplyRatio(1, 1, 0), "invariant broken");
  EXPECT_DEATH((void)MultiplyRatio(1, 1, -1), "invariant broken");
}

}  // namespace
}  // namespace duebook
