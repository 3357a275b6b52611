// Tells whether a workbook is whole. The library that makes workbooks does not see that a temporary file took no more
// of it.

#pragma once

#include <cstddef>
#include <string_view>

#include "ledger/values/result.h"

namespace duebook {

// Reads all parts of the workbook, and holds them against how many cells were written. kUnavailable: it is not whole.
// Cost: that of unpacking it.
Status CheckWorkbook(std::string_view workbook, size_t cells);

}  // namespace duebook
