#include "tools/import/map/exact_number.h"

#include <fmt/core.h>

#include <algorithm>

namespace duebook {

namespace {

__extension__ using Wide = __int128;            // of which the compiler can tell when it overflows
constexpr Wide kLeast = -(Wide{1} << 126) * 2;  // no number is as far above zero

std::optional<Wide> Scaled(Sum digits, int by) {
  Wide scaled = static_cast<Wide>(digits);
  for (; by > 0; by--) {
    if (__builtin_mul_overflow(scaled, Wide{10}, &scaled)) return std::nullopt;
  }
  return scaled;
}

// Zeros at the end of the decimals say nothing, and take room.
ExactNumber Shortened(ExactNumber number) {
  for (; number.scale > 0 && number.digits % 10 == 0; number.scale--) number.digits /= 10;
  return number;
}

}  // namespace

std::optional<ExactNumber> ExactNumber::Parse(std::string_view text) {
  const auto decimal = Decimal::Parse(text);
  if (!decimal.has_value()) return std::nullopt;
  return Shortened({decimal->digits, decimal->scale});
}

std::optional<ExactNumber> ExactNumber::Plus(const ExactNumber& other) const {
  const int common = std::max(scale, other.scale);
  const auto left = Scaled(digits, common - scale);
  const auto right = Scaled(other.digits, common - other.scale);
  Wide sum = 0;
  if (!left.has_value() || !right.has_value() || __builtin_add_overflow(*left, *right, &sum)) return std::nullopt;
  if (sum == kLeast) return std::nullopt;
  return Shortened({sum, common});
}

std::optional<ExactNumber> ExactNumber::Times(const ExactNumber& other) const {
  Wide product = 0;
  if (__builtin_mul_overflow(static_cast<Wide>(digits), static_cast<Wide>(other.digits), &product)) return std::nullopt;
  if (product == kLeast) return std::nullopt;
  return Shortened({product, scale + other.scale});
}

ExactNumber ExactNumber::Rounded(int decimals) const {
  ExactNumber rounded = *this;
  Sum dropped = 0;  // the first digit that is dropped
  for (; rounded.scale > decimals; rounded.scale--) {
    dropped = rounded.digits % 10;
    rounded.digits /= 10;
  }
  if (dropped >= 5) rounded.digits++;
  if (dropped <= -5) rounded.digits--;
  return Shortened(rounded);
}

std::string ExactNumber::ToString() const {
  const ExactNumber number = Shortened(*this);
  std::string text = fmt::format("{}", static_cast<Wide>(number.digits < 0 ? -number.digits : number.digits));
  const auto decimals = static_cast<size_t>(number.scale);
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  if (decimals > 0) text.insert(text.size() - decimals, 1, '.');
  return number.digits < 0 ? "-" + text : text;
}

}  // namespace duebook
