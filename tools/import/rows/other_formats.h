// Files that are neither CSV nor JSON Lines, told by how they begin: once, rather than line by line.

#pragma once

#include <string>

#include "ledger/values/result.h"
#include "tools/import/rows/input_file.h"

namespace duebook {

// A file to be read line by line. Errors as InputFile::Open; kInvalidArgument also if it looks like something else,
// such as XML, a spreadsheet, or text in UTF-16.
Result<InputFile> OpenLines(const std::string& path);

}  // namespace duebook
