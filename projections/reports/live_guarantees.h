// Which invoices are covered by a guarantee that names them.

#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/fact_spans.h"
#include "projections/history/history.h"

namespace duebook {

class LiveGuarantees {
 public:
  // Those that the cut sees, of a history that has HistoryPart::kFacts. Cost: a pass over the types of facts.
  LiveGuarantees(const History& history, const Cut& cut);

  // Returns whether a guarantee names the invoice, was received by the day, did not expire before it, and is not all
  // released by it.
  bool Cover(uint32_t item, Date day) const;

 private:
  struct Guarantee {
    SpannedAmount received;
    Date expires;
    std::vector<SpannedAmount> released;
  };

  std::vector<Guarantee> guarantees_;
  std::unordered_map<uint32_t, std::vector<size_t>> of_items_;
};

}  // namespace duebook
