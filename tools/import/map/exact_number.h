// Numbers with decimals, worked with exactly.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/money.h"

namespace duebook {

// digits / 10^scale.
struct ExactNumber {
  Sum digits = 0;
  int scale = 0;

  // As Decimal::Parse.
  static std::optional<ExactNumber> Parse(std::string_view text);

  // Nothing if the outcome does not fit.
  std::optional<ExactNumber> Plus(const ExactNumber& other) const;
  std::optional<ExactNumber> Times(const ExactNumber& other) const;
  ExactNumber Negative() const { return {-digits, scale}; }
  // To so many decimals, a half away from zero.
  ExactNumber Rounded(int decimals) const;
  // "-1234.5": without zeros at the end of its decimals.
  std::string ToString() const;
  friend bool operator==(const ExactNumber&, const ExactNumber&) = default;
};

}  // namespace duebook
