// Lists of things in sentences.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duebook {

// "a, b and c", with "and" for the conjunction; "" of no items.
std::string Enumerated(const std::vector<std::string>& items, std::string_view conjunction);

}  // namespace duebook
