// The table for people.
//
// Written by hand because the table libraries that Debian packages count characters, not the columns that East Asian
// characters take on a terminal.

#include <algorithm>

#include "ledger/values/check.h"
#include "ledger/values/text.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/render/shown_totals.h"
#include "tools/render/vocabulary.h"

namespace duebook {

namespace {

using TextRow = std::vector<std::string>;

TextRow Shown(const Row& row, const Report& report) {
  TextRow texts;
  for (const Cell& cell : row) texts.push_back(ShownCell(cell, report));
  return texts;
}

class Table {
 public:
  explicit Table(const Report& report) : header_(report.columns.size()) {
    for (size_t i = 0; i < header_.size(); i++) {
      header_[i] = Word(report.columns[i].name, report.language);
      right_.push_back(IsFigure(report.columns[i].type));
    }
    widths_.resize(header_.size());
    Measure(header_);
    for (const Row& row : report.rows) rows_.push_back(Add(row, Shown(row, report)));
    for (const Row& row : ShownTotals(report)) totals_.push_back(Add(row, Shown(row, report)));
  }

  void Append(std::string* text) const {
    AppendRow(header_, text);
    AppendRule(text);
    for (const TextRow& row : rows_) AppendRow(row, text);
    if (totals_.empty()) return;
    AppendRule(text);
    for (const TextRow& row : totals_) AppendRow(row, text);
  }

 private:
  TextRow Add(const Row& row, TextRow texts) {
    CHECK(row.size() == header_.size());
    for (size_t i = 0; i < row.size(); i++) right_[i] = right_[i] || IsFigure(row[i]);
    Measure(texts);
    return texts;
  }

  void Measure(const TextRow& row) {
    for (size_t i = 0; i < row.size(); i++) widths_[i] = std::max(widths_[i], DisplayWidth(row[i]));
  }

  void AppendRow(const TextRow& row, std::string* text) const {
    std::string line;
    for (size_t i = 0; i < row.size(); i++) {
      const std::string padding(widths_[i] - DisplayWidth(row[i]), ' ');
      if (i > 0) line += "  ";
      line += right_[i] ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    *text += line + '\n';
  }
  void AppendRule(std::string* text) const {
    for (size_t i = 0; i < widths_.size(); i++) {
      if (i > 0) *text += "  ";
      text->append(widths_[i], '-');
    }
    *text += '\n';
  }

  TextRow header_;
  std::vector<TextRow> rows_;
  std::vector<TextRow> totals_;
  std::vector<size_t> widths_;
  std::vector<bool> right_;
};

}  // namespace

std::string RenderRows(const Report& report) {
  std::string text;
  Table(report).Append(&text);
  return text;
}

std::string RenderPairs(const std::vector<std::pair<std::string, Cell>>& pairs, const Report& report) {
  std::string text;
  size_t width = 0;
  for (const auto& [name, cell] : pairs) width = std::max(width, DisplayWidth(Word(name, report.language)));
  for (const auto& [name, cell] : pairs) {
    const std::string word = Word(name, report.language);
    std::string line = word + std::string(width - DisplayWidth(word), ' ') + "  " + ShownCell(cell, report);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

std::string RenderTable(const Report& report, const LedgerIdentity& ledger) {
  std::string text = ShownText(ledger.company) + ": " + ReportTitle(report) + "\n\n";
  if (!report.particulars.empty()) {
    text += RenderPairs(report.particulars, report);
    text += '\n';
  }
  if (report.rows.empty()) {
    text += Word("nothing to show", report.language) + '\n';
  } else {
    Table(report).Append(&text);
  }
  if (report.figures.empty()) return text;
  return text + '\n' + RenderPairs(report.figures, report);
}

}  // namespace duebook
