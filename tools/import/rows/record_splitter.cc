#include "tools/import/rows/record_splitter.h"

#include <algorithm>

namespace duebook {

namespace {

constexpr size_t kReadBytes = size_t{1} << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

Status RecordSplitter::Fill() {
  buffer_.erase(0, start_);
  scanned_ -= start_;
  start_ = 0;
  const auto count = input_.Read(kReadBytes, &buffer_);
  RETURN_IF_ERROR(count);
  at_end_ = *count == 0;
  bytes_read_ += *count;
  return Status();
}

size_t RecordSplitter::FindEnd() {
  if (shape_ == Shape::kLines) {
    const size_t end = buffer_.find('\n', scanned_);
    scanned_ = end == kNone ? buffer_.size() : end;
    return end;
  }
  for (; scanned_ < buffer_.size(); scanned_++) {
    const char c = buffer_[scanned_];
    if (in_quotes_) {
      in_quotes_ = c != '"';  // a doubled quote ends and starts again at once
      at_cell_start_ = c == '"';
    } else if (c == '\n') {
      return scanned_;
    } else {
      in_quotes_ = c == '"' && at_cell_start_;
      at_cell_start_ = c == delimiter_;
    }
  }
  return kNone;
}

// Gives the bytes up to `end` and goes on behind it.
void RecordSplitter::Take(size_t end, SplitRecord* record) {
  record->line = line_;
  record->text = std::string_view(buffer_).substr(start_, end - start_);
  line_++;
  if (shape_ == Shape::kQuotedRows) {
    line_ += static_cast<uint64_t>(std::count(record->text.begin(), record->text.end(), '\n'));
  }
  if (record->text.ends_with('\r')) record->text.remove_suffix(1);
  start_ = scanned_ = std::min(end + 1, buffer_.size());
  in_quotes_ = false;
  at_cell_start_ = true;
}

// Drops what is left of a line that is too long.
Status RecordSplitter::SkipLine() {
  while (true) {
    const size_t end = buffer_.find('\n', start_);
    if (end != kNone || at_end_) {
      start_ = scanned_ = end == kNone ? buffer_.size() : end + 1;
      line_++;
      return Status();
    }
    start_ = scanned_ = buffer_.size();
    RETURN_IF_ERROR(Fill());
  }
}

Result<bool> RecordSplitter::NextRecord(SplitRecord* record) {
  record->fault = SplitRecord::Fault::kNone;
  while (true) {
    const size_t end = FindEnd();
    if (end != kNone) {
      Take(end, record);
      if (record->text.size() > kMaxRecordBytes) {
        record->text = record->text.substr(0, kMaxRecordBytes);
        record->fault = SplitRecord::Fault::kTooLong;
      }
      return true;
    }
    const bool too_long = buffer_.size() - start_ > kMaxRecordBytes;
    if (at_end_ && start_ == buffer_.size()) return false;
    if (!at_end_ && !too_long) {
      RETURN_IF_ERROR(Fill());
      continue;
    }
    const size_t line_end = buffer_.find('\n', start_);
    if (in_quotes_ && (line_end != kNone || at_end_)) {
      record->fault = SplitRecord::Fault::kOpenQuotes;
      Take(line_end == kNone ? buffer_.size() : line_end, record);
      return true;
    }
    if (at_end_) {
      Take(buffer_.size(), record);
      return true;
    }
    record->fault = SplitRecord::Fault::kTooLong;
    record->line = line_;
    long_text_.assign(buffer_, start_, kMaxRecordBytes);
    record->text = long_text_;
    RETURN_IF_ERROR(SkipLine());
    in_quotes_ = false;
    at_cell_start_ = true;
    return true;
  }
}

Result<bool> RecordSplitter::Next(SplitRecord* record) {
  while (true) {
    if (line_ == 1 && start_ == 0 && bytes_read_ < kByteOrderMark.size() && !at_end_) {
      RETURN_IF_ERROR(Fill());
      continue;
    }
    if (line_ == 1 && start_ == 0 && buffer_.starts_with(kByteOrderMark)) {
      start_ = scanned_ = kByteOrderMark.size();
    }
    const auto found = NextRecord(record);
    RETURN_IF_ERROR(found);
    if (!*found) return false;
    if (record->fault != SplitRecord::Fault::kNone || !IsBlank(record->text)) return true;
  }
}

}  // namespace duebook
