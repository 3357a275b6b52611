// GET /reports, and GET /reports/{name}.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/check.h"
#include "tools/commands/letters.h"
#include "tools/commands/report_answer.h"
#include "tools/server/json_writer.h"
#include "tools/server/pinned_answer.h"
#include "tools/server/problem.h"
#include "tools/server/report_question.h"
#include "tools/server/routes.h"

namespace duebook {

namespace {

std::string_view NameOf(ReportRows rows) {
  switch (rows) {
    case ReportRows::kListed:
      return "listed";
    case ReportRows::kSums:
      return "sums";
    case ReportRows::kItems:
      return "items";
    case ReportRows::kDocuments:
      return "documents";
    case ReportRows::kListedByState:
      return "listed_by_state";
  }
  return "";
}

std::string_view NameOf(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return "text";
    case ColumnType::kWord:
      return "word";
    case ColumnType::kNumber:
      return "number";
    case ColumnType::kMoney:
      return "money";
    case ColumnType::kBalance:
      return "balance";
    case ColumnType::kDate:
      return "date";
    case ColumnType::kTime:
      return "time";
  }
  return "";
}

std::string_view NameOf(ReportParameter::Form form) {
  using Form = ReportParameter::Form;
  switch (form) {
    case Form::kSubject:
      return "subject";
    case Form::kSearch:
      return "search";
    case Form::kValue:
      return "value";
    case Form::kChoice:
      return "choice";
    case Form::kList:
      return "list";
    case Form::kFlag:
      return "flag";
  }
  return "";
}

std::string_view NameOf(DefaultDay day) {
  switch (day) {
    case DefaultDay::kToday:
      return "today";
    case DefaultDay::kEvery:
      return "every";
    case DefaultDay::kMonthEnd:
      return "month-end";
  }
  return "";
}

void AppendReport(const ReportInfo& info, JsonWriter* json) {
  json->BeginObject()
      .Member("name", info.name)
      .Member("summary", info.summary)
      .Member("rows", NameOf(info.rows))
      .Name("columns")
      .BeginList();
  for (const ReportColumn& column : info.columns) {
    json->BeginObject()
        .Member("name", column.name)
        .Member("type", NameOf(column.type))
        .Member("meaning", column.meaning)
        .EndObject();
  }
  json->EndList().Name("parameters").BeginList();
  for (const ReportParameter& parameter : info.parameters) {
    json->BeginObject()
        .Member("name", AddressName(parameter))
        .Member("form", NameOf(parameter.form))
        .Member("value", parameter.value)
        .Member("help", parameter.help)
        .EndObject();
  }
  json->EndList().Member("default_day", NameOf(info.default_day));
  json->Name("compares_cuts").Json(info.compares_cuts ? "true" : "false").EndObject();
}

// The rows that are asked for, and how many there are in all.
size_t KeepPage(const ReportQuestion& question, Report* report) {
  std::vector<Row>& rows = report->rows;
  const size_t all = rows.size();
  const size_t first = std::min<uint64_t>(question.offset, all);
  const size_t kept = std::min<uint64_t>(question.limit.value_or(all), all - first);
  rows.erase(rows.begin() + static_cast<ptrdiff_t>(first + kept), rows.end());
  rows.erase(rows.begin(), rows.begin() + static_cast<ptrdiff_t>(first));
  return all;
}

Result<std::string> TextOf(const ReportQuestion& question, const ServedLedger& served) {
  const auto& [info, request, format, output, limit, offset, pinned] = question;
  if (IsShownAsLetter(*info, request, *output, format)) {
    auto letter = info->letter(request);
    RETURN_IF_ERROR(letter);
    const std::string logo = output->shows_logo ? LogoOf(letter->company, served.session.ledger) : "";
    return LetterIn(*output, std::move(*letter), logo, format.plain);
  }
  auto report = MakeReport(*info, request);
  RETURN_IF_ERROR(report);
  const bool is_page = limit.has_value() || offset > 0;
  const size_t all = is_page ? KeepPage(question, &*report) : 0;
  auto text = RenderAs(*output, format, std::move(*report), request.log->identity());
  if (!text.ok() || !is_page) return text;
  constexpr std::string_view kEnd = "}\n";
  CHECK(text->ends_with(kEnd));
  text->replace(text->size() - kEnd.size(), kEnd.size(), fmt::format(",\"rows_total\":{}{}", all, kEnd));
  return text;
}

std::string_view TypeOf(const OutputFormat& format) {
  if (format.name == "csv") return "text/csv; charset=utf-8";
  return format.name == "html" ? "text/html; charset=utf-8" : "application/json";
}

// A report's page has its looks within, and nothing that runs.
constexpr std::string_view kPolicyOfPages =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

}  // namespace

RouteAnswer GetReports(const Call& /*call*/, const ServedLedger& /*served*/) {
  JsonWriter json;
  json.BeginList();
  for (const ReportInfo& info : AllReports()) AppendReport(info, &json);
  json.EndList();
  return JsonResponse(std::move(json).Finish());
}

RouteAnswer GetReport(const Call& call, const ServedLedger& served) {
  const auto question = ReadReportQuestion(call, served);
  if (!question.ok()) return ProblemOf(question.error(), call.request.id);
  const OutputFormat& output = *question->output;
  const PinnedQuestion pinned{question->request.cut.known, question->pinned,
                              fmt::format("{}\n{}", output.name, question->request.actor)};
  return AnswerPinned(call, served, pinned, [&]() -> Result<HttpResponse> {
    auto text = TextOf(*question, served);
    RETURN_IF_ERROR(text);
    HttpResponse response{200, {}, std::move(*text)};
    response.With("Content-Type", std::string(TypeOf(output)));
    if (output.is_page) response.With("Content-Security-Policy", std::string(kPolicyOfPages));
    return response;
  });
}

}  // namespace duebook
