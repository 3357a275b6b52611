#include "ledger/values/percentage.h"

#include <fmt/core.h>

namespace duebook {

std::string ShownPercentage(int64_t ppm) {
  constexpr int64_t kOnePerCent = kHundredPerCent / 100;
  std::string shown = fmt::format("{}.{:04}", ppm / kOnePerCent, ppm % kOnePerCent);
  shown.erase(shown.find_last_not_of('0') + 1);
  if (shown.ends_with('.')) shown.pop_back();
  return shown;
}

}  // namespace duebook
