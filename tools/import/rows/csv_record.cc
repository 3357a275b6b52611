#include "tools/import/rows/csv_record.h"

#include <fmt/core.h>

#include <utility>

#include "ledger/values/text.h"
#include "tools/import/rows/record_splitter.h"

namespace duebook {

namespace {

Rejection Malformed(std::string sentence) { return {RejectionCode::kBadCsv, std::move(sentence), ""}; }

}  // namespace

std::optional<Rejection> CsvRecord::ReadHeader(std::string_view header) {
  if (auto rejection = Split(header)) return rejection;
  for (const std::string_view cell : cells_) names_.emplace_back(TrimmedCell(cell));
  return std::nullopt;
}

std::optional<Rejection> CsvRecord::Split(std::string_view text) {
  if (!IsValidUtf8(text)) return Rejection{RejectionCode::kBadUtf8, kNotUtf8, ""};
  if (!splitter_.Split(text, &cells_)) {
    return Malformed("quotes in a cell are not closed, or text follows them; double a quote that is meant");
  }
  return std::nullopt;
}

std::optional<Rejection> CsvRecord::ReadCells(std::string_view text, Record* record) {
  record->fields.clear();
  if (auto rejection = Split(text)) return rejection;
  if (cells_.size() != names_.size()) {
    return Malformed(fmt::format("the row has {} cells, the header {}", cells_.size(), names_.size()));
  }
  for (size_t i = 0; i < names_.size(); i++) {
    if (cells_[i].empty()) continue;
    record->fields.emplace_back(names_[i], RawValue{RawValue::Kind::kCell, cells_[i], {}});
  }
  return std::nullopt;
}

// Rows are alike whose cells are, however they are quoted.
std::string CsvRecord::Likeness(std::string_view text) const {
  CsvCells splitter(splitter_);
  std::vector<std::string_view> cells;
  splitter.Split(text, &cells);
  std::string likeness;
  for (const std::string_view cell : cells) likeness.append(TrimmedCell(cell)).push_back('\0');
  return likeness;
}

}  // namespace duebook
