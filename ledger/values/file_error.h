// Failures of the operating system, with what to do about them.

#pragma once

#include <fmt/core.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "ledger/values/result.h"

namespace duebook {

inline constexpr const char* kAllowMoreFiles =
    "allow the process more of them (`ulimit -n`); nothing that was acknowledged is lost";
inline constexpr const char* kFreeSpace = "free some space; nothing that was acknowledged is lost";

inline Error FileError(std::string_view doing, const std::filesystem::path& path, const std::error_code& code) {
  const bool too_few = code == std::errc::too_many_files_open || code == std::errc::too_many_files_open_in_system;
  const bool full = code == std::errc::no_space_on_device;
  return Error{ErrorCode::kUnavailable, fmt::format("cannot {} {}: {}", doing, path.string(), code.message()),
               too_few ? kAllowMoreFiles
               : full  ? kFreeSpace
                       : ""};
}

// As errno tells.
inline Error FileError(std::string_view doing, const std::filesystem::path& path) {
  return FileError(doing, path, {errno, std::generic_category()});
}

}  // namespace duebook
