// Rows of a CSV file (RFC 4180) as cells, and as Records by the names in its header.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/command/command.h"

namespace duebook {

// The cells of one row, without their quotes. Malformed: text after a closing quote, quotes never closed.
class CsvCells {
 public:
  explicit CsvCells(char delimiter = ',') : delimiter_(delimiter) {}
  // Views into the row and this object, good until the next call; nothing if the row is malformed.
  std::optional<std::vector<std::string_view>> Split(std::string_view row);

 private:
  char delimiter_;
  std::string unquoted_;  // cells with doubled quotes
};

// Reads rows by a header of field names.
class CsvRecordReader {
 public:
  explicit CsvRecordReader(char delimiter = ',') : cells_(delimiter) {}
  // The first row. A rejection (an empty or repeated column, none for what every record needs) means that nothing can
  // be read.
  std::optional<Rejection> ReadHeader(std::string_view row);
  // A row: each cell a field of its column's name; empty cells are left out. Views as of CsvCells.
  std::optional<Rejection> Read(std::string_view row, Record* record);

 private:
  std::optional<Rejection> CheckNames() const;

  CsvCells cells_;
  std::vector<std::string> names_;
};

}  // namespace duebook
