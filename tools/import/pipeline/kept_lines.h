// Which lines of a file, in sentences.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/import/rows/row_source.h"

namespace duebook {

// "line 2", "lines 2 and 5", "lines 2, 3, 4, 5, 6 and 12 more". There must be a line.
std::string NumbersOf(const std::vector<KeptLine>& lines);

}  // namespace duebook
