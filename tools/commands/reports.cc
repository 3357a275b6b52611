// One command for each report, from the table of all reports.

#include <fmt/core.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <utility>

#include "ledger/values/split.h"
#include "projections/shared/projection.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/render/shown_text.h"

namespace duebook {

namespace {

// What one parameter of the report was given on the line.
struct Given {
  const ReportParameter* parameter;
  std::optional<std::string> value;
  std::vector<std::string> values;  // of a list
  bool flag = false;
};

struct Options {
  std::vector<Given> given;  // one for each parameter of the report
  CutOptions cut;
  FormatOptions format;
};

// The name as it stands on the line.
std::string OptionName(const ReportParameter& parameter) {
  const bool place =
      parameter.form == ReportParameter::Form::kSubject || parameter.form == ReportParameter::Form::kSearch;
  return fmt::format("{}{}", place ? "" : "--", parameter.name);
}

Status SetGiven(const Given& given, ReportRequest* request) {
  const ReportParameter& parameter = *given.parameter;
  std::vector<std::string> values = given.values;
  if (given.flag || given.value.has_value()) values.push_back(given.value.value_or(""));
  for (const std::string& value : values) {
    const Status set = parameter.set(value, request);
    if (!set.ok()) return OfOption(OptionName(parameter), value, set.error());
  }
  return Status();
}

// All that is asked for but the cut, which needs the ledger.
Result<ReportRequest> RequestOf(const Options& options) {
  ReportRequest request;
  request.language = options.format.language();
  for (const Given& given : options.given) RETURN_IF_ERROR(SetGiven(given, &request));
  return request;
}

Status SetCut(const ReportInfo& info, const CutOptions& options, ReportRequest* request) {
  const DefaultDay default_day = DefaultDayOf(info, *request);
  if (!info.compares_cuts) {
    const auto cut = ResolveCut(*request->log, options, default_day);
    RETURN_IF_ERROR(cut);
    request->cut = *cut;
    return Status();
  }
  const auto cuts = ResolveTwoCuts(*request->log, options, default_day);
  RETURN_IF_ERROR(cuts);
  request->before = cuts->before;
  request->cut = cuts->after;
  return Status();
}

// What is dated after the cut is not counted, so that a later last day would promise what the report does not hold.
Status CheckLastDay(const CutOptions& options, const ReportRequest& request) {
  if (options.effective.empty() || !request.to.has_value() || *request.to <= request.cut.effective) return Status();
  return Error{ErrorCode::kInvalidArgument,
               fmt::format("--to {} is after --effective {}, the last day that is counted", request.to->ToString(),
                           request.cut.effective.ToString()),
               "leave one of the two out"};
}

int Run(const Session& session, const ReportInfo& info, const Options& options) {
  const auto format = options.format.ChosenFormat();
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  auto request = RequestOf(options);
  if (!request.ok()) return Complain(request.error(), kBadUsage);
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  request->log = log->get();
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
  const Status last_day = CheckLastDay(options.cut, *request);
  if (!last_day.ok()) return Complain(last_day.error(), kBadUsage);
  auto report = RunReport(info, *request);
  if (!report.ok()) return Complain(report.error(), AnswerStatus(report.error()));
  const bool broken = request->violations_only && !report->rows.empty();
  const int status = WriteReport(*std::move(report), (*log)->identity(), **format, options.format);
  return status == kDone && broken ? kRefused : status;
}

// Returns the words of "due|invoice".
std::vector<std::string> WordsOf(std::string_view choice) {
  const std::vector<std::string_view> words = SplitAt(choice, '|');
  return {words.begin(), words.end()};
}

void AddParameter(CommandOptions command, Given* given) {
  const ReportParameter& parameter = *given->parameter;
  const std::string name = OptionName(parameter);
  const std::string help(parameter.help);
  switch (parameter.form) {
    case ReportParameter::Form::kSubject:
      command.Add(name, &given->value, help).Required().NotEmpty();
      return;
    case ReportParameter::Form::kSearch:
      command.Add(name, &given->value, help).NotEmpty();
      return;
    case ReportParameter::Form::kValue:
      command.Add(name, &given->value, help).Called(std::string(parameter.value)).NotEmpty();
      return;
    case ReportParameter::Form::kChoice:
      command.Add(name, &given->value, help)
          .Called(std::string(parameter.value))
          .Offers(WordsOf(parameter.value))
          .NotEmpty();
      return;
    case ReportParameter::Form::kList:
      command.Add(name, &given->values, help).Called(std::string(parameter.value)).MayRepeat().NotEmpty();
      return;
    case ReportParameter::Form::kFlag:
      command.AddFlag(name, &given->flag, help);
      return;
  }
}

}  // namespace

void AddReports(CLI::App& app, Session& session) {
  for (const ReportInfo& info : AllReports()) {
    auto options = std::make_shared<Options>();
    CommandOptions command =
        AddCommand(app, session, std::string(info.name), std::string(info.summary), std::string(info.example));
    for (const ReportParameter& parameter : info.parameters) options->given.push_back({&parameter, std::nullopt, {}});
    for (Given& given : options->given) AddParameter(command, &given);
    AddCutOptions(command, &options->cut, info.compares_cuts);
    AddFormatOptions(command, &options->format, info.columns);
    command.Run(session, [&session, &info, options] { return Run(session, info, *options); });
  }
}

}  // namespace duebook
