// Totals and subtotals of a report, worked out from its rows: what they hold in money, added up by currency or by what
// they are grouped by. Every report has them from here.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projections/shared/report.h"

namespace duebook {

// Adds cells for `sums`, as money of one currency, behind the cells that `row` has.
void AppendMoney(const std::vector<Sum>& sums, Currency currency, Row* row);

// Adds a row of totals for each currency, in order of its code: the code in the column `currency`, and the sum of every
// column of money. Other cells are empty. The report has to have that column. Where rows of one currency are not to be
// added together, `apart` is the column that says which, of words in whose order its totals stand.
void AddTotals(Report* report, std::string_view apart = {});

// Adds the sums of the column `amount` by currency and state to the front of the figures ("CNY kept"). The report has
// to have the columns `currency`, `state` and `amount`.
void AddSumsByState(Report* report);

// Replaces the rows by one for each group of those that have the same in all of the `headings`, columns of texts and
// words among which is `currency`; in order of these. A row has the headings, how many rows it stands for, in a column
// `count` unless that is "", the sums of the report's columns of money, and what its first row has in the columns
// `behind`.
void GroupRows(const std::vector<std::string>& headings, const std::string& count,
               const std::vector<std::string>& behind, Report* report);

// Returns the place of a column that the report has to have.
size_t ColumnIndex(const Report& report, std::string_view name);

}  // namespace duebook
