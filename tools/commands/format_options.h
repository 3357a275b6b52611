// How and where a report is written: --format, --language, --output, --spreadsheet, --plain, --columns, the same for
// every command that prints one.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ledger/log/event_log.h"
#include "projections/shared/report.h"
#include "projections/shared/report_columns.h"
#include "tools/commands/options.h"
#include "tools/commands/output.h"
#include "tools/render/output_formats.h"

namespace duebook {

struct FormatOptions {
  std::string format_name;    // as --format says; "" where it does not
  std::string language_name;  // as --language says; "" where it does not
  std::string output;         // "" is standard output
  bool spreadsheet = false;
  bool plain = false;          // amounts without separators between thousands
  std::string columns;         // "seq,date,text": these alone, in this order; "" is all
  bool writes_events = false;  // the command lists events, and can write them whole
  bool may_name_file = true;   // the command takes --output for the report, and for nothing else

  // As ChooseFormat; --spreadsheet is csv. kInvalidArgument also: --spreadsheet was asked for with another format than
  // csv, or columns of whole events.
  Result<const OutputFormat*> ChosenFormat() const;
  Language language() const { return LanguageOfCode(language_name); }
};

// Returns the format that is called so or, if `name` is "", the one that the ending of `output` says, or else
// `otherwise`; one of those in `written`. kInvalidArgument: the command does not write that, or it is no text and
// would go to a terminal.
Result<const OutputFormat*> ChooseFormat(std::string_view name, const std::string& output,
                                         const std::vector<std::string>& written, std::string_view otherwise = "table");

// Adds --format, of these.
void AddFormatOption(CommandOptions command, std::string* name, const std::vector<std::string>& written);

// `columns` are those that the report may have.
void AddFormatOptions(CommandOptions command, FormatOptions* options, const std::vector<ReportColumn>& columns);

// Returns a report as a text in this format, one that has reports, by what the options say of columns, of spreadsheets
// and of separators. kInvalidArgument: a column that the report does not have. Errors as the format's function says.
Result<std::string> RenderAs(const OutputFormat& format, const FormatOptions& options, Report report,
                             const LedgerIdentity& ledger);

// A report on its way out. Once there is one, nothing can be wrong any more with how the report is asked for: to be
// opened before something is recorded of which the report tells.
class ReportWriter {
 public:
  // `columns` are the report's; `format` is that of ChosenFormat, one that has reports. The options must outlive it.
  // kInvalidArgument: a column that the report does not have. kUnavailable: the format cannot be made here, or the file
  // not be written.
  static Result<ReportWriter> Open(const std::vector<Column>& columns, const OutputFormat& format,
                                   const FormatOptions& options);
  // The exit status; a failure is told.
  int Write(Report report, const LedgerIdentity& ledger);

 private:
  ReportWriter(const OutputFormat& format, const FormatOptions& options, ResultFile file)
      : format_(format), options_(options), file_(std::move(file)) {}

  const OutputFormat& format_;
  const FormatOptions& options_;
  ResultFile file_;
};

// Tells why no writer could be opened. The exit status.
int ComplainAboutOutput(const Error& error);

// Opens a writer, and writes the report. The exit status.
int WriteReport(Report report, const LedgerIdentity& ledger, const OutputFormat& format, const FormatOptions& options);

}  // namespace duebook
