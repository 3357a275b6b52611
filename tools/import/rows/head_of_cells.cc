#include "tools/import/rows/head_of_cells.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "ledger/values/suggestion.h"

namespace duebook {

namespace {

// Blanks, and the quote of the first cell, do not count.
bool BeginsWith(std::string_view line, std::string_view start) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line.starts_with(start) || (line.starts_with('"') && line.substr(1).starts_with(start));
}

}  // namespace

bool HeadOfCells::IsSkipped(std::string_view line) const {
  return std::any_of(settings_.skipped_starts.begin(), settings_.skipped_starts.end(),
                     [line](const std::string& start) { return BeginsWith(line, start); });
}

std::function<bool(std::string_view row)> HeadOfCells::IsHeader() const {
  return [this, passed = size_t{0}](std::string_view row) mutable {
    if (IsSkipped(row)) return false;
    if (passed++ < settings_.skip_rows) return false;
    return !settings_.columns.empty() || BeginsWith(row, settings_.header_start);
  };
}

Result<RowsHead> HeadOfCells::Read(const std::function<Result<bool>(InputRow*)>& next, CsvRecord* record,
                                   RowsFrame* frame) const {
  RowsHead head;
  InputRow row;
  const auto keep = [&](std::string_view line) {
    if (!frame->head.empty()) frame->head += '\n';
    frame->head += line;
  };
  for (size_t i = 0; i < settings_.skip_rows; i++) {
    const auto found = next(&row);
    RETURN_IF_ERROR(found);
    head.is_missing = !*found;
    if (head.is_missing) return head;
    keep(row.text);
  }
  if (!settings_.columns.empty()) {
    record->Name(settings_.columns);
    head.columns = settings_.columns;
    return head;
  }
  do {
    const auto found = next(&row);
    RETURN_IF_ERROR(found);
    if (!*found && !settings_.header_start.empty()) {
      head.fault =
          Rejection{RejectionCode::kBadCsv,
                    fmt::format("no line begins with {}, as the header does", Quoted(settings_.header_start)), ""};
      return head;
    }
    head.is_missing = !*found;
    if (head.is_missing) return head;
  } while (!BeginsWith(row.text, settings_.header_start));
  keep(row.text);
  head.line = row.line;
  head.fault = std::move(row.fault);
  if (!head.fault.has_value()) head.fault = record->ReadHeader(row.text);
  if (!head.fault.has_value()) head.columns = record->names();
  return head;
}

}  // namespace duebook
