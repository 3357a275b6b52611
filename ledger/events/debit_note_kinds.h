// What a debit note can be for.

#pragma once

#include <string_view>

namespace duebook {

inline constexpr std::string_view kInterestNote = "interest";  // late interest; it bears none itself
inline constexpr std::string_view kChargeNote = "charge";      // for a reminder and the like; it bears no interest
inline constexpr std::string_view kOtherNote = "other";        // as where nothing is said: more is owed

}  // namespace duebook
