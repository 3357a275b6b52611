// Totals and subtotals of a report, worked out from its rows: what they hold in money, added up by currency or by what
// they are grouped by. Every report has them from here.

#pragma once

#include <string>
#include <vector>

#include "projections/shared/report.h"

namespace duebook {

// Adds cells for `sums`, as money of one currency, behind the cells that `row` has.
void AppendMoney(const std::vector<Sum>& sums, Currency currency, Row* row);

// Adds a row of totals for each currency, in order of its code: the code in the column `currency`, and the sum of every
// column of money. Other cells are empty. The report has to have that column.
void AddTotals(Report* report);

// Replaces the rows by one for each heading, in order of the headings: the heading, the number of rows under it, and
// the sums of the report's columns of money. `headings` has one for each row, with a cell for each of `columns`, among
// which is `currency`. All rows under one heading are of one currency. Then adds the totals.
void SumRows(const std::vector<Column>& columns, const std::vector<Row>& headings, const std::string& count,
             Report* report);

// Returns the place of a column that the report has to have.
size_t ColumnIndex(const Report& report, const std::string& name);

}  // namespace duebook
