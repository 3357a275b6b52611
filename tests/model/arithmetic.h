// Exact fractions, written anew for the model.

#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <optional>
#include <string>

#include "tests/model/model.h"

namespace duebook::model {

// The quotient of two numbers of which the second is above zero, rounded half to even.
template <class Number>
Number HalfEven(Number numerator, Number denominator) {
  Number whole = numerator / denominator;
  Number rest = numerator % denominator;
  if (rest < 0) whole -= 1, rest += denominator;
  const bool up = 2 * rest > denominator || (2 * rest == denominator && whole % 2 != 0);
  return whole + (up ? 1 : 0);
}

// The share of an amount that a part has in a whole, rounded half to even.
inline Wide ShareOf(Wide amount, Wide part, Wide whole) {
  using boost::multiprecision::int256_t;
  return static_cast<Wide>(HalfEven<int256_t>(int256_t(amount) * int256_t(part), int256_t(whole)));
}

// A decimal of up to four decimals in ten-thousandths: "0.05" is 500. Nothing if it is no such number.
inline std::optional<Wide> TenThousandths(const std::string& text) {
  const size_t point = text.find('.');
  const std::string whole = text.substr(0, point);
  std::string decimals = point == std::string::npos ? "" : text.substr(point + 1);
  const bool digits = (whole + decimals).find_first_not_of("0123456789") == std::string::npos;
  if (!digits || whole.empty() || whole.size() > 9 || decimals.size() > 4) return std::nullopt;
  if (point != std::string::npos && decimals.empty()) return std::nullopt;
  decimals.resize(4, '0');
  return std::stoll(whole + decimals);
}

}  // namespace duebook::model
