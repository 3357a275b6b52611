// Percentages, as people write them: "2.5" is 25,000 parts per million.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/money.h"

namespace duebook {

inline constexpr int64_t kHundredPerCent = 1'000'000;

// Returns a percentage in parts per million, exactly. Nothing if the text is no decimal number, has more than four
// decimals, or lies outside of the bounds, which are in parts per million.
inline std::optional<int64_t> ParsePercentage(std::string_view text, int64_t least, int64_t most) {
  constexpr int kDecimals = 4;  // one part per million is 0.0001 per cent
  const std::optional<Decimal> decimal = Decimal::Parse(text);
  const std::optional<Minor> ppm = decimal.has_value() ? decimal->ToMinor(kDecimals) : std::nullopt;
  return ppm.has_value() && *ppm >= least && *ppm <= most ? ppm : std::nullopt;
}

// "0.5" for 5000: with as few decimals as it has.
std::string ShownPercentage(int64_t ppm);

}  // namespace duebook
