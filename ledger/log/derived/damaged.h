// The errors and faults for what is derived from the log and is not what it should be.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

Error DamagedDerived(std::string sentence);
// Of what lies at the path.
Error UnusableDerived(const std::filesystem::path& path, std::string_view why);

// For EventCheck: what is derived from these events is not what they make.
EventLog::Fault DerivedDiffers(uint64_t first_seq, uint64_t last_seq, std::string_view kind);
// For EventCheck::Finish: why something derived is of no use, if anything, as a fault of it; as an error if it is none
// of its own (kUnavailable).
Result<std::optional<EventLog::Fault>> FaultOfDerived(const std::optional<Error>& why);

}  // namespace duebook
