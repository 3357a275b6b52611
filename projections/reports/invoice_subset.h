// Which of some amounts add up to a sum: the search for the only set of invoices that a payment can mean.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "ledger/values/money.h"

namespace duebook {

inline constexpr size_t kMostSearched = 32;

struct SubsetFound {
  int sets = 0;         // how many sets of two or more amounts add up to the sum: 0, 1, or 2 for more than one
  uint32_t chosen = 0;  // of one set: its amounts, as bits by their places
};

// Looks at every set of two or more of the amounts, which are above zero, as the sum is. Two sets differ if one has an
// amount of a place that the other has not. Requires at most kMostSearched amounts. Cost: by the square root of the
// number of sets; a few milliseconds for the most.
SubsetFound FindOnlySubset(std::span<const Sum> amounts, Sum sum);

}  // namespace duebook
