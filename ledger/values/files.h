// Files: small ones that are there whole or not at all, and reading and writing as much as is asked for.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

inline constexpr unsigned kReadableByAll = 0644;
inline constexpr unsigned kReadableByOwner = 0600;

// Writes all of the bytes, from where the open file is, or at an offset. False: not all could be written, errno says
// why.
bool WriteAll(int descriptor, std::string_view bytes);
bool WriteAllAt(int descriptor, std::string_view bytes, uint64_t offset);
// Reads so many bytes at an offset, and fewer only where the file ends. Returns how many; nothing if it cannot be read,
// errno says why.
std::optional<size_t> ReadUpTo(int descriptor, uint64_t offset, size_t bytes, char* into);

// Writes the file so that, whatever happens, it is there whole or as it was before; it is synced with its folder.
// kUnavailable.
Status WriteSmallFile(const std::filesystem::path& path, std::string_view text, unsigned mode = kReadableByAll);

// Writes the file so that whoever looks finds it whole or as it was before, as long as the machine runs. Nothing is
// known of it after a power loss. kUnavailable.
Status WriteUnsyncedFile(const std::filesystem::path& path, std::string_view text);

// Makes the file so that, whatever happens, it is there whole or not at all; it is synced with its folder.
// kAlreadyExists: something has this name, and is left as it is. kUnavailable.
Status WriteNewFile(const std::filesystem::path& path, std::string_view text, unsigned mode = kReadableByAll);

// Where what is written at the path comes to lie: it follows links as long as the path itself is one, also to what is
// not there yet.
std::filesystem::path WithoutLinks(std::filesystem::path path);

// Returns what lies in a folder, in no order; nothing if it is not there. kUnavailable: it cannot be listed.
Result<std::vector<std::filesystem::path>> FilesIn(const std::filesystem::path& folder);

// The bytes of a file that somebody else may have put there. Whatever has the name, this neither waits nor takes more
// than `most_bytes` of memory: kDamaged if it is no file (a folder, a pipe, a device) or a longer one. kNotFound;
// kUnavailable: it cannot be read.
Result<std::string> ReadSmallFile(const std::filesystem::path& path, size_t most_bytes,
                                  std::string_view doing = "read");

// Sees to it that what was made in the folder is found there after a power loss. The folder of a bare name is the
// current one. kUnavailable.
Status SyncFolder(const std::filesystem::path& directory);

}  // namespace duebook
