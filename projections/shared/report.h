// A report: typed columns and rows, as a projection gives them. Renderers (tools/render/) know reports, not
// projections, so each new report gets every output format, and each new format gets every report.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"
#include "projections/shared/language.h"

namespace duebook {

struct Money {
  Sum amount = 0;
  Currency currency;
  friend bool operator==(const Money&, const Money&) = default;
};

// A word of the reports' own, such as a state or an event type: the same for programs in every language, and for people
// in theirs.
struct Term {
  std::string name;
  // What it is said of, if its name means something else elsewhere: "dispute" of its state "open". For people only.
  std::string_view of = {};
  int64_t place = 0;  // among other words of its column, which stand by their names where this is the same
  friend bool operator==(const Term&, const Term&) = default;
};

// One value of a row. std::monostate: nothing to show (an empty cell; null in JSON). A list is joined by "; " in tables
// and by ";" in CSV and JSON.
using Cell = std::variant<std::monostate, std::string, Term, Money, Date, Time, int64_t, std::vector<std::string>,
                          std::vector<Term>>;
using Row = std::vector<Cell>;  // as many cells as the report has columns

// What the cells of a column hold, save those that are empty.
enum class ColumnType : uint8_t {
  kText,     // texts, and lists of them
  kWord,     // words of the report's own (Term), and lists of them; none is more than another
  kNumber,   // a count, of days or of rows
  kMoney,    // what was moved, or agreed
  kBalance,  // money, too: what is left at the cut
  kDate,
  kTime,
};
constexpr bool IsMoney(ColumnType type) { return type == ColumnType::kMoney || type == ColumnType::kBalance; }
constexpr bool IsFigure(ColumnType type) { return type == ColumnType::kNumber || IsMoney(type); }

struct Column {
  std::string name;  // a promise to programs: CSV header and JSON key
  ColumnType type = ColumnType::kText;
};

struct Report {
  std::string name;  // "aging"
  Cut cut;           // `known` resolved to a seq of the log
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<Row> totals;  // one a currency; empty if the report has none
  // Figures beside the table, in order: printed below it, and as members of "figures" in JSON; not in CSV.
  std::vector<std::pair<std::string, Cell>> figures;
  std::vector<Term> states = {};   // in which sums among the figures are, which end with their names: "CNY open"
  std::optional<Cut> before = {};  // of a comparison: the earlier cut; `cut` is the later
  // What it is about, in order: shown above the table, and as members of "particulars" in JSON, if there are any.
  std::vector<std::pair<std::string, Cell>> particulars = {};
  std::optional<Time> recorded_at = {};    // of the last event that the cut knows, if there is one
  Language language = Language::kEnglish;  // of its sentences, and of what people are shown
  bool separates_thousands = true;         // in amounts that people are shown
  size_t further_rows = 0;                 // behind those above, which nobody is shown and which were not made
  bool is_of_ledger = true;                // else its title says neither whose it is nor what was known
};

}  // namespace duebook
