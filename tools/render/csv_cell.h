// One cell of a CSV file.

#pragma once

#include <string>
#include <string_view>

namespace duebook {

// The text as RFC 4180 writes it: in quotes if it holds a comma, a quote or a line end, quotes inside doubled.
inline std::string CsvCell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  cell += '"';
  return cell;
}

}  // namespace duebook
