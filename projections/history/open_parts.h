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
  class Walk;

  // `balances` are the items' at the cut. Both must outlive it.
  OpenParts(const History& history, const Cut& cut, const ItemBalances& balances);

  // The items that the cut knows.
  uint32_t items() const { return items_; }
  // Visits every open part of all invoices, in order of item, then due date.
  void ForEach(const std::function<void(const OpenPart&)>& visit) const;

 private:
  const History& history_;
  const ItemBalances& balances_;
  const uint32_t items_;
  const FewSums disputed_;
  const FewSums debited_;  // of invoices with instalments
};

// A walk through items in their order, from one of them on, that tells the open parts of invoices among them.
class OpenParts::Walk {
 public:
  // `parts` must outlive it.
  Walk(const OpenParts& parts, uint32_t first);

  // Visits the parts of an invoice, of which so much is open, in order of due date. Requires open != 0, and that it is
  // behind the invoices that were asked for before.
  template <class Visit>
  void ForEachOf(uint32_t item, Sum open, Visit&& visit) {
    const History::Items& items = history_.items;
    const OpenPart whole{item, items.due[item], items.amount[item], open, disputed_.Of(item)};
    if (!HasInstalments(item)) {
      visit(whole);
    } else {
      for (const OpenPart& part : SplitByInstalments(whole)) visit(part);
    }
  }

 private:
  // Walks through sums along with the items.
  class SumsInOrder {
   public:
    SumsInOrder(const FewSums& sums, uint32_t first);
    Sum Of(uint32_t item) {
      while (next_ != end_ && next_->first < item) ++next_;
      return next_ != end_ && next_->first == item ? next_->second : Sum{0};
    }

   private:
    FewSums::const_iterator next_;
    FewSums::const_iterator end_;
  };

  bool HasInstalments(uint32_t item) {
    const ColumnView<uint32_t>& of_items = history_.instalments.item;
    while (next_instalment_ < of_items.size() && of_items[next_instalment_] < item) ++next_instalment_;
    return next_instalment_ < of_items.size() && of_items[next_instalment_] == item;
  }
  std::vector<OpenPart> SplitByInstalments(const OpenPart& whole);

  const History& history_;
  SumsInOrder disputed_;
  SumsInOrder debited_;
  size_t next_instalment_;
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
