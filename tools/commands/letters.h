// Letters as commands write them.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "projections/shared/letter.h"
#include "tools/render/output_formats.h"

namespace duebook {

// The longest picture that goes above letters.
inline constexpr size_t kMostLogoBytes = size_t{1} << 20;

// Returns the bytes of the picture above a company's letters, from the ledger's folder; "" if there is none. Where it
// is not kept or not right, letters go without, and that is told.
std::string LogoOf(const Company& company, const std::filesystem::path& ledger);

// Returns the bytes of a letter in a format that has letters. `logo` is its picture, or "". If it is
// `plain`, its amounts have no separators between thousands. Fails as the format's function says.
Result<std::string> LetterIn(const OutputFormat& format, Letter letter, std::string_view logo, bool plain);

// Returns what a letter's file is called: the customer's number, in which letters of any script, digits and . _ - stand
// as they are and other bytes as %2F, with `ending` behind it.
std::string LetterFileName(std::string_view customer, std::string_view ending);

// Makes the folder for the letters of a run, or takes one in which there is nothing. Fails with kAlreadyExists where
// other files would be among them, kInvalidArgument where it is a ledger's, and kUnavailable where it cannot be made.
Status MakeFolderOfLetters(const std::string& folder);

}  // namespace duebook
