#include "tools/import/rows/csv_record.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {

namespace {

Rejection Malformed(std::string sentence) { return {RejectionCode::kBadCsv, std::move(sentence), ""}; }

const char* const kBadQuotes = "quotes in a cell are not closed, or text follows them; double a quote that is meant";

std::string_view Trimmed(std::string_view text) {
  const size_t start = text.find_first_not_of(" \t");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t") - start + 1);
}

}  // namespace

std::optional<std::vector<std::string_view>> CsvCells::Split(std::string_view row) {
  std::vector<std::string_view> cells;
  unquoted_.clear();
  unquoted_.reserve(row.size());  // so that views into it stay good
  size_t at = 0;
  while (true) {
    if (at < row.size() && row[at] == '"') {
      const size_t start = unquoted_.size();
      for (at++;; at++) {
        if (at >= row.size()) return std::nullopt;
        if (row[at] == '"' && (at + 1 >= row.size() || row[at + 1] != '"')) break;
        if (row[at] == '"') at++;
        unquoted_ += row[at];
      }
      at++;
      cells.push_back(std::string_view(unquoted_).substr(start));
      if (at < row.size() && row[at] != delimiter_) return std::nullopt;
    } else {
      const size_t end = std::min(row.find(delimiter_, at), row.size());
      cells.push_back(row.substr(at, end - at));
      at = end;
    }
    if (at >= row.size()) return cells;
    at++;  // the delimiter; behind the last one there is one more cell, empty
  }
}

std::optional<Rejection> CsvRecordReader::ReadHeader(std::string_view row) {
  if (!IsValidUtf8(row)) return Rejection{RejectionCode::kBadUtf8, kNotUtf8, ""};
  const auto cells = cells_.Split(row);
  if (!cells.has_value()) return Malformed(kBadQuotes);
  for (const std::string_view cell : *cells) {
    const std::string name(Trimmed(cell));
    if (name.empty()) return Malformed(fmt::format("column {} of the header has no name", names_.size() + 1));
    if (std::find(names_.begin(), names_.end(), name) != names_.end()) {
      return Malformed(fmt::format("the header names the column {} twice", name));
    }
    if (HasControlCharacter(name)) {
      return Malformed("the header holds a control character; a text file is needed whose lines end with LF or CR LF");
    }
    names_.push_back(name);
  }
  return CheckNames();
}

std::optional<Rejection> CsvRecordReader::CheckNames() const {
  for (const char* needed : {"type", "id", "date"}) {
    if (std::find(names_.begin(), names_.end(), needed) != names_.end()) continue;
    if (names_.size() == 1 && names_.front().find_first_of(";\t") != std::string::npos) {
      return Malformed("the header has no comma, which separates cells");
    }
    return Malformed(
        fmt::format("the header has no column {}{}", needed, DidYouMean(needed, {names_.begin(), names_.end()})));
  }
  return std::nullopt;
}

std::optional<Rejection> CsvRecordReader::Read(std::string_view row, Record* record) {
  record->fields.clear();
  if (!IsValidUtf8(row)) return Rejection{RejectionCode::kBadUtf8, kNotUtf8, ""};
  const auto cells = cells_.Split(row);
  if (!cells.has_value()) return Malformed(kBadQuotes);
  if (cells->size() != names_.size()) {
    return Malformed(fmt::format("the row has {} cells, the header {}", cells->size(), names_.size()));
  }
  for (size_t i = 0; i < names_.size(); i++) {
    if ((*cells)[i].empty()) continue;
    record->fields.emplace_back(names_[i], RawValue{RawValue::Kind::kCell, (*cells)[i], {}});
  }
  return std::nullopt;
}

}  // namespace duebook
