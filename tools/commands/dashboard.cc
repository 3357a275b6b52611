// What a manager looks at on Monday, on one page: what is owed and overdue, by whom and since when, what was promised,
// and what waits for somebody. Each part is a report, and names the command that explains it.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "projections/shared/projection.h"
#include "projections/shared/totals.h"
#include "tools/commands/commands.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/format_options.h"
#include "tools/commands/shell_word.h"
#include "tools/render/bars.h"
#include "tools/render/html_page.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/render/vocabulary.h"

namespace duebook {

namespace {

constexpr int kDaysOfWeek = 7;
constexpr size_t kMostRows = 10;  // of a part
const std::vector<std::string> kFormats{"table", "html", "pdf"};

struct Options {
  CutOptions cut;
  std::string format;
  std::string language = "en";
  std::string output;
  bool plain = false;
};

// A part of the page: a report as it is asked for, the columns that are shown of it, and what it is called.
struct Part {
  const char* title;  // a word of the vocabulary
  std::string report;
  std::string by;
  Selection selection;
  std::string columns;
  bool by_currency = false;  // it shows its first rows of each currency, as amounts of several are not compared
};

struct PartOfPage {
  std::string title;  // in the language of the page
  std::string command;
  Report report;
  std::string left_out;  // what there is to say of rows that are not shown; "" if all are
  std::vector<std::pair<std::string, std::vector<Bar>>> charts;  // by currency
};

// Weeks begin on Monday.
Date MondayOf(Date day) {
  constexpr int kMondayBefore1970 = 3;  // 1970-01-01 was a Thursday
  const int since = ((day.days() + kMondayBefore1970) % kDaysOfWeek + kDaysOfWeek) % kDaysOfWeek;
  return day.AddDays(-since);
}

std::vector<Part> PartsOf(Date day) {
  const Date monday = MondayOf(day);
  const std::string first = monday.ToString();
  const std::string last = monday.AddDays(kDaysOfWeek - 1).ToString();
  const auto sorted = [](std::vector<std::string> where, std::string sort) {
    return Selection{std::move(where), std::move(sort), {}, false};
  };
  return {
      {"Receivables", "aging", "currency", {}, ""},
      {"Largest debtors", "balance", "", sorted({"balance > 0"}, "currency,balance:desc"),
       "customer,name,currency,open,unapplied,balance", true},
      {"Oldest items", "open-items", "", sorted({"overdue_days > 0"}, "overdue_days:desc,open:desc"),
       "customer,name,invoice,currency,due,open,disputed,overdue_days,salesperson"},
      {"Promises due this week", "promises", "",
       sorted({"state = pending", "due >= " + first, "due <= " + last}, "due"),
       "customer,name,promise,currency,due,amount,received"},
      // A promise is broken on the day after the last one on which it can be kept.
      {"Promises broken this week", "promises", "",
       sorted({"state = broken", "last_day >= " + monday.AddDays(-1).ToString()}, "due"),
       "customer,name,promise,currency,due,amount,received"},
      {"Unapplied cash", "unapplied", "currency", {}, ""},
      {"Write-offs awaiting approval", "write-offs", "", sorted({"state = requested"}, "requested"),
       "write_off,customer,name,invoice,currency,amount,requested_by,requested"},
  };
}

std::string CommandOf(const Part& part, const CutOptions& cut, Date day) {
  std::string command = fmt::format("duebook {} --effective {}", part.report, day.ToString());
  for (const std::string& known : cut.known) command += " --known " + ShellWord(known);
  if (!part.by.empty()) command += " --by " + part.by;
  for (const std::string& condition : part.selection.where) command += " --where " + ShellWord(condition);
  if (!part.selection.sort.empty()) command += " --sort " + part.selection.sort;
  return command;
}

// Returns the share in per cent, rounded to a tenth; "" where the whole is nothing, or less.
std::string ShareOf(Sum part, Sum whole) {
  if (whole <= 0) return "";
  for (; whole > INT64_MAX / 1000; whole /= 2) part /= 2;
  const auto tenths = static_cast<int64_t>((part * 1000 + whole / 2) / whole);
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

// Makes a row a currency of the aging: what is open, how much of it is overdue, and its buckets as bars.
void MakeKeyFigures(PartOfPage* part) {
  const Report aging = part->report;
  const size_t not_due = ColumnIndex(aging, "not_due");
  const size_t unapplied = ColumnIndex(aging, "unapplied");
  const size_t disputed = ColumnIndex(aging, "disputed");
  const size_t balance = ColumnIndex(aging, "balance");
  Report& figures = part->report;
  figures.columns = {{"currency"},
                     {"open", ColumnType::kBalance},
                     {"overdue", ColumnType::kBalance},
                     {"share"},
                     {"unapplied", ColumnType::kBalance},
                     {"disputed", ColumnType::kBalance},
                     {"balance", ColumnType::kBalance}};
  figures.rows.clear();
  figures.totals.clear();
  for (const Row& row : aging.rows) {
    const auto money = [&](size_t column) { return std::get<Money>(row[column]); };
    const Money left{-money(unapplied).amount, money(unapplied).currency};  // as in the parts below
    std::vector<Bar> bars;
    Money open = money(not_due);
    Money overdue{0, open.currency};
    for (size_t bucket = not_due; bucket < unapplied; bucket++) {
      bars.push_back({Word(aging.columns[bucket].name, aging.language), money(bucket)});
      if (bucket > not_due) overdue.amount += money(bucket).amount;
    }
    open.amount += overdue.amount;
    const std::string currency = open.currency.ToString();
    figures.rows.push_back(
        {currency, open, overdue, ShareOf(overdue.amount, open.amount), left, row[disputed], row[balance]});
    part->charts.emplace_back(currency, std::move(bars));
  }
}

// A page has room for so many rows, of all or of each currency. Totals stay those of all.
void KeepFirstRows(bool by_currency, PartOfPage* part) {
  Report& report = part->report;
  const size_t all = report.rows.size();
  std::map<std::string, size_t> kept;  // by currency
  std::erase_if(report.rows, [&](const Row& row) {
    const std::string of = by_currency ? std::get<std::string>(row[ColumnIndex(report, "currency")]) : "";
    return kept[of]++ >= kMostRows;
  });
  const size_t shown = report.rows.size();
  if (shown == all) return;
  part->left_out = report.language == Language::kChinese
                       ? fmt::format("{} 行中的 {} 行；合计为全部各行，下列命令列出全部", all, shown)
                       : fmt::format("{} of {} rows; the total is that of all, which the command lists", shown, all);
}

Result<std::vector<PartOfPage>> MakeParts(const EventLog& log, const Cut& cut, const Options& options) {
  const Language language = LanguageOfCode(options.language);
  std::vector<PartOfPage> parts;
  for (const Part& part : PartsOf(cut.effective)) {
    ReportRequest request;
    request.log = &log;
    request.cut = cut;
    request.by = part.by;
    request.selection = part.selection;
    request.language = language;
    auto report = RunReport(*FindReport(part.report), request);
    RETURN_IF_ERROR(report);
    report->separates_thousands = !options.plain;
    PartOfPage& made = parts.emplace_back();
    made.title = Word(part.title, language);
    made.command = CommandOf(part, options.cut, cut.effective);
    made.report = std::move(*report);
    if (part.report == "aging") MakeKeyFigures(&made);
    RETURN_IF_ERROR(ChooseColumns(part.columns, &made.report));
    KeepFirstRows(part.by_currency, &made);
  }
  return parts;
}

std::string TitleOf(const Report& report) {
  return fmt::format("{} {}", Word("dashboard", report.language), CutText(report.cut, report.language));
}

std::string AsText(const std::vector<PartOfPage>& parts, const LedgerIdentity& ledger) {
  std::string text = fmt::format("{}: {}\n", ShownText(ledger.company), TitleOf(parts.front().report));
  for (const PartOfPage& part : parts) {
    text += fmt::format("\n{}\n", part.title);
    text += part.report.rows.empty() ? Word("nothing to show", part.report.language) + "\n" : RenderRows(part.report);
    if (!part.left_out.empty()) text += part.left_out + "\n";
    for (const auto& [currency, bars] : part.charts) {
      text += fmt::format("\n{}\n{}", currency, BarsAsText(bars, part.report));
    }
    text += fmt::format("  {}\n", part.command);
  }
  return text;
}

std::string AsPage(const std::vector<PartOfPage>& parts, const LedgerIdentity& ledger) {
  std::string body;
  for (const PartOfPage& part : parts) {
    body += fmt::format("<section>\n<h2>{}</h2>\n{}", HtmlText(part.title), HtmlTable(part.report, kReportSheet));
    if (!part.left_out.empty()) body += fmt::format("<p>{}</p>\n", HtmlText(part.left_out));
    for (const auto& [currency, bars] : part.charts) {
      body += fmt::format("<p>{}</p>\n{}", HtmlText(currency), BarsAsSvg(bars, part.report));
    }
    body += fmt::format("<p><code>{}</code></p>\n</section>\n", HtmlText(part.command));
  }
  const Report& first = parts.front().report;
  return HtmlPage(ledger.company, TitleOf(first), first.language, body);
}

int Run(const Session& session, const Options& options) {
  const auto format = ChooseFormat(options.format, options.output, kFormats);
  if (!format.ok()) return Complain(format.error(), kBadUsage);
  const auto log = session.OpenForReading();
  if (!log.ok()) return ComplainAboutStore(log.error());
  const auto cut = ResolveCut(**log, options.cut, DefaultDay::kToday);
  if (!cut.ok()) return Complain(cut.error(), AnswerStatus(cut.error()));
  const auto parts = MakeParts(**log, *cut, options);
  if (!parts.ok()) return Complain(parts.error(), AnswerStatus(parts.error()));
  const LedgerIdentity& ledger = (*log)->identity();
  if ((*format)->name == "table") return WriteResult(AsText(*parts, ledger), options.output);
  const std::string page = AsPage(*parts, ledger);
  if ((*format)->name == "html") return WriteResult(page, options.output);
  const auto pdf = PdfOfPage(page, parts->front().report.recorded_at);
  return pdf.ok() ? WriteResult(*pdf, options.output) : Complain(pdf.error(), kRefused);
}

}  // namespace

void AddDashboard(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  CommandOptions command =
      AddCommand(app, session, "dashboard", "what is owed, overdue, promised and waiting, on one page",
                 "duebook --ledger books dashboard\n"
                 "  duebook --ledger books dashboard --effective 2025-12-31 --output monday.html");
  AddCutOptions(command, &options->cut);
  AddFormatOption(command, &options->format, kFormats);
  command.AddFlag("--plain", &options->plain, "amounts without separators between thousands");
  command.Add("--language", &options->language, "of titles, headings and states").OneOf({"en", "zh"}).ShowDefault();
  AddOutputOption(command, &options->output);
  command.Run(session, [&session, options] { return Run(session, *options); });
}

}  // namespace duebook
