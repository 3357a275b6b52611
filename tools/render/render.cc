#include "tools/render/render.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include "ledger/check.h"
#include "ledger/json_text.h"
#include "tools/render/csv_cell.h"

namespace duebook {

namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

void AppendJsonCell(const Cell& cell, std::string* json) {
  std::visit(Overloaded{
                 [&](std::monostate) { *json += "null"; },
                 [&](int64_t number) { *json += std::to_string(number); },
                 [&](const auto&) { AppendJsonText(CellText(cell, ";"), json); },
             },
             cell);
}

void AppendJsonCut(const Cut& cut, std::string* json) {
  *json += "{\"effective\":";
  if (cut.effective == Date::Max()) {
    *json += "null";
  } else {
    AppendJsonText(cut.effective.ToString(), json);
  }
  *json += fmt::format(",\"known\":{}}}", cut.known);
}

void AppendJsonRow(const Report& report, const Row& row, std::string* json) {
  CHECK(row.size() == report.columns.size());
  *json += '{';
  for (size_t i = 0; i < row.size(); i++) {
    if (i > 0) *json += ',';
    AppendJsonText(report.columns[i].name, json);
    *json += ':';
    AppendJsonCell(row[i], json);
  }
  *json += '}';
}

void AppendJsonRows(const Report& report, const std::vector<Row>& rows, std::string* json) {
  *json += '[';
  for (size_t i = 0; i < rows.size(); i++) {
    *json += i == 0 ? "\n" : ",\n";
    AppendJsonRow(report, rows[i], json);
  }
  *json += rows.empty() ? "]" : "\n]";
}

void AppendJsonMembers(const std::vector<std::pair<std::string, Cell>>& members, std::string* json) {
  *json += '{';
  for (size_t i = 0; i < members.size(); i++) {
    if (i > 0) *json += ',';
    AppendJsonText(members[i].first, json);
    *json += ':';
    AppendJsonCell(members[i].second, json);
  }
  *json += '}';
}

}  // namespace

std::optional<ReportFormat> ReportFormatFromName(std::string_view name) {
  if (name == "table") return ReportFormat::kTable;
  if (name == "csv") return ReportFormat::kCsv;
  if (name == "json") return ReportFormat::kJson;
  if (name == "html") return ReportFormat::kHtml;
  return std::nullopt;
}

std::string CellText(const Cell& cell, std::string_view separator) {
  return std::visit(
      Overloaded{
          [](std::monostate) { return std::string(); },
          [](const std::string& text) { return text; },
          [](const Term& term) { return term.name; },
          [](const Money& money) { return FormatAmount(money.amount, money.currency); },
          [](Date date) { return date.ToString(); },
          [](Time time) { return time.ToString(); },
          [](int64_t number) { return std::to_string(number); },
          [&](const std::vector<std::string>& list) { return fmt::format("{}", fmt::join(list, separator)); },
      },
      cell);
}

std::string RenderCsv(const Report& report) {
  std::string csv;
  for (size_t i = 0; i < report.columns.size(); i++) {
    if (i > 0) csv += ',';
    csv += CsvCell(report.columns[i].name);
  }
  csv += '\n';
  for (const Row& row : report.rows) {
    CHECK(row.size() == report.columns.size());
    for (size_t i = 0; i < row.size(); i++) {
      if (i > 0) csv += ',';
      csv += CsvCell(CellText(row[i], ";"));
    }
    csv += '\n';
  }
  return csv;
}

std::string RenderJson(const Report& report, const LedgerIdentity& ledger) {
  std::string json = "{\"report\":";
  AppendJsonText(report.name, &json);
  json += ",\"ledger\":";
  AppendJsonText(ledger.company, &json);
  json += ",\"cut\":";
  AppendJsonCut(report.cut, &json);
  json += ",\"rows\":";
  AppendJsonRows(report, report.rows, &json);
  json += ",\"total\":";
  AppendJsonRows(report, report.totals, &json);
  json += ",\"figures\":";
  AppendJsonMembers(report.figures, &json);
  if (report.before.has_value()) {
    json += ",\"before\":";
    AppendJsonCut(*report.before, &json);
  }
  if (!report.particulars.empty()) {
    json += ",\"particulars\":";
    AppendJsonMembers(report.particulars, &json);
  }
  json += "}\n";
  return json;
}

std::string Render(const Report& report, const LedgerIdentity& ledger, ReportFormat format) {
  switch (format) {
    case ReportFormat::kTable:
      return RenderTable(report, ledger);
    case ReportFormat::kCsv:
      return RenderCsv(report);
    case ReportFormat::kJson:
      return RenderJson(report, ledger);
    case ReportFormat::kHtml:
      return RenderHtml(report, ledger);
  }
  CHECK(false);
}

}  // namespace duebook
