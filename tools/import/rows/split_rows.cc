#include "tools/import/rows/split_rows.h"

#include <fmt/core.h>

#include <utility>

namespace duebook {

namespace {

std::optional<Rejection> FaultOf(const SplitRecord& split) {
  switch (split.fault) {
    case SplitRecord::Fault::kNone:
      return std::nullopt;
    case SplitRecord::Fault::kTooLong:
      return Rejection{RejectionCode::kTooLong,
                       fmt::format("the line is longer than {} bytes; only its start is kept", kMaxRecordBytes), ""};
    case SplitRecord::Fault::kOpenQuotes:
      return Rejection{RejectionCode::kBadCsv, "quotes in a cell are never closed", ""};
  }
  return std::nullopt;
}

}  // namespace

SplitRows::SplitRows(InputFile input, RecordSplitter::Shape shape) : splitter_(std::move(input), shape) {
  frame_.is_marked = splitter_.input().is_marked();
}

Result<bool> SplitRows::Next(InputRow* row) {
  SplitRecord split;
  const auto found = splitter_.Next(&split);
  RETURN_IF_ERROR(found);
  if (!*found) return false;
  row->line = split.line;
  row->text = split.text;
  row->fault = FaultOf(split);
  return true;
}

}  // namespace duebook
