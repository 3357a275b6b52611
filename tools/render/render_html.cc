// A page that a browser shows and prints: one file that asks for no other, black on white, numbered sheets with the
// table's head on each and its totals on the last.

#include <fmt/core.h>

#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/check.h"
#include "tools/render/html_page.h"
#include "tools/render/page_columns.h"
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
table.pairs tr td { border: none; }
table.wide { font-size: 8pt; }
table.long { table-layout: fixed; overflow-wrap: anywhere; }
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

// A time may be broken between the day and the hour.
void AppendTime(std::string_view time, std::string* html) {
  const size_t hour = time.find('T');
  *html += fmt::format("<span>{}</span><wbr><span>{}</span>", time.substr(0, hour), time.substr(hour));
}

std::string ClassAttribute(const Column& column, const Cell& cell) {
  const std::string_view way = ClassOf(column, cell);
  return way.empty() ? "" : fmt::format(" class=\"{}\"", way);
}

// A width in hundredths of the size of the letters.
std::string HtmlWidth(size_t width) { return fmt::format("{}.{:02}em", width / 100, width % 100); }

// What stands on the page of a report.
class Body {
 public:
  Body(const Report& report, const Sheet& sheet) : report_(report), sheet_(sheet), language_(report.language) {}

  std::string Take() { return std::move(html_); }

  void Pairs(const std::vector<std::pair<std::string, Cell>>& pairs) {
    if (pairs.empty()) return;
    html_ += "<table class=\"pairs\">\n";
    for (const auto& [name, cell] : pairs) {
      html_ += "<tr><th>";
      AppendEscaped(FigureName(name, report_), &html_);
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
    std::vector<std::string> head;
    head.reserve(report_.columns.size());
    for (const Column& column : report_.columns) head.push_back(Heading(column, report_));
    const std::vector<Row> totals = ShownTotals(report_);
    BeginTable(ColumnWidths(report_, head, totals, sheet_));
    html_ += "<thead><tr>";
    for (size_t i = 0; i < head.size(); ++i) {
      html_ += fmt::format("<th{}>", ClassAttribute(report_.columns[i], report_.rows.front()[i]));
      AppendEscaped(head[i], &html_);
      html_ += "</th>";
    }
    html_ += "</tr></thead>\n<tbody>\n";
    for (const Row& row : report_.rows) AppendRow(row);
    html_ += "</tbody>\n";
    if (!totals.empty()) {
      html_ += "<tfoot>\n";
      for (const Row& total : totals) AppendRow(total);
      html_ += "</tfoot>\n";
    }
    html_ += "</table>\n";
  }

 private:
  void BeginTable(const std::optional<std::vector<size_t>>& widths) {
    if (!widths.has_value()) {
      html_ += IsWide(report_) ? "<table class=\"wide\">\n" : "<table>\n";
      return;
    }
    const size_t all = std::accumulate(widths->begin(), widths->end(), size_t{0});
    html_ += fmt::format("<table class=\"{}\" style=\"width: {}\">\n<colgroup>", IsWide(report_) ? "long wide" : "long",
                         sheet_.is_filled ? "100%" : HtmlWidth(all));
    for (const size_t width : *widths) html_ += fmt::format("<col style=\"width: {}\">", HtmlWidth(width));
    html_ += "</colgroup>\n";
  }

  void AppendRow(const Row& row) {
    CHECK(row.size() == report_.columns.size());
    html_ += "<tr>";
    for (size_t i = 0; i < row.size(); ++i) AppendCell(report_.columns[i], row[i]);
    html_ += "</tr>\n";
  }

  void AppendCell(const Column& column, const Cell& cell) {
    html_ += fmt::format("<td{}>", ClassAttribute(column, cell));
    const std::string shown = ShownCell(cell, report_);
    if (std::holds_alternative<Time>(cell)) {
      AppendTime(shown, &html_);
    } else {
      AppendEscaped(shown, &html_);
    }
    html_ += "</td>";
  }

  const Report& report_;
  const Sheet& sheet_;
  const Language language_;
  std::string html_;
};

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string html;
  AppendEscaped(text, &html);
  return html;
}

std::string HtmlTable(const Report& report, const Sheet& sheet) {
  Body body(report, sheet);
  body.Table();
  return body.Take();
}

std::string HtmlPage(std::string_view company, std::string_view title, Language language, std::string_view body) {
  const std::string style = fmt::format("\n{}{}", kReportPage, kPageStyle);
  const std::string shown_title = HtmlText(title);
  if (company.empty()) {
    return HtmlDocument(title, language, style,
                        fmt::format("<h1 style=\"margin-bottom: 0.5em\">{}</h1>\n{}", shown_title, body));
  }
  const std::string shown = ShownText(company);
  return HtmlDocument(fmt::format("{}: {}", shown, title), language, style,
                      fmt::format("<h1>{}</h1>\n<p>{}</p>\n{}", HtmlText(shown), shown_title, body));
}

std::string HtmlDocument(std::string_view title, Language language, std::string_view style, std::string_view body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      CodeOf(language), HtmlText(title), style, body);
}

std::string RenderHtml(const Report& report, const LedgerIdentity& ledger) {
  Body body(report, kReportSheet);
  body.Pairs(report.particulars);
  body.Table();
  body.Pairs(report.figures);
  return HtmlPage(ledger.company, ReportTitle(report), report.language, body.Take());
}

}  // namespace duebook
