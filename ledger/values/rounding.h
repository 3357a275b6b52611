// Rounding half to even, of sums that need all of their 128 bits.

#pragma once

#include "ledger/values/money.h"

namespace duebook {

// Returns numerator / denominator, rounded half to even. Requires a numerator from 0 and a denominator above 0, of
// which twice the second fits a Sum.
constexpr Sum DivideHalfEven(Sum numerator, Sum denominator) {
  const Sum quotient = numerator / denominator;
  const Sum twice_the_rest = 2 * (numerator % denominator);
  const bool is_up = twice_the_rest > denominator || (twice_the_rest == denominator && quotient % 2 != 0);
  return is_up ? quotient + 1 : quotient;
}

}  // namespace duebook
