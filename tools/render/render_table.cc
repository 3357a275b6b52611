// The table for people.
//
// Written by hand because the table libraries that Debian packages count characters, not the columns that East Asian
// characters take on a terminal.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/check.h"
#include "ledger/text.h"
#include "tools/render/render.h"

namespace duebook {

namespace {

using TextRow = std::vector<std::string>;

std::string Shown(const Cell& cell) {
  std::string text = CellText(cell, "; ");
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

TextRow Shown(const Row& row) {
  TextRow texts;
  for (const Cell& cell : row) texts.push_back(Shown(cell));
  return texts;
}

bool IsFigure(const Cell& cell) { return std::holds_alternative<Money>(cell) || std::holds_alternative<int64_t>(cell); }

class Table {
 public:
  explicit Table(const Report& report) : header_(report.columns.size()) {
    for (size_t i = 0; i < header_.size(); i++) header_[i] = report.columns[i].name;
    widths_.resize(header_.size());
    right_.resize(header_.size());
    Measure(header_);
    for (const Row& row : report.rows) rows_.push_back(Add(row, Shown(row)));
    for (const Row& row : report.totals) {
      TextRow texts = Shown(row);
      if (texts.front().empty()) texts.front() = "total";
      totals_.push_back(Add(row, std::move(texts)));
    }
    for (size_t i = 0; i < right_.size(); i++) {
      right_[i] = right_[i] || report.columns[i].align == Column::Align::kRight;
    }
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

std::string Title(const Report& report, const LedgerIdentity& ledger) {
  std::string title = fmt::format("{}: {} {}", ledger.company, report.name, CutText(report.cut));
  if (report.before.has_value()) title += fmt::format("; before: {}", CutText(*report.before));
  return title + "\n\n";
}

}  // namespace

std::string RenderTable(const Report& report, const LedgerIdentity& ledger) {
  std::string text = Title(report, ledger);
  if (report.rows.empty()) {
    text += "nothing to show\n";
  } else {
    Table(report).Append(&text);
  }
  if (report.figures.empty()) return text;
  text += '\n';
  size_t width = 0;
  for (const auto& [name, cell] : report.figures) width = std::max(width, DisplayWidth(name));
  for (const auto& [name, cell] : report.figures) {
    text += name + std::string(width - DisplayWidth(name), ' ') + "  " + Shown(cell) + '\n';
  }
  return text;
}

}  // namespace duebook
