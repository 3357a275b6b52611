// What renderers do with texts that could act on whoever looks at them: terminals, browsers, spreadsheets.

#include "tools/render/render.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "tools/render/shown_text.h"

namespace duebook {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const Currency kCny = *Currency::Parse("CNY");
const LedgerIdentity kAcme{"Ac\u202eme", kCny, "", Time{}};

Report ReportOf(std::vector<Row> rows) {
  Report report{"balance", Cut{}, {{"customer"}, {"balance", ColumnType::kMoney}}, std::move(rows), {}, {}};
  return report;
}

TEST(ShownText, ActingSignsAreEscapes) {
  EXPECT_EQ(ShownText("Müller 华东 \U0001F9FE"), "Müller 华东 \U0001F9FE");
  EXPECT_EQ(ShownText("a\nb\tc\x1b[0m\x7f"), "a b c [0m ");
  EXPECT_EQ(ShownText("a\u0080b\u009bc\u009f\u00a0"), "a\\u0080b\\u009bc\\u009f\u00a0");
  EXPECT_EQ(ShownText("\u202a\u202e\u2066\u2069\u200e\u200f\u061c"),
            "\\u202a\\u202e\\u2066\\u2069\\u200e\\u200f\\u061c");
  EXPECT_EQ(ShownText("li.na\u200b\ufeff"), "li.na\\u200b\\ufeff");
  EXPECT_EQ(ShownText("\u200c\u200d\u2027\u202f"), "\u200c\u200d\u2027\u202f");
  EXPECT_EQ(ShownText("\xc2"), "\xc2");
  EXPECT_EQ(ShownText("\xe2\x80"), "\xe2\x80");
}

TEST(Render, SeparatesThousandsForPeopleAlone) {
  Report report =
      ReportOf({{std::string("C-1"), Money{-123'456'789, kCny}}, {std::string("1000"), Money{99'999, kCny}}});
  EXPECT_THAT(RenderTable(report, kAcme),
              AllOf(HasSubstr("-1,234,567.89\n"), HasSubstr("1000       "), HasSubstr(" 999.99\n")));
  EXPECT_THAT(RenderHtml(report, kAcme), HasSubstr(">-1,234,567.89<"));
  EXPECT_EQ(RenderCsv(report), "customer,balance\nC-1,-1234567.89\n1000,999.99\n");
  EXPECT_THAT(RenderJson(report, kAcme), HasSubstr("\"-1234567.89\""));
  report.separates_thousands = false;
  EXPECT_THAT(RenderTable(report, kAcme), HasSubstr("-1234567.89\n"));
}

// More rows than one thread shows.
TEST(Render, AllRowsOfALongTableAreAlignedAlike) {
  constexpr int kRows = 3000;
  std::vector<Row> rows;
  for (int i = 0; i < kRows; i++) rows.push_back({fmt::format("C{}", i), Money{i * 100, kCny}});
  rows[1500][0] = std::string("华东机械制造");
  const std::string table = RenderTable(ReportOf(rows), kAcme);
  std::istringstream lines(table.substr(table.find("---")));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(line, "------------  --------");
  for (int i = 0; i < kRows; i++) {
    ASSERT_TRUE(std::getline(lines, line));
    const std::string name = i == 1500 ? "华东机械制造" : fmt::format("{:<12}", fmt::format("C{}", i));
    const std::string amount = i < 1000 ? fmt::format("{}.00", i) : fmt::format("{},{:03}.00", i / 1000, i % 1000);
    ASSERT_EQ(line, fmt::format("{}  {:>8}", name, amount));
  }
  EXPECT_FALSE(std::getline(lines, line));
}

// Two names of older ledgers that differ by such a sign alone look different in a report.
TEST(ShownText, WhatWouldNotBeSeenIsAnEscape) {
  EXPECT_EQ(ShownText("li\u00adna"), "li\\u00adna");
  EXPECT_EQ(ShownText("li.na\u3164\ufe0f"), "li.na\\u3164\\ufe0f");
  EXPECT_EQ(ShownText("\u206a\u034f"), "\\u206a\\u034f");
  EXPECT_EQ(ShownText("\U000e0041\U000e0100"), "\\U000e0041\\U000e0100");
}

TEST(ShownText, LinesStayLines) {
  EXPECT_EQ(ShownLines("a\tb\n\nc\u009b\n"), "a b\n\nc\\u009b\n");
  EXPECT_EQ(ShownLines("a\nb"), "a\nb");
  EXPECT_EQ(ShownLines(""), "");
}

TEST(Render, PeopleAreShownEscapesInTextsAndNames) {
  Report report = ReportOf({{std::string("C\u009b31m"), Money{100, kCny}}});
  report.particulars = {{"name", std::string("x\u2066y")}};
  EXPECT_THAT(RenderTable(report, kAcme),
              AllOf(HasSubstr("Ac\\u202eme: "), HasSubstr("C\\u009b31m"), HasSubstr("x\\u2066y")));
  EXPECT_THAT(RenderHtml(report, kAcme),
              AllOf(HasSubstr("<h1>Ac\\u202eme</h1>"), HasSubstr("C\\u009b31m"), Not(HasSubstr("\u202e"))));
  EXPECT_THAT(RenderJson(report, kAcme), AllOf(HasSubstr("Ac\u202eme"), HasSubstr("C\u009b31m")));
  EXPECT_EQ(RenderCsv(report), "customer,balance\nC\u009b31m,1.00\n");
}

TEST(Render, SpreadsheetsTakeNoTextForAFormula) {
  for (const std::string start : {"=", "+", "-", "@", "\t", "＝", "－", "＋", "＠"}) {
    const Report report = ReportOf({{start + "1", Money{-100, kCny}}});
    EXPECT_EQ(RenderSpreadsheet(report), "\ufeffcustomer,balance\n'" + start + "1,-1.00\n");
    EXPECT_EQ(RenderCsv(report), "customer,balance\n" + start + "1,-1.00\n");
  }
  const Report quoted = ReportOf({{std::string("=HYPERLINK(\"x\",\"y\")"), Money{1, kCny}},
                                  {std::string("\r=1"), Cell()},
                                  {std::vector<std::string>{"-a", "b"}, Cell()},
                                  {std::string("a=1"), Cell()}});
  EXPECT_EQ(RenderSpreadsheet(quoted),
            "\ufeffcustomer,balance\n\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",0.01\n\"'\r=1\",\n'-a;b,\na=1,\n");
}

TEST(Render, SpreadsheetsAreInTheReportsLanguage) {
  Report report = ReportOf({{Term{"in force"}, Money{100, kCny}}, {std::vector<Term>{{"splitting"}}, Cell()}});
  report.language = Language::kChinese;
  EXPECT_EQ(RenderSpreadsheet(report), "\ufeff客户,余额\n生效,1.00\n拆分申请,\n");
  EXPECT_EQ(RenderCsv(report), "customer,balance\nin force,1.00\nsplitting,\n");
}

// A browser repeats what is a table's foot on every sheet of paper.
TEST(Render, TotalsOfAPageStandBehindTheRowsAlone) {
  Report report = ReportOf({{std::string("C-1"), Money{100, kCny}}});
  report.totals = {{Cell(), Money{100, kCny}}};
  EXPECT_THAT(RenderHtml(report, kAcme), AllOf(HasSubstr("tfoot { display: table-row-group; }"), HasSubstr("<tfoot>"),
                                               HasSubstr("tbody tr:last-child td { border-bottom: 1.5px solid #000; }"),
                                               HasSubstr("counter(page)")));
}

// Programs that lay a page out look at every cell of a table first, unless its columns have widths.
TEST(Render, LongTablesOfAPageHaveColumnsOfFixedWidths) {
  std::vector<Row> rows(200, Row{std::string("C-1"), Money{100, kCny}});
  EXPECT_THAT(RenderHtml(ReportOf(rows), kAcme), HasSubstr("<table>\n<thead>"));
  rows.push_back({std::string("C-10"), Money{100, kCny}});
  // 8 characters of a heading, and 7 of the other, of 0.6 em each, of which one is narrow, and 1.2 em beside them.
  EXPECT_THAT(RenderHtml(ReportOf(rows), kAcme),
              HasSubstr("<table class=\"long\" style=\"width: 11.15em\">\n<colgroup><col style=\"width: 6.00em\">"
                        "<col style=\"width: 5.15em\"></colgroup>\n<thead>"));
  rows.push_back({std::string(200, 'x'), Money{100, kCny}});
  EXPECT_THAT(RenderHtml(ReportOf(rows), kAcme), HasSubstr("<col style=\"width: 25.20em\">"))
      << "a sentence takes several lines";
  Report wide = ReportOf({});
  wide.columns = std::vector<Column>(12, {"customer"});
  wide.rows.assign(201, Row(12, std::string(30, 'x')));
  EXPECT_THAT(RenderHtml(wide, kAcme), HasSubstr("<table class=\"wide\">\n<thead>")) << "it is not known to fit";
}

TEST(Render, TotalsThatSayNothingAreNotShown) {
  Report report = ReportOf({{std::string("CNY"), Money{100, kCny}}});
  report.totals = {{std::string("CNY"), Money{100, kCny}}};
  EXPECT_THAT(RenderTable(report, kAcme), HasSubstr("1.00\n--"));
  report.columns.front().name = "currency";
  EXPECT_THAT(RenderTable(report, kAcme), EndsWith("CNY          1.00\n")) << "one row a currency is its total";
  EXPECT_THAT(RenderHtml(report, kAcme), Not(HasSubstr("<tfoot>")));
  report.totals = {{std::string("CNY"), Money{101, kCny}}};
  EXPECT_THAT(RenderTable(report, kAcme), HasSubstr("1.00\n--"));
  Report texts = ReportOf({{std::string("C-1"), std::string("open")}});
  texts.totals = {{Cell(), std::string()}};
  EXPECT_THAT(RenderTable(texts, kAcme), Not(HasSubstr("total")));
  EXPECT_THAT(RenderHtml(texts, kAcme), Not(HasSubstr("<tfoot>")));
}

TEST(Render, TotalsSayTheirCurrencyWhereNoColumnDoes) {
  Report report = ReportOf({{std::string("C-1"), Money{100, kCny}}});
  report.totals = {{Cell(), Money{100, kCny}}};
  EXPECT_THAT(RenderTable(report, kAcme), HasSubstr("\ntotal CNY     1.00\n"));
  EXPECT_THAT(RenderHtml(report, kAcme), HasSubstr(">total CNY</td>"));
  EXPECT_THAT(RenderJson(report, kAcme), HasSubstr(R"("total":[)"
                                                   "\n"
                                                   R"({"currency":"CNY","customer":null,"balance":"1.00"})"));
  Report amounts{"balance", Cut{}, {{"balance", ColumnType::kMoney}}, {{Money{100, kCny}}}, {{Money{100, kCny}}}, {}};
  EXPECT_THAT(RenderTable(amounts, kAcme), EndsWith("\n1.00 CNY\n"));
  Report said{"balance", Cut{}, {{"currency"}, {"customer"}, {"balance", ColumnType::kMoney}}, {}, {}, {}};
  said.rows = {{std::string("CNY"), std::string("C-1"), Money{100, kCny}},
               {std::string("CNY"), std::string("C-2"), Money{200, kCny}}};
  said.totals = {{std::string("CNY"), Cell(), Money{300, kCny}}};
  EXPECT_THAT(RenderTable(said, kAcme), EndsWith("\nCNY       total        3.00\n"));
  EXPECT_THAT(RenderJson(said, kAcme), HasSubstr(R"({"currency":"CNY","customer":null,"balance":"3.00"})"));
}

TEST(ShownText, IsCutBetweenCharacters) {
  EXPECT_EQ(Shortened("华东贸易", 12), "华东贸易");
  EXPECT_EQ(Shortened("华东贸易", 11), "华东贸…");
  EXPECT_EQ(Shortened("abc", 2), "ab…");
}

TEST(Render, SentencesOfAPageHaveRoomAndTimesMayBeBroken) {
  const Report report = ReportOf({{std::string(41, 'x'), Cell()},
                                  {std::string(40, 'x'), Cell()},
                                  {Time{0}, Cell()},
                                  {Term{"in force"}, Cell()},
                                  {std::string("INV-24-/007"), Cell()},
                                  {std::string("Acme Trading"), Cell()}});
  EXPECT_THAT(RenderHtml(report, kAcme),
              AllOf(HasSubstr("<td class=\"prose\">" + std::string(41, 'x')),
                    HasSubstr("<td class=\"word\">" + std::string(40, 'x') + "<"),
                    HasSubstr("<td class=\"time\"><span>1970-01-01</span><wbr><span>T00:00:00.000000Z</span></td>"),
                    HasSubstr("<td class=\"word\">in force</td>"), HasSubstr("<td class=\"word\">INV-24-/007</td>"),
                    HasSubstr("<td>Acme Trading</td>"), Not(HasSubstr("table class"))));
  Report wide = ReportOf({Row(11)});
  wide.columns.resize(11);
  EXPECT_THAT(RenderHtml(wide, kAcme), HasSubstr("<table class=\"wide\">"));
}

}  // namespace
}  // namespace duebook
