// Files in TOML that people write: maps, policies, scorecards. They are all read here, since the parser (toml++) goes
// one level deeper into the stack for each part of a dotted key and for each table in a table: how large and how deep a
// text is, is looked at before it is parsed.

#pragma once

#include <toml++/toml.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "ledger/values/result.h"

namespace duebook {

// Such a file is a page or two.
inline constexpr size_t kMaxTomlBytes = size_t{1} << 20;
// Keys, tables and items of lists.
inline constexpr size_t kMaxTomlEntries = 20'000;
// Parts of a dotted key, and brackets and braces in one another.
inline constexpr size_t kMaxTomlDepth = 16;

// Reads the text of a file, and no more than it takes to see that it is too long. Errors as InputFile's.
Result<std::string> ReadTomlText(const std::string& path);

// Reads the tables of a text. kInvalidArgument with the file's name and line: it is no TOML, or passes one of these
// limits.
Result<toml::table> ParseToml(std::string_view text, const std::string& name);

}  // namespace duebook
