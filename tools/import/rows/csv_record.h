// A row of CSV under a header that names its cells, as a record.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/command/command.h"
#include "tools/import/rows/csv_cells.h"

namespace duebook {

class CsvRecord {
 public:
  explicit CsvRecord(char delimiter) : splitter_(delimiter) {}

  // Takes the names of the cells from the header. Refused if it is no row of CSV in UTF-8.
  std::optional<Rejection> ReadHeader(std::string_view header);
  // Says the names, where no header does.
  void Name(std::vector<std::string> names) { names_ = std::move(names); }
  const std::vector<std::string>& names() const { return names_; }

  // As of RowSource.
  std::optional<Rejection> ReadCells(std::string_view text, Record* record);
  std::string Likeness(std::string_view text) const;

 private:
  // Splits a row into cells_.
  std::optional<Rejection> Split(std::string_view text);

  CsvCells splitter_;
  std::vector<std::string_view> cells_;
  std::vector<std::string> names_;
};

}  // namespace duebook
