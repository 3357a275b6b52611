// CSV (RFC 4180): a header names the columns, each row below it has as many cells. What stands between cells is told by
// the header, unless the file's first line or whoever reads it says it.

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "ledger/values/ascii.h"
#include "tools/import/rows/csv_record.h"
#include "tools/import/rows/head_of_cells.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/split_rows.h"

namespace duebook {

namespace {

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

// Returns the one that gives as many cells as there are names, of a file without a header; commas if none does.
const std::pair<char, std::string_view>& DelimiterOf(std::string_view row, size_t names) {
  const auto* found = std::find_if(std::begin(kDelimiters), std::end(kDelimiters), [&](const auto& delimiter) {
    std::vector<std::string_view> cells;
    return CsvCells(delimiter.first).Split(row, &cells) && cells.size() == names;
  });
  return found == std::end(kDelimiters) ? *std::begin(kDelimiters) : *found;
}

// Returns the sign that the first line of a file says is between cells, as spreadsheets write it: "sep=;". Nothing if
// the line is another one.
std::optional<char> SaidDelimiter(std::string_view line) {
  constexpr std::string_view kStart = "sep=";
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() != kStart.size() + 1 || !IsSameInAnyCase(line.substr(0, kStart.size()), kStart)) return std::nullopt;
  return line.back() == '"' ? std::nullopt : std::optional(line.back());
}

class CsvRows : public SplitRows {
 public:
  CsvRows(InputFile input, RowSettings settings)
      : SplitRows(std::move(input), RecordSplitter::Shape::kQuotedRows), settings_(std::move(settings)) {
    frame_.ending = kCsvInput.ending;
  }

  Result<RowsHead> ReadHead() override;
  Result<bool> Next(InputRow* row) override;
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    return record_->ReadCells(text, record);
  }
  std::string Likeness(std::string_view text, const Record&) const override { return record_->Likeness(text); }

 private:
  // Takes the first line if it says what stands between cells, and returns that. A file of refused rows begins with it,
  // too.
  Result<std::optional<char>> TakeSaidDelimiter();

  const RowSettings settings_;
  const HeadOfCells head_{settings_};
  std::optional<CsvRecord> record_;  // from the head on
};

Result<std::optional<char>> CsvRows::TakeSaidDelimiter() {
  const auto first = splitter_.Peek([](std::string_view) { return true; });
  RETURN_IF_ERROR(first);
  const std::optional<char> said = SaidDelimiter(*first);
  if (said.has_value()) {
    InputRow row;
    RETURN_IF_ERROR(SplitRows::Next(&row));
    frame_.head = row.text;
  }
  return said;
}

Result<RowsHead> CsvRows::ReadHead() {
  const auto said = TakeSaidDelimiter();
  RETURN_IF_ERROR(said);
  std::optional<char> delimiter = said->has_value() ? *said : settings_.delimiter;
  std::string remark;
  if (!delimiter.has_value()) {
    const auto header = splitter_.Peek(head_.IsHeader());
    RETURN_IF_ERROR(header);
    const auto& [sign, name] =
        settings_.columns.empty() ? DelimiterOf(*header) : DelimiterOf(*header, settings_.columns.size());
    delimiter = sign;
    if (sign != ',') remark = fmt::format("its cells are parted by {}", name);
  }
  splitter_.PartCellsBy(*delimiter);
  record_.emplace(*delimiter);
  auto head = head_.Read([this](InputRow* row) { return Next(row); }, &*record_, &frame_);
  if (head.ok()) head->remark = std::move(remark);
  return head;
}

Result<bool> CsvRows::Next(InputRow* row) {
  while (true) {
    const auto found = SplitRows::Next(row);
    RETURN_IF_ERROR(found);
    if (!*found || !head_.IsSkipped(row->text)) return *found;
  }
}

}  // namespace

const InputFormat kCsvInput{
    .name = "csv",
    .title = "CSV",
    .ending = ".csv",
    .holds_records = true,
    .settings = {"delimiter", "skip_rows", "header", "skip_lines", "columns"},
    .begins = [](std::string_view) { return false; },
    .open = [](InputFile input, const RowSettings& settings) -> std::unique_ptr<RowSource> {
      return std::make_unique<CsvRows>(std::move(input), settings);
    },
};

}  // namespace duebook
