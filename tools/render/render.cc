#include "tools/render/render.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ledger/values/check.h"
#include "ledger/values/json_text.h"
#include "tools/render/csv_cell.h"
#include "tools/render/shown_totals.h"
#include "tools/render/vocabulary.h"

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

// Of a total, `currency` is what no column says.
void AppendJsonRow(const Report& report, const Row& row, const std::string& currency, std::string* json) {
  CHECK(row.size() == report.columns.size());
  *json += '{';
  if (!currency.empty()) {
    *json += "\"currency\":";
    AppendJsonText(currency, json);
  }
  for (size_t i = 0; i < row.size(); i++) {
    if (i > 0 || !currency.empty()) *json += ',';
    AppendJsonText(report.columns[i].name, json);
    *json += ':';
    AppendJsonCell(row[i], json);
  }
  *json += '}';
}

void AppendJsonRows(const Report& report, const std::vector<Row>& rows, bool are_totals, std::string* json) {
  *json += '[';
  for (size_t i = 0; i < rows.size(); i++) {
    *json += i == 0 ? "\n" : ",\n";
    AppendJsonRow(report, rows[i], are_totals ? CurrencyOfTotal(report, rows[i]) : "", json);
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

template <class Heading, class Text>
std::string CsvOf(const Report& report, Heading&& heading, Text&& text) {
  std::string csv;
  for (size_t i = 0; i < report.columns.size(); i++) {
    if (i > 0) csv += ',';
    csv += CsvCell(heading(report.columns[i]));
  }
  csv += '\n';
  for (const Row& row : report.rows) {
    CHECK(row.size() == report.columns.size());
    for (size_t i = 0; i < row.size(); i++) {
      if (i > 0) csv += ',';
      csv += CsvCell(text(row[i]));
    }
    csv += '\n';
  }
  return csv;
}

std::string WordsOrText(const Cell& cell, Language language) {
  if (const Term* term = std::get_if<Term>(&cell)) return Word(*term, language);
  if (const auto* terms = std::get_if<std::vector<Term>>(&cell)) return JoinedTerms(*terms, ";", language);
  return CellText(cell, ";");
}

// Spreadsheets take what begins with one of these for a formula, some also the wide forms of the signs.
bool ReadsAsFormula(std::string_view text) {
  constexpr std::string_view kStarts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  return std::any_of(std::begin(kStarts), std::end(kStarts),
                     [&](std::string_view start) { return text.starts_with(start); });
}

// Behind an apostrophe it is text. Amounts and counts stay the numbers that they are.
std::string NoFormula(const Cell& cell, const std::string& text) {
  return !IsFigure(cell) && ReadsAsFormula(text) ? "'" + text : text;
}

}  // namespace

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
          [&](const std::vector<Term>& list) { return JoinedTerms(list, separator, Language::kEnglish); },
      },
      cell);
}

std::string RenderCsv(const Report& report) {
  return CsvOf(
      report, [](const Column& column) { return column.name; }, [](const Cell& cell) { return CellText(cell, ";"); });
}

std::string RenderSpreadsheet(const Report& report) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  const std::string csv = CsvOf(
      report, [&](const Column& column) { return Heading(column, report); },
      [&](const Cell& cell) { return NoFormula(cell, WordsOrText(cell, report.language)); });
  return std::string(kByteOrderMark) + csv;
}

std::string RenderJson(const Report& report, const LedgerIdentity& ledger) {
  std::string json = "{\"report\":";
  AppendJsonText(report.name, &json);
  json += ",\"ledger\":";
  AppendJsonText(ledger.company, &json);
  json += ",\"cut\":";
  AppendJsonCut(report.cut, &json);
  json += ",\"rows\":";
  AppendJsonRows(report, report.rows, false, &json);
  json += ",\"total\":";
  AppendJsonRows(report, report.totals, true, &json);
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

}  // namespace duebook
