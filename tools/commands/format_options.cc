#include "tools/commands/format_options.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "tools/commands/output.h"

namespace duebook {

namespace {

// The format that a file is called after, whether the command writes it or not; "" where its name says none.
std::string FormatOfEnding(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  for (const char* format : {"csv", "json", "jsonl", "html"}) {
    if (ending == fmt::format(".{}", format)) return format;
  }
  return "";
}

}  // namespace

Result<std::string> FormatOptions::ChosenFormat() const {
  const std::string ending = FormatOfEnding(output);
  std::string chosen = !format_name.empty() ? format_name : !ending.empty() ? ending : spreadsheet ? "csv" : "table";
  if (std::find(formats.begin(), formats.end(), chosen) == formats.end()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("--output {}: {} is not written here", output, chosen),
                 fmt::format("say with --format how it is to be written: {}", fmt::join(formats, ", "))};
  }
  if (spreadsheet && chosen != "csv") {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("--spreadsheet is a kind of csv, and {} is asked for", chosen),
                 "leave one of the two out"};
  }
  return chosen;
}

void AddFormatOptions(CommandOptions command, FormatOptions* options, const std::vector<std::string>& more) {
  options->formats = {"table", "csv", "json", "html"};
  options->formats.insert(options->formats.end(), more.begin(), more.end());
  command
      .Add("--format", &options->format_name,
           "how it is written (default: by the ending of --output, else table); html is a page to print")
      .OneOf(options->formats);
  command.AddFlag("--spreadsheet", &options->spreadsheet,
                  "csv to be opened by a spreadsheet: with a byte-order mark, and no text is taken for a formula");
  command.Add("--language", &options->language_name, "of headings, states and sentences (not of names in csv and json)")
      .OneOf({"en", "zh"})
      .ShowDefault();
  command.Add("--output", &options->output, "write to this file instead of standard output").Called("FILE");
}

int WriteReport(const Report& report, const LedgerIdentity& ledger, const std::string& format,
                const FormatOptions& options) {
  const std::string text =
      options.spreadsheet ? RenderSpreadsheet(report) : Render(report, ledger, *ReportFormatFromName(format));
  return WriteResult(text, options.output);
}

}  // namespace duebook
