// CSV (RFC 4180): a header names the columns, each row below it has as many cells.

#include <fmt/core.h>

#include <utility>

#include "ledger/values/text.h"
#include "tools/import/rows/csv_cells.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/split_rows.h"

namespace duebook {

namespace {

Rejection Malformed(std::string sentence) { return {RejectionCode::kBadCsv, std::move(sentence), ""}; }

class CsvRows : public SplitRows {
 public:
  CsvRows(InputFile input, const RowSettings& settings)
      : SplitRows(std::move(input), RecordSplitter::Shape::kQuotedRows, settings.delimiter),
        skip_rows_(settings.skip_rows),
        splitter_(settings.delimiter) {}

  Result<RowsHead> ReadHead() override;
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override;
  std::string Likeness() const override;

 private:
  // Splits a row into cells_.
  std::optional<Rejection> Split(std::string_view text);

  size_t skip_rows_;
  CsvCells splitter_;
  std::vector<std::string_view> cells_;
  std::vector<std::string> names_;
};

Result<RowsHead> CsvRows::ReadHead() {
  RowsHead head;
  InputRow row;
  for (size_t i = 0; i <= skip_rows_; i++) {
    const auto found = Next(&row);
    RETURN_IF_ERROR(found);
    head.is_missing = !*found;
    if (head.is_missing) return head;
    if (i > 0) frame_.head += '\n';
    frame_.head += row.text;
  }
  head.line = row.line;
  head.fault = std::move(row.fault);
  if (!head.fault.has_value()) head.fault = Split(row.text);
  if (head.fault.has_value()) return head;
  for (const std::string_view cell : cells_) names_.emplace_back(TrimmedCell(cell));
  head.columns = names_;
  return head;
}

std::optional<Rejection> CsvRows::Split(std::string_view text) {
  if (!IsValidUtf8(text)) return Rejection{RejectionCode::kBadUtf8, kNotUtf8, ""};
  if (!splitter_.Split(text, &cells_)) {
    return Malformed("quotes in a cell are not closed, or text follows them; double a quote that is meant");
  }
  return std::nullopt;
}

std::optional<Rejection> CsvRows::ReadCells(std::string_view text, Record* record) {
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
std::string CsvRows::Likeness() const {
  std::string text;
  for (const std::string_view cell : cells_) text.append(TrimmedCell(cell)).push_back('\0');
  return text;
}

}  // namespace

const InputFormat kCsvInput{
    .name = "csv",
    .title = "CSV",
    .ending = ".csv",
    .holds_records = true,
    .settings = {"delimiter", "skip_rows"},
    .begins = [](std::string_view) { return false; },
    .open = [](InputFile input, const RowSettings& settings) -> std::unique_ptr<RowSource> {
      return std::make_unique<CsvRows>(std::move(input), settings);
    },
};

}  // namespace duebook
