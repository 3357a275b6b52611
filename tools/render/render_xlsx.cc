// A workbook for spreadsheets: the table on a sheet of its own, with its head frozen and a filter, and beside it a
// sheet with what a page has above and below the table. Text is text, dates are dates, and amounts are numbers in the
// format of their currency.
//
// Spreadsheets keep numbers as floating point of 15 digits. An amount with more digits is text, so that none is
// changed.

#include <fmt/core.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ledger/values/files.h"
#include "ledger/values/scratch_folder.h"
#include "ledger/values/text.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/render/shown_totals.h"
#include "tools/render/vocabulary.h"
#include "tools/workbook/workbook_check.h"

namespace duebook {

namespace {

constexpr size_t kExactDigits = 15;
constexpr int64_t kMostExact = int64_t{1} << 53;
constexpr size_t kMostTextBytes = 32'000;  // a cell has 32,767 characters at most
constexpr size_t kMostBytes = size_t{1} << 32;
constexpr size_t kRowsOfSheet = 1'000'000;
constexpr int kFirstYear = 1900;  // of which spreadsheets have dates
constexpr double kNarrowest = 8, kWidest = 60;

bool IsExact(std::string_view number) {
  return static_cast<size_t>(
             std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; })) <= kExactDigits;
}

// Texts of a workbook have _x0041_ for the character U+0041. Returns the text written so that it reads as it is.
std::string Escaped(std::string text) {
  constexpr std::string_view kForm = "_xHHHH_";
  const auto has_form = [](char c, char form) {
    return form == 'H' ? std::isxdigit(static_cast<unsigned char>(c)) != 0 : c == form;
  };
  for (size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 1)) {
    const std::string_view rest = std::string_view(text).substr(at, kForm.size());
    if (!std::equal(rest.begin(), rest.end(), kForm.begin(), kForm.end(), has_form)) continue;
    text.replace(at, 1, "_x005F_");
    at += kForm.size() - 1;
  }
  return text;
}

class Workbook {
 public:
  // The library writes files only: it makes the workbook in this folder, and what it takes meanwhile.
  Workbook(const std::filesystem::path& folder, const Report& report, const LedgerIdentity& ledger)
      : report_(report), language_(report.language), folder_(folder.string()), path_(folder / "workbook") {
    lxw_workbook_options options{};
    options.tmpdir = folder_.data();
    book_ = workbook_new_opt(path_.c_str(), &options);
    // The same cut makes the same bytes: no time of now is in them.
    lxw_doc_properties properties{};
    properties.created = std::max<time_t>(1, report.recorded_at.value_or(Time()).microseconds / 1'000'000);
    workbook_set_properties(book_, &properties);
    heading_ = workbook_add_format(book_);
    format_set_bold(heading_);
    number_heading_ = workbook_add_format(book_);
    format_set_bold(number_heading_);
    format_set_align(number_heading_, LXW_ALIGN_RIGHT);
    date_ = workbook_add_format(book_);
    format_set_num_format(date_, "yyyy-mm-dd");
    AddTables();
    AddFacts(ledger);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  // Returns the workbook, of which nothing is left here afterwards: to be called once. kUnavailable.
  Result<std::string> Close() {
    const lxw_error closed = workbook_close(book_);
    const lxw_error failed = refused_ != LXW_NO_ERROR ? refused_ : closed;
    if (failed == LXW_NO_ERROR) {
      auto bytes = ReadSmallFile(path_, kMostBytes);
      if (bytes.ok()) RETURN_IF_ERROR(CheckWorkbook(*bytes, cells_));
      return bytes;
    }
    return Error{ErrorCode::kUnavailable, fmt::format("cannot make a workbook: {}", lxw_strerror(failed)),
                 "it takes temporary files: see that there is space where TMPDIR says, or in /tmp; or ask for csv"};
  }

 private:
  using Place = lxw_row_t;

  void AddTables() {
    const size_t rows = report_.rows.size();
    size_t first = 0;
    do {
      const size_t last = std::min(rows, first + kRowsOfSheet);
      AddTable(first, last);
      first = last;
    } while (first < rows);
  }

  void AddTable(size_t first, size_t last) {
    const std::string title = ReportName(report_);
    const std::string name = first == 0 ? title : fmt::format("{} {}", title, first / kRowsOfSheet + 1);
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    widths_.assign(report_.columns.size(), kNarrowest);
    Place row = 0;
    for (size_t column = 0; column < report_.columns.size(); column++) {
      const bool is_figure = IsFigure(report_.columns[column].type);
      WriteText(row, column, Heading(report_.columns[column], report_), is_figure ? number_heading_ : heading_);
    }
    for (size_t i = first; i < last; i++) WriteRow(++row, report_.rows[i]);
    worksheet_freeze_panes(sheet_, 1, 0);
    worksheet_autofilter(sheet_, 0, 0, row, static_cast<lxw_col_t>(report_.columns.size() - 1));
    if (last == report_.rows.size()) {
      ++row;  // so that totals are sorted and filtered with no row
      for (const Row& total : ShownTotals(report_)) WriteRow(++row, total);
    }
    SetWidths();
  }

  // What it is of: company and cut, what it is about, and the figures below the table.
  void AddFacts(const LedgerIdentity& ledger) {
    sheet_ = workbook_add_worksheet(book_, language_ == Language::kChinese ? "说明" : "about");
    widths_.assign(2, kNarrowest);
    if (report_.is_of_ledger) WriteText(0, 0, ShownText(ledger.company), heading_);
    WriteText(1, 0, ReportTitle(report_), report_.is_of_ledger ? nullptr : heading_);
    Place row = 2;
    for (const auto* facts : {&report_.particulars, &report_.figures}) {
      for (const auto& [name, cell] : *facts) {
        WriteText(++row, 0, FigureName(name, report_), nullptr);
        WriteCell(row, 1, cell);
      }
    }
    widths_[0] = std::min(widths_[0], kWidest / 2);
    SetWidths();
  }

  void WriteRow(Place row, const Row& cells) {
    for (size_t column = 0; column < cells.size(); column++) WriteCell(row, column, cells[column]);
  }

  void WriteCell(Place row, size_t column, const Cell& cell) {
    if (std::holds_alternative<std::monostate>(cell)) return;
    const std::string shown = ShownCell(cell, language_);
    if (const Money* money = std::get_if<Money>(&cell); money != nullptr && IsExact(shown)) {
      return WriteNumber(row, column, shown, MoneyFormat(money->currency.decimals()));
    }
    const auto* number = std::get_if<int64_t>(&cell);
    if (number != nullptr && *number <= kMostExact && *number >= -kMostExact) {
      return WriteNumber(row, column, shown, nullptr);
    }
    if (const Date* date = std::get_if<Date>(&cell); date != nullptr && date->year() >= kFirstYear) {
      lxw_datetime day{date->year(), date->month(), date->day(), 0, 0, 0};
      Count(worksheet_write_datetime(sheet_, row, static_cast<lxw_col_t>(column), &day, date_));
      return Widen(column, shown);
    }
    WriteText(row, column, shown, nullptr);
  }

  void WriteNumber(Place row, size_t column, const std::string& number, lxw_format* format) {
    Count(worksheet_write_number(sheet_, row, static_cast<lxw_col_t>(column), std::strtod(number.c_str(), nullptr),
                                 format));
    Widen(column, number);
  }

  // Counts a cell, or keeps why the library did not take it.
  void Count(lxw_error written) {
    cells_++;
    if (refused_ == LXW_NO_ERROR) refused_ = written;
  }

  // A longer text than a cell can hold ends in an ellipsis.
  void WriteText(Place row, size_t column, std::string text, lxw_format* format) {
    if (text.empty()) return;
    text = Shortened(Escaped(std::move(text)), kMostTextBytes);
    Count(worksheet_write_string(sheet_, row, static_cast<lxw_col_t>(column), text.c_str(), format));
    Widen(column, text);
  }

  lxw_format* MoneyFormat(int decimals) {
    lxw_format*& format = money_[decimals];
    if (format == nullptr) {
      format = workbook_add_format(book_);
      const std::string zeros(static_cast<size_t>(decimals), '0');
      format_set_num_format(format, decimals == 0 ? "#,##0" : ("#,##0." + zeros).c_str());
    }
    return format;
  }

  void Widen(size_t column, std::string_view text) {
    widths_[column] = std::max(widths_[column], std::min(kWidest, static_cast<double>(DisplayWidth(text)) + 2));
  }

  void SetWidths() {
    for (size_t column = 0; column < widths_.size(); column++) {
      const auto place = static_cast<lxw_col_t>(column);
      worksheet_set_column(sheet_, place, place, widths_[column], nullptr);
    }
  }

  const Report& report_;
  const Language language_;
  std::string folder_;
  const std::filesystem::path path_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* heading_ = nullptr;
  lxw_format* number_heading_ = nullptr;
  lxw_format* date_ = nullptr;
  std::map<int, lxw_format*> money_;  // by decimals
  std::vector<double> widths_;        // of the sheet's columns, in characters
  size_t cells_ = 0;                  // of all sheets
  lxw_error refused_ = LXW_NO_ERROR;  // why the first cell that the library did not take is missing
};

}  // namespace

Result<std::string> RenderXlsx(const Report& report, const LedgerIdentity& ledger) {
  const auto folder = ScratchFolder::Make();
  RETURN_IF_ERROR(folder);
  return Workbook((*folder)->path(), report, ledger).Close();
}

}  // namespace duebook
