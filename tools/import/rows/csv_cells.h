// The cells of a row of a CSV file (RFC 4180).

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duebook {

// The signs that may stand between cells and are told from each other, and what they are called; of two that stand in a
// header as often the first.
inline constexpr std::pair<char, std::string_view> kDelimiters[] = {
    {',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}, {'|', "vertical bars"}};

// The cells of one row, without their quotes. Malformed: text after a closing quote, quotes never closed.
class CsvCells {
 public:
  explicit CsvCells(char delimiter = ',') : delimiter_(delimiter) {}
  // Views into the row and this object, good until the next call. False if the row is malformed.
  bool Split(std::string_view row, std::vector<std::string_view>* cells);

 private:
  char delimiter_;
  std::string unquoted_;  // cells with doubled quotes
};

// Without spaces and tabs at both ends.
std::string_view TrimmedCell(std::string_view text);

}  // namespace duebook
