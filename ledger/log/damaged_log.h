// The error for a log whose bytes are not what was written.

#pragma once

#include <fmt/core.h>

#include <filesystem>
#include <string_view>

#include "ledger/values/result.h"

namespace duebook {

inline Error DamagedLog(const std::filesystem::path& ledger, std::string_view what) {
  return {ErrorCode::kDamaged, fmt::format("the ledger in {} is damaged: {}", ledger.string(), what),
          "`duebook verify` tells what is hit; restore from a backup"};
}

}  // namespace duebook
