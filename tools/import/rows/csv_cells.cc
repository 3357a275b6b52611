#include "tools/import/rows/csv_cells.h"

#include <algorithm>

#include "ledger/values/trimmed.h"

namespace duebook {

bool CsvCells::Split(std::string_view row, std::vector<std::string_view>* cells) {
  cells->clear();
  unquoted_.clear();
  unquoted_.reserve(row.size());  // so that views into it stay good
  size_t at = 0;
  while (true) {
    if (at < row.size() && row[at] == '"') {
      const size_t start = unquoted_.size();
      for (at++;; at++) {
        if (at >= row.size()) return false;
        if (row[at] == '"' && (at + 1 >= row.size() || row[at + 1] != '"')) break;
        if (row[at] == '"') at++;
        unquoted_ += row[at];
      }
      at++;
      cells->push_back(std::string_view(unquoted_).substr(start));
      if (at < row.size() && row[at] != delimiter_) return false;
    } else {
      const size_t end = std::min(row.find(delimiter_, at), row.size());
      cells->push_back(row.substr(at, end - at));
      at = end;
    }
    if (at >= row.size()) return true;
    at++;  // the delimiter; behind the last one there is one more cell, empty
  }
}

std::string_view TrimmedCell(std::string_view text) { return Trimmed(text, " \t"); }

}  // namespace duebook
