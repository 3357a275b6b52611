#include "tools/commands/format_options.h"

#include <fmt/core.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "projections/shared/selection.h"
#include "tools/commands/session.h"
#include "tools/render/render.h"

namespace duebook {

namespace {

std::vector<std::string> NamesOf(const Report& report) {
  std::vector<std::string> names;
  for (const Column& column : report.columns) names.push_back(column.name);
  return names;
}

// People read what a customer is called beside the number; programs find new columns behind the others.
void PutNamesBesideCustomers(Report* report) {
  const std::vector<std::string> names = NamesOf(*report);
  const auto place = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) - names.begin(); };
  const ptrdiff_t customer = place("customer");
  const ptrdiff_t name = place("name");
  if (name == static_cast<ptrdiff_t>(names.size()) || name < customer) return;
  const auto move = [&](auto& items) {
    auto moved = std::move(items[static_cast<size_t>(name)]);
    std::move_backward(items.begin() + customer + 1, items.begin() + name, items.begin() + name + 1);
    items[static_cast<size_t>(customer) + 1] = std::move(moved);
  };
  move(report->columns);
  for (Row& row : report->rows) move(row);
  for (Row& row : report->totals) move(row);
}

// Every format, whole events only where the command has them.
std::vector<std::string> WrittenFormats(const FormatOptions& options) {
  std::vector<std::string> names;
  for (const OutputFormat& format : AllOutputFormats()) {
    if (format.render != nullptr || options.writes_events) names.emplace_back(format.name);
  }
  return names;
}

std::vector<std::pair<std::string, std::string>> MeaningsOf(const std::vector<ReportColumn>& columns) {
  std::vector<std::pair<std::string, std::string>> meanings;
  meanings.reserve(columns.size());
  for (const ReportColumn& column : columns) meanings.emplace_back(column.name, column.meaning);
  return meanings;
}

}  // namespace

Result<const OutputFormat*> ChooseFormat(std::string_view name, const std::string& output,
                                         const std::vector<std::string>& written, std::string_view otherwise) {
  const OutputFormat* format = name.empty() ? OutputFormatOfName(output) : FindOutputFormat(name);
  if (format == nullptr) format = FindOutputFormat(otherwise);
  if (std::find(written.begin(), written.end(), format->name) == written.end()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("--output {}: {} is not written here", output, format->name),
                 fmt::format("say with --format how it is to be written: {}", fmt::join(written, ", "))};
  }
  if (!format->is_text && output.empty() && ::isatty(STDOUT_FILENO) == 1) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} is no text that a terminal shows", format->name),
                 "name a file with --output, or send it to one"};
  }
  return format;
}

void AddFormatOption(CommandOptions command, std::string* name, const std::vector<std::string>& written) {
  std::string help = "how it is written (default: by the ending of --output, else table)";
  for (const std::string& each : written) {
    const std::string_view summary = FindOutputFormat(each)->summary;
    if (!summary.empty()) help += fmt::format("; {} is {}", each, summary);
  }
  command.Add("--format", name, help).OneOf(written);
}

Result<const OutputFormat*> FormatOptions::ChosenFormat() const {
  const auto chosen = ChooseFormat(format_name, output, WrittenFormats(*this), spreadsheet ? "csv" : "table");
  RETURN_IF_ERROR(chosen);
  const OutputFormat* format = *chosen;
  if (format->render == nullptr && !columns.empty()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("--columns {}: {} has whole events", columns, format->name),
                 "leave it out, or ask for another format"};
  }
  if (spreadsheet && format->name != "csv") {
    return Error{ErrorCode::kInvalidArgument,
                 fmt::format("--spreadsheet is a kind of csv, and {} is asked for", format->name),
                 "leave one of the two out"};
  }
  return format;
}

void AddFormatOptions(CommandOptions command, FormatOptions* options, const std::vector<ReportColumn>& columns) {
  AddFormatOption(command, &options->format_name, WrittenFormats(*options));
  command.AddFlag("--spreadsheet", &options->spreadsheet,
                  "csv to be opened by a spreadsheet: with a byte-order mark, and no text is taken for a formula");
  command.AddFlag("--plain", &options->plain, "amounts without separators between thousands");
  command.Add("--columns", &options->columns, "these columns only, such as seq,date,text; names as in csv")
      .Called("NAMES")
      .Explained("COLUMNS", MeaningsOf(columns))
      .NotEmpty();
  command
      .Add("--language", &options->language_name,
           "of headings, states and sentences, not of names in csv and json (default: en; of a letter, its reader's)")
      .OneOf({"en", "zh"});
  if (options->may_name_file) AddOutputOption(command, &options->output);
}

Result<ReportWriter> ReportWriter::Open(const std::vector<Column>& columns, const OutputFormat& format,
                                        const FormatOptions& options) {
  Report head;
  head.columns = columns;
  RETURN_IF_ERROR(ChooseColumns(options.columns, &head));
  if (format.check != nullptr) RETURN_IF_ERROR(format.check());
  auto file = ResultFile::Open(options.output);
  RETURN_IF_ERROR(file);
  return ReportWriter(format, options, std::move(*file));
}

Result<std::string> RenderAs(const OutputFormat& format, const FormatOptions& options, Report report,
                             const LedgerIdentity& ledger) {
  RETURN_IF_ERROR(ChooseColumns(options.columns, &report));
  if (format.is_page && options.columns.empty()) PutNamesBesideCustomers(&report);
  report.separates_thousands = !options.plain;
  return options.spreadsheet ? Result(RenderSpreadsheet(report)) : format.render(report, ledger);
}

int ReportWriter::Write(Report report, const LedgerIdentity& ledger) {
  const auto written = RenderAs(format_, options_, std::move(report), ledger);
  return written.ok() ? WriteResult(*written, file_) : ComplainAboutOutput(written.error());
}

int ComplainAboutOutput(const Error& error) {
  return Complain(error, error.code == ErrorCode::kInvalidArgument ? kBadUsage : kRefused);
}

int WriteReport(Report report, const LedgerIdentity& ledger, const OutputFormat& format, const FormatOptions& options) {
  auto writer = ReportWriter::Open(report.columns, format, options);
  return writer.ok() ? writer->Write(std::move(report), ledger) : ComplainAboutOutput(writer.error());
}

}  // namespace duebook
