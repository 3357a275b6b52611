#include "ledger/log/derived/damaged.h"

#include <fmt/core.h>

#include <utility>

namespace duebook {

Error DamagedDerived(std::string sentence) {
  return {ErrorCode::kDamaged, std::move(sentence), "`duebook rebuild` makes it anew"};
}

Error UnusableDerived(const std::filesystem::path& path, std::string_view why) {
  return DamagedDerived(fmt::format("{}: {}", path.string(), why));
}

EventLog::Fault DerivedDiffers(uint64_t first_seq, uint64_t last_seq, std::string_view kind) {
  return {0, "",
          fmt::format("what is derived from events {} to {} ({}) is not what they make; the events are as they were: "
                      "`duebook rebuild` makes it anew",
                      first_seq, last_seq, kind)};
}

Result<std::optional<EventLog::Fault>> FaultOfDerived(const std::optional<Error>& why) {
  if (!why.has_value()) return std::optional<EventLog::Fault>();
  if (why->code != ErrorCode::kDamaged) return *why;
  return std::optional(
      EventLog::Fault{0, "", fmt::format("{}; the events are as they were: {}", why->sentence, why->hint)});
}

}  // namespace duebook
