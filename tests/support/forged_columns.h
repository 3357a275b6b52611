// Columns that somebody has changed who knows their format, all checksums being right.

#pragma once

#include <xxhash.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

#include "ledger/log/derived/column_head.h"
#include "ledger/values/check.h"
#include "tests/support/test_ledger.h"

namespace duebook {

inline void WriteColumnHeads(const std::filesystem::path& folder, const ColumnHead& head) {
  for (const char* name : {kColumnHeadFile, kSyncedColumnHeadFile}) {
    std::ofstream(folder / name, std::ios::binary) << EncodeColumnHead(head);
  }
}

// Returns the column whose file this is.
inline StoredColumn& ColumnOf(const std::filesystem::path& file, ColumnHead* head) {
  const std::string name = file.stem().string();
  for (StoredColumn& column : head->columns) {
    if (column.name == name) return column;
  }
  CHECK(false);
}

template <class Change>
void ForgeColumn(const std::filesystem::path& file, Change&& change) {
  ColumnHead head = (*ReadColumnHeads(file.parent_path()))->head;
  std::string bytes = ReadWholeFile(file);
  change(&bytes);
  std::ofstream(file, std::ios::binary) << bytes;
  StoredColumn& column = ColumnOf(file, &head);
  column.page_hashes.clear();
  for (size_t begin = 0; begin < bytes.size(); begin += head.page_bytes) {
    const std::string_view page = std::string_view(bytes).substr(begin, head.page_bytes);
    column.page_hashes.push_back(XXH3_64bits(page.data(), page.size()));
  }
  WriteColumnHeads(file.parent_path(), head);
}

// Makes the heads say that the column has other rows than it has, or other widths.
inline void ForgeRows(const std::filesystem::path& file, std::mt19937& random) {
  ColumnHead head = (*ReadColumnHeads(file.parent_path()))->head;
  StoredColumn& column = ColumnOf(file, &head);
  uint64_t& rows = head.marks[random() % head.marks.size()].rows[static_cast<size_t>(&column - head.columns.data())];
  constexpr uint64_t kOthers[] = {0, 1, UINT32_MAX, UINT64_MAX, UINT64_MAX / 2, UINT64_MAX / 8};
  switch (random() % 4) {
    case 0:
      rows = kOthers[random() % std::size(kOthers)];
      break;
    case 1:
      rows++;
      break;
    case 2:
      column.wide = !column.wide;
      break;
    default: {
      constexpr uint64_t kOtherPages[] = {1, 8, 4096, UINT64_MAX};
      head.page_bytes = kOtherPages[random() % std::size(kOtherPages)];
    }
  }
  WriteColumnHeads(file.parent_path(), head);
}

}  // namespace duebook
