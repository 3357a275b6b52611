// The rows of one sheet of a workbook (XLSX, ECMA-376), one at a time. Debian has no C++ library that reads them.
//
// Memory: the packed file, the texts that its cells share, and some rows.

#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

struct SheetRow {
  uint64_t number = 0;  // of the sheet, from 1
  // By column, from the first one on: numbers and days as NumberText and DayText say, texts as they are, true and false
  // as these words, "" where nothing is. What a formula makes is the value that was saved with it.
  std::vector<std::string> cells;
  // It is longer than kMostRowBytes, or a cell longer than 32,767 characters: something is missing.
  bool is_cut = false;
  // The first cell in which a formula came to an error, and which: "C5 is #N/A"; "" if none did.
  std::string error;
};

class WorkbookReader {
 public:
  static constexpr size_t kMostRowBytes = size_t{1} << 20;
  static constexpr size_t kMostTextBytes = size_t{512} << 20;  // that cells share

  // Opens the sheet of this name; "": the first one. kInvalidArgument: it is no workbook, or has no such sheet, which
  // the error names with those that there are.
  static Result<std::unique_ptr<WorkbookReader>> Open(std::string bytes, const std::string& sheet);
  ~WorkbookReader();
  WorkbookReader(const WorkbookReader&) = delete;
  WorkbookReader& operator=(const WorkbookReader&) = delete;

  // The next row in which a cell has a value. False at the end. kInvalidArgument: the sheet is not well-formed.
  Result<bool> Next(SheetRow* row);

 private:
  struct Parts;
  explicit WorkbookReader(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace duebook
