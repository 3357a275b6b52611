// Rows of reports against rows of the model.

#pragma once

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/check.h"
#include "projections/history/open_parts.h"
#include "projections/shared/report.h"
#include "tests/model/model.h"

namespace duebook::model {

using Problem = std::optional<std::string>;  // what disagrees; nothing if all is well

inline AgingBasis BasisOf(Basis basis) {
  if (basis == Basis::kOriginal) return AgingBasis::kOriginal;
  return basis == Basis::kInvoice ? AgingBasis::kInvoice : AgingBasis::kDue;
}

// The cells of a row by their columns' names.
class Cells {
 public:
  Cells(const Report& report, const Row& row) {
    CHECK(report.columns.size() == row.size());
    for (size_t i = 0; i < row.size(); i++) cells_.emplace(report.columns[i].name, &row[i]);
  }
  // "" if the cell is empty.
  std::string Text(const char* name) const {
    const Cell& cell = *cells_.at(name);
    if (std::holds_alternative<std::monostate>(cell)) return "";
    const Term* term = std::get_if<Term>(&cell);
    return term != nullptr ? term->name : std::get<std::string>(cell);
  }
  Wide Amount(const std::string& name) const { return static_cast<Wide>(std::get<Money>(*cells_.at(name)).amount); }
  Date Day(const char* name) const { return std::get<Date>(*cells_.at(name)); }
  int64_t Number(const char* name) const { return std::get<int64_t>(*cells_.at(name)); }
  std::vector<std::string> List(const char* name) const {
    const auto* list = std::get_if<std::vector<std::string>>(cells_.at(name));
    return list == nullptr ? std::vector<std::string>() : *list;
  }
  std::set<std::string> Terms(const char* name) const {
    std::set<std::string> names;
    for (const Term& term : std::get<std::vector<Term>>(*cells_.at(name))) names.insert(term.name);
    return names;
  }
  bool Is(const char* name) const { return cells_.contains(name); }
  bool Has(const char* name) const { return !std::holds_alternative<std::monostate>(*cells_.at(name)); }
  Key CustomerAndCurrency() const { return {Text("customer"), Text("currency")}; }

 private:
  std::map<std::string, const Cell*> cells_;
};

inline std::string Show(const Key& key) { return key.first + " " + key.second; }
inline std::string Show(const std::string& key) { return key; }
inline std::string Show(const BalanceRow& row) {
  return fmt::format("invoiced {} debited {} credited {} applied {} written off {} open {} unapplied {} balance {}",
                     row.invoiced, row.debited, row.credited, row.applied, row.written_off, row.open, row.unapplied,
                     row.balance);
}
inline std::string Show(const AgingRow& row) {
  return fmt::format("{} unapplied {} disputed {} balance {}", fmt::join(row.buckets, " "), row.unapplied, row.disputed,
                     row.balance);
}
inline std::string Show(const WriteOffRow& row) {
  return fmt::format("{} by ({}) breaks ({}) remarks ({})", row.state, fmt::join(row.approvals, " "),
                     fmt::join(row.violations, " "), fmt::join(row.remarks, " "));
}
inline std::string Show(const RoleRow& row) {
  return fmt::format("{} {} from {} to {} by {} ({})", row.user, row.role, row.from.ToString(),
                     row.to.has_value() ? row.to->ToString() : "", row.granted_by, fmt::join(row.marks, " "));
}
inline std::string Show(const PromiseRow& row) { return fmt::format("{} {}", row.state, row.received); }
inline std::string Show(const DisputeRow& row) {
  return fmt::format("{} {} of {} open {}, {} upheld, {} credited", row.state, row.kind, row.owner, row.open,
                     row.upheld, row.credited);
}
inline std::string Show(const DifferenceRow& row) {
  return fmt::format("{} {} of {} in the month", row.state, row.amount, row.month_total);
}
inline std::string Show(const ShipmentRow& row) {
  return fmt::format("{} ({}) {} of {}, {} returned", row.state, fmt::join(row.invoices, " "),
                     row.invoiced.has_value() ? row.invoiced->ToString() : "", row.amount, row.returned.value_or(-1));
}
inline std::string Show(const RateRow& row) {
  std::string states;
  for (const auto& [state, count] : row.states) states += fmt::format(" {} {}", count, state);
  return fmt::format("{} promises,{}, {} of {}", row.promises, states, row.received, row.amount);
}
inline std::string Show(const InterestRow& row) {
  const auto day = [](std::optional<Date> date) { return date.has_value() ? date->ToString() : ""; };
  return fmt::format("{} to {}, {} days, {} accrued, {} billed", day(row.from), day(row.through), row.days, row.accrued,
                     row.billed);
}
inline std::string Show(const CreditRow& row) {
  return fmt::format(
      "{} {} {} limit {} balance {} not invoiced {} bills {} guarantees {} exposure {} room {} overdue {} oldest {} "
      "({})",
      row.state, row.grade, row.score, row.limit, row.balance, row.not_invoiced, row.bills, row.guarantees,
      row.exposure, row.room, row.overdue, row.oldest, row.terms);
}
inline std::string Show(const BillRow& row) {
  return fmt::format("{} since {} for {}, {} days, at risk {}", row.state, row.changed.ToString(), row.proceeds,
                     row.days, row.at_risk);
}
inline std::string Show(const PaperRow& row) {
  return fmt::format("lacks {}, signed after {}, invoiced after {}", fmt::join(row.missing, " "),
                     row.days_to_sign.value_or(-9999), row.days_to_invoice.value_or(-9999));
}
inline std::string Show(Wide amount) { return fmt::format("{}", amount); }

// The first row in which they differ.
template <class Key, class Row>
Problem Compare(const char* what, const std::map<Key, Row>& expected, const std::map<Key, Row>& actual) {
  std::map<Key, Row> all = expected;
  all.insert(actual.begin(), actual.end());
  for (const auto& entry : all) {
    const Key& key = entry.first;
    const auto said = [&key](const std::map<Key, Row>& rows) {
      const auto found = rows.find(key);
      return found == rows.end() ? std::string("no row") : Show(found->second);
    };
    if (expected.contains(key) && actual.contains(key) && expected.at(key) == actual.at(key)) continue;
    return fmt::format("{} of {}\n  the model says: {}\n  the report says: {}", what, Show(key), said(expected),
                       said(actual));
  }
  return std::nullopt;
}

}  // namespace duebook::model
