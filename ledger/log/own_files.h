// What a ledger's folder holds is written by the ledger alone. Whoever writes a file that a person named asks here
// first.

#pragma once

#include <filesystem>

#include "ledger/values/result.h"

namespace duebook {

// kInvalidArgument if a file written at `path` would be part of a ledger, any ledger, or take the place of a private
// key; whatever links and relative paths lead there. The file need not be there yet.
Status CheckNotOwnFile(const std::filesystem::path& path);

}  // namespace duebook
