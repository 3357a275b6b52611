// The table for people.
//
// Written by hand because the table libraries that Debian packages count characters, not the columns that East Asian
// characters take on a terminal.

#include <algorithm>
#include <cstdint>

#include "ledger/values/check.h"
#include "ledger/values/in_parallel.h"
#include "ledger/values/text.h"
#include "tools/render/render.h"
#include "tools/render/shown_text.h"
#include "tools/render/shown_totals.h"
#include "tools/render/vocabulary.h"

namespace duebook {

namespace {

// What the cells of some rows say, back to back, row by row.
class ShownRows {
 public:
  struct Place {
    uint32_t bytes = 0;
    uint32_t width = 0;  // columns of a terminal
    bool is_figure = false;
  };

  void Add(std::string_view shown, bool is_figure) {
    texts_ += shown;
    places_.push_back({static_cast<uint32_t>(shown.size()), static_cast<uint32_t>(DisplayWidth(shown)), is_figure});
  }
  void Add(const Row& row, const Report& report) {
    CHECK(row.size() == report.columns.size());
    for (const Cell& cell : row) Add(ShownCell(cell, report), IsFigure(cell));
  }
  std::string_view texts() const { return texts_; }
  const std::vector<Place>& places() const { return places_; }

 private:
  std::string texts_;
  std::vector<Place> places_;
};

constexpr size_t kRowsOfPiece = 1024;  // which one thread shows at a time

class Table {
 public:
  explicit Table(const Report& report) : columns_(report.columns.size()) {
    for (const Column& column : report.columns) {
      header_.Add(Heading(column, report), IsFigure(column.type));
    }
    pieces_.resize((report.rows.size() + kRowsOfPiece - 1) / kRowsOfPiece);
    ForEachPiece([&](size_t piece) {
      const size_t end = std::min(report.rows.size(), (piece + 1) * kRowsOfPiece);
      for (size_t row = piece * kRowsOfPiece; row < end; row++) pieces_[piece].Add(report.rows[row], report);
    });
    for (const Row& row : ShownTotals(report)) totals_.Add(row, report);
    Measure(header_);
    for (const ShownRows& piece : pieces_) Measure(piece);
    Measure(totals_);
  }

  void Append(std::string* text) const {
    AppendRows(header_, text);
    AppendRule(text);
    std::vector<std::string> written(pieces_.size());
    ForEachPiece([&](size_t piece) { AppendRows(pieces_[piece], &written[piece]); });
    for (const std::string& piece : written) *text += piece;
    if (totals_.places().empty()) return;
    AppendRule(text);
    AppendRows(totals_, text);
  }

 private:
  struct ColumnLayout {
    size_t width = 0;
    bool right = false;  // aligned
  };

  template <class Work>
  void ForEachPiece(Work&& work) const {
    const Status done = InParallel(pieces_.size(), [&](size_t piece) {
      work(piece);
      return Status();
    });
    CHECK(done.ok());
  }

  void Measure(const ShownRows& rows) {
    for (size_t i = 0; i < rows.places().size(); i++) {
      ColumnLayout& column = columns_[i % columns_.size()];
      column.width = std::max<size_t>(column.width, rows.places()[i].width);
      column.right = column.right || rows.places()[i].is_figure;
    }
  }

  void AppendRows(const ShownRows& rows, std::string* text) const {
    std::string_view left = rows.texts();
    for (size_t i = 0; i < rows.places().size(); i++) {
      const size_t column = i % columns_.size();
      const auto [width, right] = columns_[column];
      const ShownRows::Place& place = rows.places()[i];
      if (column > 0) *text += "  ";
      if (right) text->append(width - place.width, ' ');
      *text += left.substr(0, place.bytes);
      left.remove_prefix(place.bytes);
      if (!right) text->append(width - place.width, ' ');
      if (column + 1 == columns_.size()) EndLine(text);
    }
  }
  static void EndLine(std::string* text) {
    text->erase(text->find_last_not_of(' ') + 1);
    *text += '\n';
  }
  void AppendRule(std::string* text) const {
    for (size_t i = 0; i < columns_.size(); i++) {
      if (i > 0) *text += "  ";
      text->append(columns_[i].width, '-');
    }
    *text += '\n';
  }

  std::vector<ColumnLayout> columns_;
  ShownRows header_;
  std::vector<ShownRows> pieces_;  // of the report's rows
  ShownRows totals_;
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
  for (const auto& [name, cell] : pairs) width = std::max(width, DisplayWidth(FigureName(name, report)));
  for (const auto& [name, cell] : pairs) {
    const std::string word = FigureName(name, report);
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
