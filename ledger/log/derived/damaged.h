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

// Returns the error (kDamaged) that says this, and what to do.
Error DamagedDerived(std::string sentence);
// Returns the error for what lies at the path, and why it is of no use.
Error UnusableDerived(const std::filesystem::path& path, std::string_view why);

// Returns the fault that EventCheck tells where what is derived from these events is not what they make.
EventLog::Fault DerivedDiffers(uint64_t first_seq, uint64_t last_seq, std::string_view kind);
// Returns why something derived is of no use, if anything, as the fault that EventCheck::Finish tells; as an error if
// it is no fault of its own (kUnavailable).
Result<std::optional<EventLog::Fault>> FaultOfDerived(const std::optional<Error>& why);

}  // namespace duebook
