// Rounding half to even, of sums and of products of sums.

#pragma once

#include "ledger/values/money.h"

namespace duebook {

// Returns quotient + rest / denominator, rounded half to even. Requires 0 <= rest < denominator, of which twice the
// second fits a Sum.
constexpr Sum RoundHalfEven(Sum quotient, Sum rest, Sum denominator) {
  const bool is_up = 2 * rest > denominator || (2 * rest == denominator && quotient % 2 != 0);
  return is_up ? quotient + 1 : quotient;
}

// Returns numerator / denominator, rounded half to even. Requires a numerator from 0 and a denominator above 0, of
// which twice the second fits a Sum.
constexpr Sum DivideHalfEven(Sum numerator, Sum denominator) {
  return RoundHalfEven(numerator / denominator, numerator % denominator, denominator);
}

// Returns amount * part / whole, rounded half to even once, although that product may fit no Sum: the product is taken
// bit by bit of the amount. Requires an amount from 0 and 0 <= part <= whole, of which three times the last fits a Sum.
constexpr Minor ShareOf(Minor amount, Sum part, Sum whole) {
  Sum quotient = 0, rest = 0;
  for (int bit = 62; bit >= 0; --bit) {
    rest = 2 * rest + ((amount >> bit & 1) != 0 ? part : Sum{0});
    quotient = 2 * quotient + rest / whole;
    rest %= whole;
  }
  return static_cast<Minor>(RoundHalfEven(quotient, rest, whole));
}

}  // namespace duebook
