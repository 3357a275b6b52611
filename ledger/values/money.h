// Money: an integer count of minor units and a currency. No floating point and no rounding. One amount fits 64 bits, or
// is refused; sums are taken in 128 bits, which no sum of amounts can pass.

#pragma once

#include <absl/numeric/int128.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duebook {

// An amount in minor units of some currency (CNY: fen, JPY: yen). Which currency is said beside it.
using Minor = int64_t;

// A sum of amounts, in minor units: holds 2^64 of the largest ones. An amount is a sum as it is; a sum becomes an
// amount by ToMinor.
using Sum = absl::int128;
// Nothing if the sum does not fit one amount.
std::optional<Minor> ToMinor(Sum sum);

// An ISO 4217 currency: its code and how many decimals its minor unit has. Only codes of the table in money.cc exist.
class Currency {
 public:
  Currency() = default;  // no currency
  // Nothing if ISO 4217 has no such active currency. Capital letters only.
  static std::optional<Currency> Parse(std::string_view code);
  // The inverse of packed(). Nothing if the number is not that of a currency of the table (0 is Currency()).
  static std::optional<Currency> FromPacked(uint32_t packed);
  // Returns the currency of a code that is known to be one, or of 0.
  static constexpr Currency OfKnown(uint32_t packed) {
    Currency currency;
    currency.packed_ = packed;
    return currency;
  }

  constexpr uint32_t packed() const { return packed_; }  // three ASCII letters, the first in the lowest byte
  constexpr bool empty() const { return packed_ == 0; }
  std::string ToString() const;  // "CNY"; "" if empty
  int decimals() const;          // 0 to 4; 2 if empty

  friend constexpr auto operator<=>(Currency, Currency) = default;

 private:
  uint32_t packed_ = 0;
};

// A decimal number as somebody wrote it, before the number of decimals of its currency is known: digits / 10^scale.
struct Decimal {
  int64_t digits = 0;
  int scale = 0;  // decimals as written, 0 to 18: 1.500 has three

  enum class Problem { kNone, kSyntax, kTooLarge };
  // An optional sign, digits, optionally a point and digits: "1200", "1200.5", "-3.00". Nothing else: no exponent, no
  // group separators, no spaces. On failure returns nothing and tells why in `problem`.
  static std::optional<Decimal> Parse(std::string_view text, Problem* problem = nullptr);
  // In minor units of a currency with `decimals`; nothing if that is not exact or does not fit 64 bits.
  std::optional<Minor> ToMinor(int decimals, Problem* problem = nullptr) const;  // kSyntax: too many decimals
};

// "1234.50" for (123450, CNY), "1234" for (1234, JPY), "-0.05" for (-5, CNY).
std::string FormatAmount(Sum amount, Currency currency);

// a * numerator / denominator, rounded half to even once. Nothing if the product does not fit 128 bits; denominator >
// 0.
std::optional<Sum> MultiplyRatio(Sum a, int64_t numerator, int64_t denominator);

}  // namespace duebook
