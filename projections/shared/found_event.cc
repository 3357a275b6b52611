#include "projections/shared/found_event.h"

#include <fmt/format.h>

#include "ledger/values/hash.h"

namespace duebook {

std::string IdOver(std::string_view prefix, std::initializer_list<std::string_view> parts) {
  constexpr size_t kDigits = 32;
  return std::string(prefix) + ToHex(Sha256(fmt::format("{}", fmt::join(parts, "\n")))).substr(0, kDigits);
}

FreeId FreeIdOver(const EventLog& log, std::string_view prefix, const std::vector<std::string>& parts) {
  std::string joined = fmt::format("{}", fmt::join(parts, "\n"));
  FreeId free{IdOver(prefix, {joined})};
  for (;;) {
    const auto taken = log.FindEventId(free.id);
    // An index that cannot be read is told when the event is recorded.
    if (!taken.ok() || !taken->has_value()) return free;
    free.time++;
    free.id = IdOver(prefix, {joined, std::to_string(free.time)});
  }
}

std::string NumberAround(std::string_view before, std::string_view number, std::string_view behind) {
  constexpr size_t kDigits = 16;
  const bool fits = before.size() + number.size() + behind.size() <= kMaxNumberBytes;
  return fmt::format("{}{}{}", before, fits ? std::string(number) : ToHex(Sha256(number)).substr(0, kDigits), behind);
}

}  // namespace duebook
