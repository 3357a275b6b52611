#include "projections/shared/found_event.h"

#include <fmt/format.h>

#include "ledger/values/hash.h"

namespace duebook {

std::string IdOver(std::string_view prefix, std::vector<std::string> parts, int time) {
  constexpr size_t kDigits = 32;
  if (time > 1) parts.push_back(std::to_string(time));
  return std::string(prefix) + ToHex(Sha256(fmt::format("{}", fmt::join(parts, "\n")))).substr(0, kDigits);
}

std::string NumberAround(std::string_view before, std::string_view number, std::string_view behind, int time) {
  constexpr size_t kDigits = 16;
  const std::string end = time > 1 ? fmt::format("{}-{}", behind, time) : std::string(behind);
  const bool fits = before.size() + number.size() + end.size() <= kMaxNumberBytes;
  return fmt::format("{}{}{}", before, fits ? std::string(number) : ToHex(Sha256(number)).substr(0, kDigits), end);
}

}  // namespace duebook
