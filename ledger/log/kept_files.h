// Files that events name by their SHA-256, such as the logo above a company's letters. Each lies in the ledger's folder
// once, as files/SHA256, whatever it was called; its name tells whether its bytes are still the same.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/hash.h"
#include "ledger/values/result.h"

namespace duebook {

inline constexpr const char* kFilesFolder = "files";
inline constexpr size_t kMostBytesOfKeptFile = size_t{1} << 26;

// Keeps a file of these bytes, at most kMostBytesOfKeptFile, in the folder of a ledger, and returns its SHA-256. Once
// it returns, the file is there after a power loss, too. One that is kept and no longer right is mended. kUnavailable.
Result<Hash> KeepFile(const std::filesystem::path& ledger, std::string_view bytes);

// Returns the bytes of a file that is kept. kNotFound: it is not kept here. kDamaged: its bytes are not those of its
// SHA-256. kUnavailable: it cannot be read.
Result<std::string> ReadKeptFile(const std::filesystem::path& ledger, const Hash& sha256);

// A file that is kept, and of which the bytes are no longer those of its SHA-256, or cannot be a file's at all.
struct WrongFile {
  Hash sha256;
  Error error;
};

// Keeps in `copy` whatever is kept in `source` and is not yet right there. Returns those that are not right in the
// source, in order of their SHA-256, once all others are kept. kUnavailable: one cannot be read, or kept.
Result<std::vector<WrongFile>> CopyKeptFiles(const std::filesystem::path& source, const std::filesystem::path& copy);

// Returns the files that events, from the first that is asked for on, name in fields of kept files, such as the
// company's logo, and that are not here, in order of their SHA-256. kUnavailable: the folder cannot be looked into.
// Cost: reads the events of the types that have such a field.
Result<std::vector<Hash>> MissingFiles(const EventLog& log, uint64_t first_seq = 1);

// Reads every kept file again. Returns the first, in order of name, that is not right. kUnavailable: one cannot be
// read.
Result<std::optional<EventLog::Fault>> VerifyKeptFiles(const std::filesystem::path& ledger);

}  // namespace duebook
