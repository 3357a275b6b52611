// The rows of a file, whatever its format: what imports of the ledger's own records and maps both stand on.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/values/result.h"

namespace duebook {

// Readable bytes that must follow a row when its cells are read, as parsers look ahead. What they hold is of no
// account.
inline constexpr size_t kRowPadding = 64;

struct InputRow {
  // Where it starts: the physical line, from 1; in a format that does not go by lines, the row's number. Each row has a
  // higher one than the row before it.
  uint64_t line = 0;
  // What a file of refused rows keeps of it, between the frame's head and foot. Good until the next row.
  std::string_view text;
  std::optional<Rejection> fault;  // why it is no row; there is then no use in reading its cells
};

// What stands before the rows of a file.
struct RowsHead {
  bool is_missing = false;         // the file ended before its head did, and so has no rows
  uint64_t line = 0;               // where the columns are named
  std::optional<Rejection> fault;  // it cannot be read, and then neither can any row
  // The names of the cells that each row has, in their order. Nothing if every row names its own.
  std::optional<std::vector<std::string>> columns;
  std::string remark;  // what was found out about the file and should be known, as the end of a sentence; "": nothing
};

// What a file of rows must begin and end with to be read again, and what stands before each row but the first. A line
// end follows the head, if there is one, and each row.
struct RowsFrame {
  std::string head;
  std::string foot;
  std::string separator;
  // Says whether the mark of UTF-8 stands before all of it, as InputFile::is_marked does: the mark goes before
  // whatever encoding is said.
  bool is_marked = false;
  // Of the names of files that hold such rows, as InputFormat has it: ".csv".
  std::string_view ending = {};
  bool operator==(const RowsFrame&) const = default;
};

// A line of a file as it stands there.
struct KeptLine {
  uint64_t line;
  std::string_view text;
};

// Used by one thread at a time.
class RowSource {
 public:
  virtual ~RowSource() = default;
  // The file's name, for messages.
  virtual const std::string& name() const = 0;
  // Bytes read so far, and those of the whole file; 0 if that is not known.
  virtual uint64_t bytes_read() const = 0;
  virtual uint64_t bytes_total() const = 0;

  // Has to be called once, before the first Next. Error: the input fails.
  virtual Result<RowsHead> ReadHead() = 0;
  // The next row; false at the end. Error: the input fails.
  virtual Result<bool> Next(InputRow* row) = 0;
  // Returns whether Next would most likely answer without waiting for input.
  virtual bool IsReady() const = 0;
  // Known after ReadHead.
  virtual const RowsFrame& frame() const = 0;

  // The named cells of a row, by its text, which kRowPadding bytes follow; cells that are empty are left out. What the
  // record holds are views into `text` and this source, good until the next call. May be called for any row at any
  // time.
  virtual std::optional<Rejection> ReadCells(std::string_view text, Record* record) = 0;
  // Returns the same for rows that say the same in all their cells, however they are written, and different otherwise:
  // of a row, by its text and the record that ReadCells made of it last. Ids of events were made of it, so that it must
  // never change.
  virtual std::string Likeness(std::string_view text, const Record& record) const = 0;
};

}  // namespace duebook
