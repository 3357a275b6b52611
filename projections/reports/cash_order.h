// In which order a payment pays what it does not pay as a whole.

#pragma once

#include <vector>

#include "projections/reports/cash_matcher.h"

namespace duebook {

// The places of claims, by the first day on which something of what is open falls due, then by the invoice's date, then
// by its number.
std::vector<size_t> InDueOrder(const std::vector<Claim>& claims, std::vector<size_t> places);

// Distributes the amount over the claims of these places, each of which it pays before the next.
std::vector<CashShare> PayInOrder(const std::vector<Claim>& claims, const std::vector<size_t>& places, Minor amount);

// Distributes the amount by article 560, over each part of a claim by its own day: over what is due on the day of its
// application first, then over what no guarantee covers, then what bears more interest a year, then what fell due
// earlier; over what is equal in all of that by the amounts that are open, in running sums rounded half to even. A
// claim has one share, in the order in which something of each is paid first.
std::vector<CashShare> PayByArticle560(const std::vector<Claim>& claims, Minor amount);

}  // namespace duebook
