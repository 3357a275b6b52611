// Cuts an input into records: lines, or rows of a CSV file, which may run over several lines inside quotes.
//
// Memory is bounded: of a record longer than kMaxRecordBytes only the start is kept. The CSV reader is our own because
// a refused row is given back as it stands in the text and named by its physical line, which the packaged readers
// (libcsv) do not tell.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "tools/import/rows/input_file.h"
#include "tools/import/rows/row_buffer.h"

namespace duebook {

inline constexpr size_t kMaxRecordBytes = size_t{1} << 20;

// This is told of a line or row in another encoding than the file is read in.
inline constexpr const char* kNotUtf8 =
    "the line is not valid UTF-8, or not in the encoding that was said; say the file's with --encoding, or save it in "
    "UTF-8";

struct SplitRecord {
  uint64_t line = 0;      // physical line on which it starts, from 1
  std::string_view text;  // without the line end; good until the next call
  enum class Fault {
    kNone,
    kTooLong,     // `text` is its start; the rest was skipped
    kOpenQuotes,  // quotes were never closed: `text` is the first line alone, the next record starts after it
  } fault = Fault::kNone;
};

class RecordSplitter {
 public:
  enum class Shape { kLines, kQuotedRows };

  // `input` is text.
  RecordSplitter(InputFile input, Shape shape) : buffer_(std::move(input)), shape_(shape) {}

  // Says what stands between cells of kQuotedRows, commas if nobody does: quotes count only at the start of a cell.
  // Before the first Next.
  void PartCellsBy(char delimiter) { delimiter_ = delimiter; }
  // Returns the first record for which `is_it` is true, of those that are not blank, without taking it; as far as
  // kMaxRecordBytes of the file go. "" if there is none. What stands between cells may still have to be told by it: so
  // quotes count behind any sign that a file may have there.
  Result<std::string> Peek(const std::function<bool(std::string_view record)>& is_it);
  // The next record that is not a blank line; false at the end.
  Result<bool> Next(SplitRecord* record);
  // Returns whether Next would most likely answer without waiting for input.
  bool IsReady() const { return buffer_.IsReady('\n'); }

  const InputFile& input() const { return buffer_.input(); }

 private:
  static constexpr size_t kNone = std::string::npos;

  // How far a record was looked at, and in what state of a row.
  struct Scan {
    size_t at = 0;
    bool in_quotes = false;
    bool at_cell_start = true;
  };

  // Returns the place of the line end that ends the record, as far as the text goes; kNone if it is not there yet.
  template <class PartsCells>
  size_t FindEnd(std::string_view text, const PartsCells& parts_cells, Scan* scan) const;
  void Take(size_t end, SplitRecord* record);
  Status SkipLine();
  Result<bool> NextRecord(SplitRecord* record);

  RowBuffer buffer_;  // from the start of the current record on
  Shape shape_;
  char delimiter_ = ',';
  std::string long_text_;  // the start of a record that was too long
  uint64_t line_ = 1;      // on which the current record starts
  Scan scan_;              // of it
};

}  // namespace duebook
