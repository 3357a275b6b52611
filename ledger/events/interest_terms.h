// The words of late interest.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace duebook {

// The highest rate, in parts per million: 1000 per cent.
inline constexpr int64_t kMostInterestRate = 10'000'000;
inline constexpr std::string_view kDisputedAccrues = "accrues";  // else disputed amounts wait

// How the days of a year are counted: as they are, in a year of 365 or 360; in months of 30; or by the day, of which
// the rate is then.
enum class DayCount : uint8_t { kActual365, kActual360, kThirty360, kDay };

// Nothing if there is no such way; "" is the first.
constexpr std::optional<DayCount> DayCountOf(std::string_view word) {
  if (word.empty() || word == "act/365") return DayCount::kActual365;
  if (word == "act/360") return DayCount::kActual360;
  if (word == "30/360") return DayCount::kThirty360;
  if (word == "day") return DayCount::kDay;
  return std::nullopt;
}

}  // namespace duebook
