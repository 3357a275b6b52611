// How large a map may be. It is looked at before it is parsed, since the parser (toml++) goes one level deeper into the
// stack for each part of a dotted key, and for each table in a table; and what is large in a map is multiplied by rows.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/values/result.h"

namespace duebook {

// A map is a page or two.
inline constexpr size_t kMaxMapBytes = size_t{1} << 20;
// Keys, tables and items of lists.
inline constexpr size_t kMaxMapEntries = 20'000;
// Parts of a dotted key, and brackets and braces in one another.
inline constexpr size_t kMaxMapDepth = 16;
// Different columns that a map names, and columns in one text.
inline constexpr size_t kMaxMapColumns = 1'000;
inline constexpr size_t kMaxTemplateColumns = 100;

// kInvalidArgument with file and line if the text passes one of the first three.
Status CheckMapLimits(std::string_view text, const std::string& name);

// Reads the file of a map, within these limits. Errors as InputFile's, and of CheckMapLimits.
Result<std::string> ReadMapText(const std::string& path);

}  // namespace duebook
