#include "tools/import/rows/record_splitter.h"

#include <algorithm>
#include <iterator>

#include "tools/import/rows/csv_cells.h"

namespace duebook {

namespace {

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

// Whether a sign may stand between cells, of whatever file.
bool MayPartCells(char c) {
  return std::any_of(std::begin(kDelimiters), std::end(kDelimiters), [c](const auto& each) { return each.first == c; });
}

}  // namespace

template <class PartsCells>
size_t RecordSplitter::FindEnd(std::string_view text, const PartsCells& parts_cells, Scan* scan) const {
  if (shape_ == Shape::kLines) {
    const size_t end = text.find('\n', scan->at);
    scan->at = end == kNone ? text.size() : end;
    return end;
  }
  for (; scan->at < text.size(); scan->at++) {
    const char c = text[scan->at];
    if (scan->in_quotes) {
      scan->in_quotes = c != '"';  // a doubled quote ends and starts again at once
      scan->at_cell_start = c == '"';
    } else if (c == '\n') {
      return scan->at;
    } else {
      scan->in_quotes = c == '"' && scan->at_cell_start;
      scan->at_cell_start = parts_cells(c);
    }
  }
  return kNone;
}

// Gives the bytes up to `end` and goes on behind it.
void RecordSplitter::Take(size_t end, SplitRecord* record) {
  record->line = line_;
  record->text = buffer_.text().substr(0, end);
  line_++;
  if (shape_ == Shape::kQuotedRows) {
    line_ += static_cast<uint64_t>(std::count(record->text.begin(), record->text.end(), '\n'));
  }
  if (record->text.ends_with('\r')) record->text.remove_suffix(1);
  buffer_.Drop(end + 1);
  scan_ = Scan();
}

// Drops what is left of a line that is too long.
Status RecordSplitter::SkipLine() {
  scan_ = Scan();
  line_++;
  while (true) {
    const size_t end = buffer_.text().find('\n');
    buffer_.Drop(end == kNone ? buffer_.text().size() : end + 1);
    if (end != kNone || buffer_.at_end()) return Status();
    RETURN_IF_ERROR(buffer_.Fill());
  }
}

Result<bool> RecordSplitter::NextRecord(SplitRecord* record) {
  record->fault = SplitRecord::Fault::kNone;
  while (true) {
    const size_t end = FindEnd(
        buffer_.text(), [this](char c) { return c == delimiter_; }, &scan_);
    if (end != kNone) {
      Take(end, record);
      if (record->text.size() > kMaxRecordBytes) {
        record->text = record->text.substr(0, kMaxRecordBytes);
        record->fault = SplitRecord::Fault::kTooLong;
      }
      return true;
    }
    const std::string_view text = buffer_.text();
    const bool too_long = text.size() > kMaxRecordBytes;
    if (buffer_.at_end() && text.empty()) return false;
    if (!buffer_.at_end() && !too_long) {
      RETURN_IF_ERROR(buffer_.Fill());
      continue;
    }
    const size_t line_end = text.find('\n');
    if (scan_.in_quotes && (line_end != kNone || buffer_.at_end())) {
      record->fault = SplitRecord::Fault::kOpenQuotes;
      Take(line_end == kNone ? text.size() : line_end, record);
      return true;
    }
    if (buffer_.at_end()) {
      Take(text.size(), record);
      return true;
    }
    record->fault = SplitRecord::Fault::kTooLong;
    record->line = line_;
    long_text_.assign(text, 0, kMaxRecordBytes);
    record->text = long_text_;
    RETURN_IF_ERROR(SkipLine());
    return true;
  }
}

Result<std::string> RecordSplitter::Peek(const std::function<bool(std::string_view record)>& is_it) {
  size_t start = 0;
  Scan scan;
  while (true) {
    const std::string_view rest = buffer_.text().substr(start);
    size_t end = FindEnd(rest, MayPartCells, &scan);
    if (end == kNone && !buffer_.at_end() && buffer_.text().size() <= kMaxRecordBytes) {
      RETURN_IF_ERROR(buffer_.Fill());
      continue;
    }
    if (end == kNone && scan.in_quotes) end = rest.find('\n');  // they are never closed, see NextRecord
    const std::string_view record = rest.substr(0, end);
    if (!IsBlank(record) && is_it(record)) return std::string(record);
    if (end == kNone) return std::string();
    start += end + 1;
    scan = Scan();
  }
}

Result<bool> RecordSplitter::Next(SplitRecord* record) {
  while (true) {
    const auto found = NextRecord(record);
    RETURN_IF_ERROR(found);
    if (!*found) return false;
    if (record->fault != SplitRecord::Fault::kNone || !IsBlank(record->text)) return true;
  }
}

}  // namespace duebook
