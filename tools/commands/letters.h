// Letters as commands write them.

#pragma once

#include <filesystem>
#include <string>

#include "ledger/values/result.h"
#include "projections/shared/letter.h"
#include "tools/render/output_formats.h"

namespace duebook {

// The longest picture that goes above letters.
inline constexpr size_t kMostLogoBytes = size_t{1} << 20;

// Returns the bytes of a letter in a format that has letters. Its logo is read from the ledger's folder; where that is
// not kept or not right, the letter goes without, and that is told. `plain`: amounts without separators between
// thousands. Errors as the format's function says.
Result<std::string> LetterIn(const OutputFormat& format, Letter letter, const std::filesystem::path& ledger,
                             bool plain);

}  // namespace duebook
