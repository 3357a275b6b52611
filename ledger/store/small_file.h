// Small files beside the database: what tells that a folder is a ledger, kept checkpoints.

#pragma once

#include <filesystem>
#include <string_view>

#include "ledger/result.h"

namespace duebook {

inline constexpr unsigned kReadableByAll = 0644;
inline constexpr unsigned kReadableByOwner = 0600;

// Writes the file so that, whatever happens, it is there whole or as it was before; it is synced with its folder.
// kUnavailable.
Status WriteSmallFile(const std::filesystem::path& path, std::string_view text, unsigned mode = kReadableByAll);

// What was made in the folder is found there after a power loss. The folder of a bare name is the current one.
// kUnavailable.
Status SyncFolder(const std::filesystem::path& directory);

}  // namespace duebook
