// What small differences are closed for.

#pragma once

#include <array>
#include <string_view>

namespace duebook {

// In the order of their numbers in the facts of DifferenceClosed. New ones go to the end.
inline constexpr std::array<std::string_view, 5> kDifferenceReasons{"bank_charge", "rounding", "discount", "freight",
                                                                    "other"};

}  // namespace duebook
