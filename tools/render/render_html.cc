// A page that a browser shows and prints: one file that asks for no other, black on white, numbered sheets with the
// table's head on each and its totals on the last.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/check.h"
#include "ledger/values/text.h"
#include "tools/render/html_page.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/render/shown_totals.h"
#include "tools/render/vocabulary.h"

namespace duebook {

const std::string_view kPageStyle = R"(
body { font: 10pt/1.4 "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; color: #000; }
h1 { font-size: 14pt; margin: 0; }
p { margin: 0 0 1em; }
table { border-collapse: collapse; margin: 0 0 1.5em; }
thead { display: table-header-group; }
tfoot { display: table-row-group; }
tr { break-inside: avoid; }
th, td { padding: 0.15em 0.6em; text-align: left; vertical-align: top; }
thead th { border-bottom: 1.5px solid #000; }
tbody td { border-bottom: 0.5px solid #bbb; }
tbody tr:last-child td { border-bottom: 1.5px solid #000; }
tfoot td { font-weight: bold; }
table.wide { font-size: 8pt; }
td { min-width: 4em; }
td.prose { min-width: 24em; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; min-width: 0; }
.word, .date, .time span { white-space: nowrap; min-width: 0; }
h2 { font-size: 11pt; margin: 1em 0 0.3em; }
section { break-inside: avoid; }
code { font: 8pt monospace; color: #555; }
svg text { font-size: 9pt; }
)";

namespace {

// Reports are wide.
constexpr std::string_view kReportPage =
    R"(@page { size: A4 landscape; margin: 15mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } })";

void AppendEscaped(std::string_view text, std::string* html) {
  for (const char c : text) {
    switch (c) {
      case '&':
        *html += "&amp;";
        break;
      case '<':
        *html += "&lt;";
        break;
      case '>':
        *html += "&gt;";
        break;
      case '"':
        *html += "&quot;";
        break;
      default:
        *html += c;
    }
  }
}

// Tables with more columns are set in smaller letters.
constexpr size_t kWideColumns = 10;
// Texts that take more columns of a terminal are sentences, which need room.
constexpr size_t kProseWidth = 40;

// What looks like the number of a document, which a browser would part at its hyphens.
bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

// The class that says how it is set.
std::string_view ClassOf(const Column& column, const Cell& cell) {
  if (IsFigure(column.type) || IsFigure(cell)) return " class=\"number\"";
  if (std::holds_alternative<Term>(cell)) return " class=\"word\"";
  if (std::holds_alternative<Date>(cell)) return " class=\"date\"";
  if (std::holds_alternative<Time>(cell)) return " class=\"time\"";
  const std::string* text = std::get_if<std::string>(&cell);
  if (text == nullptr) return "";
  if (DisplayWidth(*text) > kProseWidth) return " class=\"prose\"";
  return IsNumber(*text) ? " class=\"word\"" : "";
}

// A time may be broken between the day and the hour.
void AppendTime(std::string_view time, std::string* html) {
  const size_t hour = time.find('T');
  *html += fmt::format("<span>{}</span><wbr><span>{}</span>", time.substr(0, hour), time.substr(hour));
}

// What stands on the page of a report.
class Body {
 public:
  explicit Body(const Report& report) : report_(report), language_(report.language) {}

  std::string Take() { return std::move(html_); }

  void Pairs(const std::vector<std::pair<std::string, Cell>>& pairs) {
    if (pairs.empty()) return;
    html_ += "<table>\n";
    for (const auto& [name, cell] : pairs) {
      html_ += "<tr><th>";
      AppendEscaped(Word(name, language_), &html_);
      html_ += "</th>";
      AppendCell({}, cell);
      html_ += "</tr>\n";
    }
    html_ += "</table>\n";
  }

  void Table() {
    if (report_.rows.empty()) {
      html_ += fmt::format("<p>{}</p>\n", Word("nothing to show", language_));
      return;
    }
    html_ += report_.columns.size() > kWideColumns ? "<table class=\"wide\">\n<thead><tr>" : "<table>\n<thead><tr>";
    for (size_t i = 0; i < report_.columns.size(); ++i) {
      html_ += fmt::format("<th{}>", ClassOf(report_.columns[i], report_.rows.front()[i]));
      AppendEscaped(Word(report_.columns[i].name, language_), &html_);
      html_ += "</th>";
    }
    html_ += "</tr></thead>\n<tbody>\n";
    for (const Row& row : report_.rows) AppendRow(row);
    html_ += "</tbody>\n";
    const std::vector<Row> totals = ShownTotals(report_);
    if (!totals.empty()) {
      html_ += "<tfoot>\n";
      for (const Row& total : totals) AppendRow(total);
      html_ += "</tfoot>\n";
    }
    html_ += "</table>\n";
  }

 private:
  void AppendRow(const Row& row) {
    CHECK(row.size() == report_.columns.size());
    html_ += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) AppendCell(report_.columns[i], row[i]);
    html_ += "</tr>\n";
  }

  void AppendCell(const Column& column, const Cell& cell) {
    html_ += fmt::format("<td{}>", ClassOf(column, cell));
    const std::string shown = ShownCell(cell, report_);
    if (std::holds_alternative<Time>(cell)) {
      AppendTime(shown, &html_);
    } else {
      AppendEscaped(shown, &html_);
    }
    html_ += "</td>";
  }

  const Report& report_;
  const Language language_;
  std::string html_;
};

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string html;
  AppendEscaped(text, &html);
  return html;
}

std::string HtmlTable(const Report& report) {
  Body body(report);
  body.Table();
  return body.Take();
}

std::string HtmlPage(std::string_view company, std::string_view title, Language language, std::string_view body) {
  const std::string shown = HtmlText(ShownText(company));
  const std::string style = fmt::format("\n{}{}", kReportPage, kPageStyle);
  return HtmlDocument(fmt::format("{}: {}", ShownText(company), title), language, style,
                      fmt::format("<h1>{}</h1>\n<p>{}</p>\n{}", shown, HtmlText(title), body));
}

std::string HtmlDocument(std::string_view title, Language language, std::string_view style, std::string_view body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      CodeOf(language), HtmlText(title), style, body);
}

std::string RenderHtml(const Report& report, const LedgerIdentity& ledger) {
  Body body(report);
  body.Pairs(report.particulars);
  body.Table();
  body.Pairs(report.figures);
  return HtmlPage(ledger.company, ReportTitle(report), report.language, body.Take());
}

}  // namespace duebook
