// One command for each report, from the table of all reports.

#include <fmt/core.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "projections/shared/projection.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/commands/letters.h"
#include "tools/commands/parameter_options.h"
#include "tools/commands/recording.h"
#include "tools/commands/report_answer.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

struct Options {
  ParameterOptions parameters;
  CutOptions cut;
  FormatOptions format;
  bool record = false;
};

// All that is asked for but the cut, which needs the ledger.
Result<ReportRequest> RequestOf(const Options& options) {
  ReportRequest request;
  request.language = options.format.language();
  if (!options.format.language_name.empty()) request.letter_language = request.language;
  RETURN_IF_ERROR(options.parameters.Set(&request));
  return request;
}

// What is recorded by older knowledge would be recorded twice; and rows that are not shown would be recorded, too.
Status CheckRecording(const ReportInfo& info, const Options& options, const ReportRequest& request) {
  if (!options.record && request.least.has_value()) {
    return Error{ErrorCode::kInvalidArgument, "--minimum without --record: it says what is billed, and nothing is",
                 "add --record, or leave it out"};
  }
  if (!options.record) return Status();
  if (!request.selection.where.empty() || request.selection.top.has_value()) {
    return Error{ErrorCode::kInvalidArgument, "--record with a choice of rows: all that is found is recorded",
                 "leave the choice out"};
  }
  if (!options.cut.known.empty()) {
    return Error{ErrorCode::kInvalidArgument, "--record with --known: what was recorded since would be recorded again",
                 "leave one of the two out"};
  }
  if (options.cut.effective.empty() || !info.records_by_all_days) return Status();
  return Error{ErrorCode::kInvalidArgument, "--record with --effective: what is dated later counts, too",
               "leave one of the two out"};
}

// Records what the report finds, and tells what that was before it.
int RunAndRecord(const Session& session, const ReportInfo& info, ReportRequest request, const OutputFormat& format,
                 const Options& options) {
  const auto ledger = session.OpenForWriting();
  if (!ledger.ok()) return ComplainAboutStore(ledger.error());
  request.log = &(*ledger)->log();
  request.cut.known = request.log->last_seq();
  auto report = RunReport(info, request);
  if (!report.ok()) return Complain(report.error(), AnswerStatus(report.error()));
  const auto found = info.record(request);
  if (!found.ok()) return Complain(found.error(), AnswerStatus(found.error()));
  auto writer = ReportWriter::Open(report->columns, format, options.format);
  if (!writer.ok()) return ComplainAboutOutput(writer.error());
  const RecordedFound recorded = RecordFound(**ledger, session, *found);
  NameEvents(recorded.ids, &*report);
  const int written = writer->Write(*std::move(report), request.log->identity());
  return recorded.status == kDone ? written : recorded.status;
}

int Run(const Session& session, const ReportInfo& info, const Options& options) {
  const auto format = options.format.ChosenFormat();
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  auto request = RequestOf(options);
  if (!request.ok()) return Complain(request.error(), kBadUsage);
  const Status recording = CheckRecording(info, options, *request);
  if (!recording.ok()) return Complain(recording.error(), kBadUsage);
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  request->log = log->get();
  request->actor = session.actor;
  // A script names customers by their numbers, which never come to mean others.
  const bool a_person_types = ::isatty(STDIN_FILENO) == 1;
  std::vector<FoundCustomer> chosen;
  const Status found = FindCustomers(info, a_person_types, &*request, &chosen);
  if (!found.ok()) return Complain(found.error(), AnswerStatus(found.error()));
  for (const FoundCustomer& customer : chosen) {
    Tell(fmt::format("duebook: this is customer {}{}\n", ShownText(customer.id),
                     customer.name.empty() ? "" : fmt::format(" ({})", ShownText(customer.name))));
  }
  const Status cut = SetCut(info, options.cut, &*request);
  if (!cut.ok()) return Complain(cut.error(), AnswerStatus(cut.error()));
  if (options.record) return RunAndRecord(session, info, *request, **format, options);
  if (IsShownAsLetter(info, *request, **format, options.format)) {
    auto letter = info.letter(*request);
    if (!letter.ok()) return Complain(letter.error(), AnswerStatus(letter.error()));
    const std::string logo = (*format)->shows_logo ? LogoOf(letter->company, session.ledger) : "";
    const auto written = LetterIn(**format, *std::move(letter), logo, options.format.plain);
    return written.ok() ? WriteResult(*written, options.format.output) : Complain(written.error(), kRefused);
  }
  auto report = MakeReport(info, *request);
  if (!report.ok()) return Complain(report.error(), AnswerStatus(report.error()));
  const bool broken = request->violations_only && !report->rows.empty();
  const int status = WriteReport(std::move(*report), (*log)->identity(), **format, options.format);
  return status == kDone && broken ? kRefused : status;
}

}  // namespace

void AddReports(CLI::App& app, Session& session) {
  for (const ReportInfo& info : AllReports()) {
    auto options = std::make_shared<Options>();
    CommandOptions command =
        AddCommand(app, session, std::string(info.name), std::string(info.summary), std::string(info.example));
    options->parameters.AddTo(command, info.parameters);
    AddCutOptions(command, &options->cut, info.compares_cuts);
    AddFormatOptions(command, &options->format, info.columns);
    if (info.record != nullptr) {
      command.AddFlag("--record", &options->record, "record what it finds, at the day that is asked for");
      AddRecording(command, session, [options] { return options->record; });
    }
    if (info.asks_who_records) session.asks_actor.emplace_back([command] { return command.IsOnTheLine(); });
    command.Run(session, [&session, &info, options] { return Run(session, info, *options); });
  }
}

}  // namespace duebook
