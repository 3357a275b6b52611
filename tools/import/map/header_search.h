// Which row of a file names its columns, where it is not known: lists often have titles above their header.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tools/import/rows/csv_record.h"

namespace duebook {

// How many rows are looked at for the header.
inline constexpr size_t kMostRowsAboveHeader = 20;

struct FoundHeader {
  size_t row;        // its place in `rows`
  CsvRecord record;  // which reads what stands below it
};

// Returns the row whose cells are the names of more columns (see RolesOf) than those of any row before it, and of more
// than `known`; nothing if there is none. A name alone may be a word of a title, so that there have to be two.
std::optional<FoundHeader> FindHeader(const std::vector<std::string>& rows, size_t known);

// Returns how many of these columns have a role, so that a map would be made of them.
size_t RolesIn(const std::vector<std::string>& columns);

}  // namespace duebook
