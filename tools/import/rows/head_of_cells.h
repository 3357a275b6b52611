// What stands before the rows of a file whose rows have cells in order, and which lines of it are none: as a map says.

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "tools/import/rows/csv_record.h"
#include "tools/import/rows/input_formats.h"
#include "tools/import/rows/row_source.h"

namespace duebook {

class HeadOfCells {
 public:
  // The settings must outlive it.
  explicit HeadOfCells(const RowSettings& settings) : settings_(settings) {}

  // Returns whether a line is no row, wherever it stands.
  bool IsSkipped(std::string_view line) const;

  // Reads the head by `next`, which gives rows that are not skipped. The names of the columns go into `record`, and
  // what a file of refused rows has to begin with into `frame`.
  Result<RowsHead> Read(const std::function<Result<bool>(InputRow*)>& next, CsvRecord* record, RowsFrame* frame) const;

  // Returns a question that is to be asked of each row in turn, as Read goes through them: whether it is the header or,
  // without one, the first row.
  std::function<bool(std::string_view row)> IsHeader() const;

 private:
  const RowSettings& settings_;
};

}  // namespace duebook
