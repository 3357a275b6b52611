// What backup and restore share.

#pragma once

#include <filesystem>
#include <string>

#include "ledger/log/event_log.h"
#include "ledger/values/hash.h"
#include "ledger/values/result.h"

namespace duebook {

// Copies the present private key of `copy` from the folder of its source, if it is there and can be read, in place of
// an earlier one; unless the copy has it. What became of it, for people: "" if it is there. An error if the keys cannot
// be told.
Result<std::string> CopyKey(const std::filesystem::path& source, const EventLog& copy);

// Keeps in the copy what the ledger in `source` keeps of files. Returns what became of it, for people: a line for each
// file that is not right in the source, and for each that events name and that is not there; "" if all is there. An
// error if one cannot be read, or kept.
Result<std::string> CopyFiles(const std::filesystem::path& source, const EventLog& copy);

// What to tell of a file that an event names to be kept, and that is not.
std::string SentenceOnMissingFile(const Hash& sha256);

// Makes an empty copy of the ledger in `target`, its key included.
Status MakeCopy(const EventLog& source, const std::filesystem::path& target);

// The source's root when it had as many events as the copy is the copy's. A fault that says otherwise.
Result<std::optional<EventLog::Fault>> CompareRoots(const EventLog& source, const EventLog& copy);

}  // namespace duebook
