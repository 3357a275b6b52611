// What backup and restore share.

#pragma once

#include <filesystem>
#include <string>

#include "ledger/event_log.h"
#include "ledger/result.h"

namespace duebook {

// Copies the private key that lies in the folder of `source`, if there is one and it can be read, unless `target` has
// it. What became of it, for people: "" if it is there.
std::string CopyKey(const std::filesystem::path& source, const std::filesystem::path& target);

// Makes an empty copy of the ledger in `target`, its key included.
Status MakeCopy(const EventLog& source, const std::filesystem::path& target);

// The source's root when it had as many events as the copy is the copy's. A fault that says otherwise.
Result<std::optional<EventLog::Fault>> CompareRoots(const EventLog& source, const EventLog& copy);

}  // namespace duebook
