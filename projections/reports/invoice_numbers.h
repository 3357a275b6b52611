// Which invoices a payer named in the text of a payment.
//
// A number is there if it stands in the text with no letter, digit, `-` or `_` touching it; letters are A to Z, in any
// case, and full-width ASCII is read as ASCII. A number of digits alone needs four of them, since fewer are found in
// any text. Of numbers that share a part of the text the longest is meant, and what it covers is used up.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "ledger/values/numbers_by_hash.h"
#include "projections/history/history.h"

namespace duebook {

class InvoiceNumbers {
 public:
  // Those of the invoices that the cut sees. The history must outlive it, and has HistoryPart::kNumbers. Cost: a pass
  // over the numbers.
  InvoiceNumbers(const History& history, const Cut& cut);

  // Returns the items of the invoices that the text names, ascending, each once. Cost: by the pairs of places in the
  // text, no further apart than the longest number, between which a number may stand.
  std::vector<uint32_t> NamedIn(std::string_view text) const;

 private:
  const History& history_;
  NumbersByHash items_;  // the item and 1, by a hash of its number as it is compared
  size_t longest_ = 0;   // of these numbers
};

// Returns the text as it is compared: full-width ASCII as ASCII, capital letters A to Z as small ones.
std::string ComparedText(std::string_view text);

}  // namespace duebook
