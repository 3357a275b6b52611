// How and where a report is written: --format, --language, --output, --spreadsheet, --plain, --columns, the same for
// every command that prints one.

#pragma once

#include <string>
#include <vector>

#include "ledger/log/event_log.h"
#include "projections/shared/report.h"
#include "projections/shared/report_columns.h"
#include "tools/commands/options.h"
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

  // As --format says, else by the ending of --output (or --spreadsheet, which is csv), else "table". kInvalidArgument:
  // the command does not write that, --spreadsheet was asked for with another format than csv, or columns of whole
  // events.
  Result<const OutputFormat*> ChosenFormat() const;
  Language language() const { return language_name == "zh" ? Language::kChinese : Language::kEnglish; }
};

// `columns` are those that the report may have.
void AddFormatOptions(CommandOptions command, FormatOptions* options, const std::vector<ReportColumn>& columns);

// Writes it as the options say. `format` is that of ChosenFormat, one that has reports. The exit status; a failure, and
// a column that the report does not have, is told.
int WriteReport(Report report, const LedgerIdentity& ledger, const OutputFormat& format, const FormatOptions& options);

}  // namespace duebook
