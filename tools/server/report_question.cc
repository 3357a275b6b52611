#include "tools/server/report_question.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "ledger/values/ascii.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/report_answer.h"

namespace duebook {

namespace {

// What every report can be asked beside its own parameters.
constexpr std::string_view kEffective = "effective";
constexpr std::string_view kKnown = "known";
constexpr std::string_view kOfAnswers[] = {"language", "format", "columns", "plain", "spreadsheet", "limit", "offset"};

Error Wrong(std::string sentence) { return {ErrorCode::kInvalidArgument, std::move(sentence), ""}; }

Status CheckNames(const ReportInfo& info, const Target& target) {
  for (const auto& parameter : target.parameters) {
    const std::string& name = parameter.first;
    const bool is_known = name == kEffective || name == kKnown ||
                          std::find(std::begin(kOfAnswers), std::end(kOfAnswers), name) != std::end(kOfAnswers) ||
                          std::any_of(info.parameters.begin(), info.parameters.end(),
                                      [&](const ReportParameter& one) { return AddressName(one) == name; });
    if (!is_known) return Wrong(fmt::format("the report {} has no parameter {}", info.name, name));
    if (parameter.second.empty()) return Wrong(fmt::format("the parameter {} is empty", name));
  }
  return Status();
}

// A flag is there as "1".
Result<bool> Flag(const Target& target, std::string_view name) {
  const auto value = target.One(name);
  RETURN_IF_ERROR(value);
  if (!value->has_value()) return false;
  if (**value == "1") return true;
  return Wrong(fmt::format("{} {}: write {}=1, or leave it out", name, **value, name));
}

Status SetParameter(const ReportParameter& parameter, const Target& target, ReportRequest* request) {
  using Form = ReportParameter::Form;
  const std::string name = AddressName(parameter);
  const std::vector<std::string> values = target.All(name);
  if (values.empty() && parameter.form == Form::kSubject) return Wrong(fmt::format("the parameter {} is needed", name));
  if (values.size() > 1 && parameter.form != Form::kList) {
    return Wrong(fmt::format("the parameter {} is given twice", name));
  }
  if (parameter.form == Form::kFlag) {
    const auto flag = Flag(target, name);
    RETURN_IF_ERROR(flag);
    return *flag ? parameter.set("", request) : Status();
  }
  for (const std::string& value : values) {
    const Status set = parameter.set(value, request);
    if (!set.ok()) return OfOption(name, value, set.error());
  }
  return Status();
}

// The first of the formats that the head of the request would have.
std::string_view AcceptedFormat(const HttpRequest& request) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"application/json", "json"}, {"text/csv", "csv"}, {"text/html", "html"}, {"*/*", "json"}};
  const std::string* const accept = request.Field("accept");
  if (accept == nullptr) return "json";
  size_t first = std::string::npos;
  std::string_view format = "json";
  for (const auto& [type, name] : kTypes) {
    const size_t place = accept->find(type);
    if (place < first) {
      first = place;
      format = name;
    }
  }
  return format;
}

Status ReadFormat(const Call& call, ReportQuestion* question) {
  const Target& target = call.target;
  FormatOptions& format = question->format;
  const auto name = target.One("format");
  RETURN_IF_ERROR(name);
  const auto spreadsheet = Flag(target, "spreadsheet");
  RETURN_IF_ERROR(spreadsheet);
  const auto plain = Flag(target, "plain");
  RETURN_IF_ERROR(plain);
  const auto columns = target.One("columns");
  RETURN_IF_ERROR(columns);
  const auto language = target.One("language");
  RETURN_IF_ERROR(language);
  const auto limit = target.Number("limit");
  RETURN_IF_ERROR(limit);
  const auto offset = target.Number("offset");
  RETURN_IF_ERROR(offset);
  format.spreadsheet = *spreadsheet;
  format.plain = *plain;
  format.columns = columns->value_or("");
  format.language_name = language->value_or("");
  format.format_name = name->value_or(std::string(*spreadsheet ? "csv" : AcceptedFormat(call.request)));
  question->limit = *limit;
  question->offset = offset->value_or(0);
  if (format.format_name != "json" && format.format_name != "csv" && format.format_name != "html") {
    return Wrong(fmt::format("format {}: it is json, csv or html", format.format_name));
  }
  if (!format.language_name.empty() && format.language_name != "en" && format.language_name != "zh") {
    return Wrong(fmt::format("language {}: it is en or zh", format.language_name));
  }
  if ((limit->has_value() || offset->has_value()) && format.format_name != "json") {
    return Wrong("limit and offset choose among the rows of JSON, and of no other format");
  }
  const auto output = format.ChosenFormat();
  RETURN_IF_ERROR(output);
  question->output = *output;
  return Status();
}

Status ReadCut(const Call& call, const ServedLedger& served, ReportQuestion* question) {
  const ReportInfo& info = *question->info;
  const CutOptions options{call.target.All(kEffective), call.target.All(kKnown)};
  if (!info.compares_cuts && (options.effective.size() > 1 || options.known.size() > 1)) {
    return Wrong(fmt::format("the report {} tells of one cut: effective and known are given once", info.name));
  }
  ReportRequest& request = question->request;
  std::vector<std::string> remarks;  // the answer says what it knows, and what is newest
  RETURN_IF_ERROR(SetCut(info, options, &request, &remarks));
  // What is durable and not in the columns yet is not told yet.
  request.cut.known = std::min(request.cut.known, served.ledger.newest());
  if (request.before.has_value()) request.before->known = std::min(request.before->known, served.ledger.newest());
  return Status();
}

// Of what the address says, as it says it, in one order, and the cut as it was found.
std::string PinnedAddress(const Call& call, const ReportQuestion& question) {
  const ReportInfo& info = *question.info;
  const ReportRequest& request = question.request;
  std::string address = call.target.path;
  char sign = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    address += fmt::format("{}{}={}", sign, EncodedForTarget(name), EncodedForTarget(value));
    sign = '&';
  };
  const auto add_given = [&](std::string_view name) {
    for (const std::string& value : call.target.All(name)) add(name, value);
  };
  // Where the last day is the day of the cut, that is what a day of the cut has to say beside it.
  const bool ends = info.ends_at_last_day && request.to.has_value();
  if (request.before.has_value()) add(kEffective, request.before->effective.ToString());
  add(kEffective, (ends ? *request.to : request.cut.effective).ToString());
  if (request.before.has_value()) add(kKnown, std::to_string(request.before->known));
  add(kKnown, std::to_string(request.cut.known));
  for (const ReportParameter& parameter : info.parameters) add_given(AddressName(parameter));
  for (const std::string_view name : kOfAnswers) add_given(name);
  return address;
}

}  // namespace

std::string AddressName(const ReportParameter& parameter) {
  std::string name(parameter.name);
  std::transform(name.begin(), name.end(), name.begin(), LowerCase);
  return name;
}

Result<ReportQuestion> ReadReportQuestion(const Call& call, const ServedLedger& served) {
  ReportQuestion question;
  question.info = FindReport(call.parts.front());
  if (question.info == nullptr) {
    return Error{ErrorCode::kNotFound, fmt::format("there is no report {}", call.parts.front()),
                 "GET /api/v1/reports lists all of them"};
  }
  const ReportInfo& info = *question.info;
  RETURN_IF_ERROR(CheckNames(info, call.target));
  RETURN_IF_ERROR(ReadFormat(call, &question));
  ReportRequest& request = question.request;
  request.log = &served.ledger.log();
  request.columns = served.ledger.columns();
  request.actor = served.session.actor;
  request.language = question.format.language();
  if (!question.format.language_name.empty()) request.letter_language = request.language;
  for (const ReportParameter& parameter : info.parameters) {
    RETURN_IF_ERROR(SetParameter(parameter, call.target, &request));
  }
  if (request.least.has_value()) {
    return Wrong("minimum says what is billed, and nothing is recorded by asking");
  }
  std::vector<FoundCustomer> chosen;
  RETURN_IF_ERROR(FindCustomers(info, false, &request, &chosen));
  RETURN_IF_ERROR(ReadCut(call, served, &question));
  question.pinned = PinnedAddress(call, question);
  return question;
}

}  // namespace duebook
