// The formats in which every report is written, and whole events besides.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"
#include "projections/shared/letter.h"
#include "projections/shared/report.h"

namespace duebook {

struct OutputFormat {
  std::string_view name;     // "json", as --format has it
  std::string_view ending;   // ".json": of files that are written so where nobody says a format; "" if no name says it
  std::string_view summary;  // for --help; "" if the name says it all
  // Null if it has whole events, line by line, and no report: the command that lists events writes it itself. Errors as
  // the function says, if it can fail.
  Result<std::string> (*render)(const Report& report, const LedgerIdentity& ledger);
  bool is_text = true;   // a terminal can show it
  bool is_page = false;  // people read it, and no program
  // Null if letters are not written so. `logo` is as LetterAsHtml has it, where `shows_logo`. Errors as the function
  // says, if it can fail.
  Result<std::string> (*render_letter)(const Letter& letter, std::string_view logo) = nullptr;
  bool shows_logo = false;
  // kUnavailable: nothing is written so on this machine. Null if it is on all of them.
  Status (*check)() = nullptr;
};

// Every format, in the order of --help.
const std::vector<OutputFormat>& AllOutputFormats();
// Null if there is none of that name.
const OutputFormat* FindOutputFormat(std::string_view name);
// By the ending of a file's name; null if it is that of none.
const OutputFormat* OutputFormatOfName(std::string_view path);

}  // namespace duebook
