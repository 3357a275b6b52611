// Open parts: what is open of each invoice at a cut, by due date, with its age. The common ground of aging, open items
// and explain.
//
// An invoice is one part, or one for each instalment; reductions consume instalments oldest first, so the youngest are
// the last to be open. Debit notes fall due with the invoice, which is its last instalment's due date.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"

namespace duebook {

struct OpenPart {
  uint32_t item;
  Date due;
  Minor amount;  // as invoiced: of the invoice or of its instalment
  Sum open;      // > 0
  Sum disputed;  // of which; of an invoice with instalments, the oldest parts are disputed first
};

// The open parts of all invoices at a cut. Any number of threads ask it.
class OpenParts {
 public:
  // `balances` are the items' at the cut. Both must outlive it.
  OpenParts(const History& history, const Cut& cut, const ItemBalances& balances);

  // The items that the cut knows.
  uint32_t items() const { return items_; }
  // Visits every open part of the invoices among the items [first, last), in order of item, then due date.
  void ForEach(uint32_t first, uint32_t last, const std::function<void(const OpenPart&)>& visit) const;

 private:
  const History& history_;
  const ItemBalances& balances_;
  const uint32_t items_;
  const FewSums disputed_;
  const FewSums debited_;  // of invoices with instalments
};

// The same of one invoice, in any state: `whole` with what is open and disputed of all of it, and what debit notes add
// to it. Requires whole.open between 0 and its amount with the debit notes.
std::vector<OpenPart> OpenPartsOf(const History& history, const OpenPart& whole, Sum debited);

// From which day an item ages.
enum class AgingBasis { kDue, kInvoice };

// The buckets of an aging: "not_due" (age <= 0), then one for each last day given, then one without end. Every age is
// in exactly one; the boundary day belongs to the lower bucket.
class AgingBuckets {
 public:
  // Last days of the buckets in between: at least 1, ascending. kInvalidArgument otherwise.
  static Result<AgingBuckets> Make(std::vector<int> last_days);

  size_t size() const { return last_days_.size() + 2; }
  size_t Find(int64_t age) const;
  std::string Name(size_t bucket) const;  // "not_due", "1-30", "366+"

 private:
  explicit AgingBuckets(std::vector<int> last_days) : last_days_(std::move(last_days)) {}
  std::vector<int> last_days_;
};

// Days from the part's due date or its invoice's date to `day`; not positive: not due.
int64_t AgeOf(const History& history, const OpenPart& part, AgingBasis basis, Date day);

}  // namespace duebook
