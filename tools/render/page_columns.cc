#include "tools/render/page_columns.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "ledger/values/text.h"
#include "tools/render/vocabulary.h"

namespace duebook {

namespace {

// Tables with more columns are set in small letters.
constexpr size_t kWideColumns = 10;
// Texts that take more columns of a terminal are sentences, which need room.
constexpr size_t kProseWidth = 40;
// Tables with more rows have columns of fixed widths.
constexpr size_t kLongRows = 200;

// In hundredths of the size of the letters, and generous, as nobody knows the font: what a character takes for each
// column of a terminal, what a capital takes beyond that, what a narrow one takes less, and what stands beside the text
// of a cell.
constexpr size_t kCharacter = 60;
constexpr size_t kBeyondOfCapital = 12;
constexpr size_t kLessOfNarrow = 25;
constexpr std::string_view kNarrow = " ,.:;'!|-/()ijl";
constexpr size_t kPadding = 120;
constexpr size_t kMostOfText = kProseWidth * kCharacter;

// What looks like the number of a document, which a browser would part at its hyphens.
bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

size_t WidthOf(std::string_view text) {
  size_t width = DisplayWidth(text) * kCharacter;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') width += kBeyondOfCapital;
    if (kNarrow.find(c) != kNarrow.npos) width -= kLessOfNarrow;
  }
  return width;
}

// Returns the width of the longest word of a text that may be broken. Beyond ASCII it may be broken anywhere.
size_t WidthOfLongestWord(std::string_view text) {
  size_t longest = 0;
  for (size_t begin = 0; begin < text.size();) {
    const auto is_broken = [](char c) { return c <= ' ' || c > '~'; };
    const auto end = std::find_if(text.begin() + static_cast<ptrdiff_t>(begin), text.end(), is_broken);
    const auto length = static_cast<size_t>(end - text.begin()) - begin;
    longest = std::max(longest, WidthOf(text.substr(begin, length)));
    begin += length + 1;
  }
  return longest;
}

// The widths between which a column may be.
struct Range {
  size_t least = 0, most = 0;

  void Hold(size_t least_of_cell, size_t most_of_cell) {
    least = std::max(least, least_of_cell + kPadding);
    most = std::max(most, most_of_cell + kPadding);
  }

  void Hold(std::string_view way, std::string_view shown) {
    const size_t wished = std::min(WidthOf(shown), kMostOfText);
    if (way == "prose") {
      Hold(kMostOfText, kMostOfText);
    } else if (way.empty()) {  // in two lines, or hardly more
      Hold(std::max(std::min(WidthOfLongestWord(shown), kMostOfText), wished / 2), wished);
    } else {
      Hold(WidthOf(shown), WidthOf(shown));
    }
  }
};

}  // namespace

bool IsWide(const Report& report) { return report.columns.size() > kWideColumns; }

std::string_view ClassOf(const Column& column, const Cell& cell) {
  if (IsFigure(column.type) || IsFigure(cell)) return "number";
  if (std::holds_alternative<Term>(cell)) return "word";
  if (std::holds_alternative<Date>(cell)) return "date";
  if (std::holds_alternative<Time>(cell)) return "time";
  const std::string* text = std::get_if<std::string>(&cell);
  if (text == nullptr) return "";
  if (DisplayWidth(*text) > kProseWidth) return "prose";
  return IsNumber(*text) ? "word" : "";
}

std::optional<std::vector<size_t>> ColumnWidths(const Report& report, const std::vector<std::string>& head,
                                                const std::vector<Row>& totals, const Sheet& sheet) {
  if (report.rows.size() <= kLongRows) return std::nullopt;
  std::vector<Range> ranges(report.columns.size());
  for (size_t i = 0; i < ranges.size(); ++i) {
    ranges[i].Hold(WidthOf(head[i]), WidthOf(head[i]));
    for (const std::vector<Row>* rows : {&report.rows, &totals}) {
      for (const Row& row : *rows) ranges[i].Hold(ClassOf(report.columns[i], row[i]), ShownCell(row[i], report));
    }
  }
  size_t least = 0, most = 0;  // of all
  for (const Range& range : ranges) {
    least += range.least;
    most += range.most;
  }
  const size_t room = sheet.width * 100 / (IsWide(report) ? sheet.small_letters : sheet.letters);
  if (least > room) return std::nullopt;
  std::vector<size_t> widths;
  widths.reserve(ranges.size());
  for (const Range& range : ranges) {
    const size_t wished = range.most - range.least;
    widths.push_back(most <= room ? range.most : range.least + wished * (room - least) / (most - least));
  }
  return widths;
}

}  // namespace duebook
