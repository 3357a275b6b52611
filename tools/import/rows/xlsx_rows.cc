// XLSX: the rows of one sheet of a workbook, below a header that names the columns. A row's text is the row as CSV, so
// that refused rows are kept in a file that can be mended and imported again.

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "tools/import/rows/csv_record.h"
#include "tools/import/rows/head_of_cells.h"
#include "tools/import/rows/input_formats.h"
#include "tools/render/csv_cell.h"
#include "tools/workbook/workbook_reader.h"

namespace duebook {

namespace {

constexpr size_t kMostFileBytes = size_t{256} << 20;

class XlsxRows : public RowSource {
 public:
  XlsxRows(InputFile input, RowSettings settings)
      : input_(std::move(input)), settings_(std::move(settings)), record_(',') {
    frame_.ending = kXlsxInput.refused_as->ending;
    frame_.is_marked = true;  // it is UTF-8, whatever encoding is said of other files
  }

  const std::string& name() const override { return input_.name(); }
  uint64_t bytes_read() const override { return input_.bytes_read(); }
  uint64_t bytes_total() const override { return input_.size(); }
  bool IsReady() const override { return true; }
  const RowsFrame& frame() const override { return frame_; }

  Result<RowsHead> ReadHead() override;
  Result<bool> Next(InputRow* row) override;
  std::optional<Rejection> ReadCells(std::string_view text, Record* record) override {
    return record_.ReadCells(text, record);
  }
  std::string Likeness(std::string_view text, const Record&) const override { return record_.Likeness(text); }

 private:
  Status OpenWorkbook();

  InputFile input_;
  const RowSettings settings_;
  const HeadOfCells head_{settings_};
  RowsFrame frame_;
  CsvRecord record_;
  std::unique_ptr<WorkbookReader> workbook_;
  SheetRow row_;
  std::string text_;  // its cells as CSV
};

Error Named(const std::string& file, const Error& error) {
  return {error.code, fmt::format("{}: this is no workbook (XLSX) that can be read: {}", file, error.sentence),
          error.hint};
}

// A workbook is read from its end, so that all of it has to be there.
Status XlsxRows::OpenWorkbook() {
  constexpr size_t kPiece = size_t{1} << 20;
  std::string bytes;
  while (true) {
    const auto read = input_.Read(kPiece, &bytes);
    RETURN_IF_ERROR(read);
    if (*read == 0) break;
    if (bytes.size() > kMostFileBytes) {
      return Error{
          ErrorCode::kInvalidArgument,
          fmt::format("{} is larger than {} MiB, the most that a workbook may have", name(), kMostFileBytes >> 20),
          "save it as CSV in UTF-8"};
    }
  }
  auto opened = WorkbookReader::Open(std::move(bytes), settings_.sheet);
  if (!opened.ok()) return Named(name(), opened.error());
  workbook_ = std::move(*opened);
  return Status();
}

Result<RowsHead> XlsxRows::ReadHead() {
  RETURN_IF_ERROR(OpenWorkbook());
  return head_.Read([this](InputRow* row) { return Next(row); }, &record_, &frame_);
}

// Cells at the end of a row that is shorter than the header are empty.
Result<bool> XlsxRows::Next(InputRow* row) {
  do {
    const auto found = workbook_->Next(&row_);
    if (!found.ok()) return Named(name(), found.error());
    if (!*found) return false;
    if (row_.cells.size() < record_.names().size()) row_.cells.resize(record_.names().size());
    text_.clear();
    for (size_t i = 0; i < row_.cells.size(); i++) {
      if (i > 0) text_ += ',';
      text_ += CsvCell(row_.cells[i]);
    }
  } while (head_.IsSkipped(text_));
  row->line = row_.number;
  row->text = text_;
  row->fault.reset();
  if (row_.is_cut) {
    row->fault = Rejection{
        RejectionCode::kTooLong,
        fmt::format(
            "the row is longer than {} bytes, or a cell of it longer than 32767 characters; something is missing",
            WorkbookReader::kMostRowBytes),
        ""};
  } else if (!row_.error.empty()) {
    row->fault =
        Rejection{RejectionCode::kBadField,
                  fmt::format("a formula came to an error: {}; mend it, or take its column out", row_.error), ""};
  }
  return true;
}

}  // namespace

const InputFormat kXlsxInput{
    .name = "xlsx",
    .title = "XLSX",
    .ending = ".xlsx",
    .holds_records = true,
    .settings = {"sheet", "skip_rows", "header", "skip_lines", "columns"},
    .refused_as = &kCsvInput,
    .begins = [](std::string_view start) { return start.starts_with(kZipMark); },
    .open = [](InputFile input, const RowSettings& settings) -> std::unique_ptr<RowSource> {
      return std::make_unique<XlsxRows>(std::move(input), settings);
    },
};

}  // namespace duebook
