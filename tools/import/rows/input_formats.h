// The formats whose files are read row by row, and which of them a file is in.

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/result.h"
#include "tools/import/rows/input_file.h"
#include "tools/import/rows/row_source.h"

namespace duebook {

// What a map says of its files' rows, for formats that have it among their settings.
struct RowSettings {
  std::optional<char> delimiter;  // nothing: as the header tells
  size_t skip_rows = 0;           // before the header
  std::string sheet;              // of a workbook; "": the first one
  std::string rows;               // of XML, which elements are rows: the end of their path, or all of it
  // These are for formats whose rows have cells in order. Lines that begin with one of `skipped_starts` are passed over
  // wherever they stand; the header is the first line that begins with `header_start`, which each line does if it is
  // ""; with `columns` there is no header.
  std::vector<std::string> skipped_starts;
  std::string header_start;
  std::vector<std::string> columns;
};

struct InputFormat {
  std::string_view name;    // "jsonl", as maps and programs say it
  std::string_view title;   // "JSON Lines", as sentences do
  std::string_view ending;  // of its files' names: ".jsonl"
  // True if its rows may be records of the ledger's own; those of other formats become events by a map only.
  bool holds_records;
  std::vector<std::string_view> settings;  // of RowSettings, the names that a map may use
  // The format that refused rows are kept in, where it is another one; null if they are kept in this one.
  const InputFormat* refused_as = nullptr;
  // Returns whether a file that begins so, without blanks, is of this format beyond doubt.
  bool (*begins)(std::string_view start);
  std::unique_ptr<RowSource> (*open)(InputFile input, const RowSettings& settings);
};

// Each stands at the end of its format's file.
extern const InputFormat kCsvInput;
extern const InputFormat kJsonLinesInput;
extern const InputFormat kJsonInput;
extern const InputFormat kXlsxInput;
extern const InputFormat kXmlInput;

const std::vector<const InputFormat*>& AllInputFormats();
// Null if there is none of that name.
const InputFormat* FindInputFormat(std::string_view name);
// By the ending of a file's name; null if it is that of none.
const InputFormat* InputFormatOfName(std::string_view path);
// "CSV and JSON Lines": what is told of each format, in order; formats of which that is nothing are left out.
std::string EnumerateInputFormats(const std::function<std::string(const InputFormat&)>& tell,
                                  std::string_view conjunction);

struct RecognisedFile {
  InputFile input;
  const InputFormat* format;
};
// Opens a file and tells its format: the one that is said; or else by the file's name; by its first bytes; `otherwise`
// if neither says it. It is read as text (InputFile::StartText) unless it is a workbook. Errors as InputFile::Open and
// StartText; kInvalidArgument also if the file looks like something that is not read, such as an old spreadsheet (XLS)
// or text in UTF-16 without a mark, which is told once rather than row by row.
Result<RecognisedFile> OpenRecognised(const std::string& path, const InputFormat* said, const InputFormat& otherwise,
                                      const std::string& encoding = "");

}  // namespace duebook
