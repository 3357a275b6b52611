#include "tools/import/map/header_search.h"

#include <algorithm>

#include "tools/import/map/column_roles.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

size_t RolesIn(const std::vector<std::string>& columns) {
  const auto roles = RolesOf(columns);
  return static_cast<size_t>(
      std::count_if(roles.begin(), roles.end(), [](const auto& role) { return role.has_value(); }));
}

std::optional<FoundHeader> FindHeader(const std::vector<std::string>& rows, size_t known) {
  std::optional<FoundHeader> found;
  size_t most = std::max<size_t>(known, 1);
  for (size_t row = 0; row < rows.size(); row++) {
    for (const auto& [delimiter, name] : kDelimiters) {
      CsvRecord record(delimiter);
      if (record.ReadHeader(rows[row]).has_value()) continue;
      const size_t roles = RolesIn(record.names());
      if (roles <= most) continue;
      most = roles;
      found = FoundHeader{row, std::move(record)};
    }
  }
  return found;
}

}  // namespace duebook
