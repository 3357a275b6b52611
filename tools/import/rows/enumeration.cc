#include "tools/import/rows/enumeration.h"

#include <fmt/format.h>

namespace duebook {

std::string Enumerated(const std::vector<std::string>& items, std::string_view conjunction) {
  if (items.size() < 2) return fmt::format("{}", fmt::join(items, ""));
  return fmt::format("{} {} {}", fmt::join(items.begin(), items.end() - 1, ", "), conjunction, items.back());
}

}  // namespace duebook
