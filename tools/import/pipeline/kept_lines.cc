#include "tools/import/pipeline/kept_lines.h"

#include <fmt/core.h>

#include "ledger/values/check.h"
#include "tools/import/rows/enumeration.h"

namespace duebook {

std::string NumbersOf(const std::vector<KeptLine>& lines) {
  constexpr size_t kMostTold = 5;
  CHECK(!lines.empty());
  std::vector<std::string> numbers;
  for (size_t i = 0; i < lines.size() && i < kMostTold; i++) numbers.push_back(std::to_string(lines[i].line));
  if (lines.size() > kMostTold) numbers.push_back(fmt::format("{} more", lines.size() - kMostTold));
  return fmt::format("{} {}", lines.size() == 1 ? "line" : "lines", Enumerated(numbers, "and"));
}

}  // namespace duebook
