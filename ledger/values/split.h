// A text of several, parted by a sign.

#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace duebook {

// Returns the texts between the signs, in their order, empty ones too: of "" one, of "a,,b" three. They are parts of
// `text`, which must outlive them.
inline std::vector<std::string_view> SplitAt(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(sign, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace duebook
