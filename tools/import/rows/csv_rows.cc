// CSV (RFC 4180): a header names the columns, each row below it has as many cells. What stands between cells is told by
// the header, unless it is said.

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tools/import/rows/csv_record.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/split_rows.h"

namespace duebook {

namespace {

// The signs that are told from each other, and what they are called; of two that stand in a header as often the first.
constexpr std::pair<char, std::string_view> kDelimiters[] = {
    {',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}, {'|', "vertical bars"}};

// Returns the one that stands most often outside quotes.
const std::pair<char, std::string_view>& DelimiterOf(std::string_view header) {
  const auto count = [header](char delimiter) {
    size_t found = 0;
    bool in_quotes = false;
    for (const char c : header) {
      if (c == '"') in_quotes = !in_quotes;
      if (c == delimiter && !in_quotes) found++;
    }
    return found;
  };
  return *std::max_element(std::begin(kDelimiters), std::end(kDelimiters),
                           [&](const auto& a, const auto& b) { return count(a.first) < count(b.first); });
}

class CsvRows : public SplitRows {
 public:
  CsvRows(InputFile input, const RowSettings& settings)
      : SplitRows(std::move(input), RecordSplitter::Shape::kQuotedRows),
        delimiter_(settings.delimiter),
        skip_rows_(settings.skip_rows) {}

  Result<RowsHead> ReadHead() override;
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    return record_->ReadCells(text, record);
  }
  std::string Likeness() const override { return record_->Likeness(); }

 private:
  std::optional<char> delimiter_;
  size_t skip_rows_;
  std::optional<CsvRecord> record_;  // from the head on
};

Result<RowsHead> CsvRows::ReadHead() {
  RowsHead head;
  if (!delimiter_.has_value()) {
    const auto header = splitter_.PeekLine(skip_rows_);
    RETURN_IF_ERROR(header);
    const auto& [sign, name] = DelimiterOf(*header);
    delimiter_ = sign;
    if (sign != ',') head.remark = fmt::format("its cells are parted by {}", name);
  }
  splitter_.PartCellsBy(*delimiter_);
  record_.emplace(*delimiter_);
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
  if (!head.fault.has_value()) head.fault = record_->ReadHeader(row.text);
  if (!head.fault.has_value()) head.columns = record_->names();
  return head;
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
