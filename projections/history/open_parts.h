// Open parts: what is open of each invoice at a cut, by due date, with its age. The common ground of aging, open items
// and explain.
//
// An invoice is one part, or one for each part of the schedule that is in force on the day: the one that it was issued
// with, or a new one (new_schedules.h). What is paid is paid from the first part on, so the last ones are the last to
// be open (ledger/values/filling.h). Debit notes that are not in the schedule fall due with its last part.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/history/item_balances.h"
#include "projections/history/new_schedules.h"

namespace duebook {

struct OpenPart {
  uint32_t item;
  Date due;
  Minor amount;             // as invoiced or rescheduled: of the invoice or of its instalment
  Sum open;                 // > 0
  Sum disputed;             // of which; of an invoice with instalments, the oldest parts are disputed first
  Date original_due = due;  // when the first of the same money fell due as the invoice was issued
  std::optional<Date> rescheduled = {};  // from which day on another schedule than that is in force
};

// From which day an item ages: as it is due by the schedule of the day, as it was due when it was issued, or from the
// invoice's own date.
enum class AgingBasis { kDue, kOriginal, kInvoice };

// The open parts of all invoices at a cut. Any number of threads ask it.
class OpenParts {
 public:
  class Walk;

  // `balances` are the items' at the cut. Both must outlive it. Of kOriginal the parts are those that invoices were
  // issued with, else those of the schedules in force. The history has HistoryPart::kFacts.
  OpenParts(const History& history, const Cut& cut, const ItemBalances& balances, AgingBasis basis = AgingBasis::kDue);

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
  const AgingBasis basis_;
  const NewSchedules new_schedules_;
  // Of the items of new_schedules_, in their order, what is in force at the cut.
  std::vector<NewSchedules::InForce> in_force_;
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
    const NewSchedules::InForce in_force = NewScheduleOf(item);
    if (in_force.schedule != nullptr) {
      for (const OpenPart& part : SplitByNewSchedule(whole, in_force)) visit(part);
    } else if (!HasInstalments(item)) {
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
  NewSchedules::InForce NewScheduleOf(uint32_t item) {
    const std::vector<NewSchedules::OfItem>& of_items = parts_.new_schedules_.items();
    while (next_schedule_ < of_items.size() && of_items[next_schedule_].item < item) ++next_schedule_;
    const bool is_here = next_schedule_ < of_items.size() && of_items[next_schedule_].item == item;
    return is_here ? parts_.in_force_[next_schedule_] : NewSchedules::InForce();
  }
  std::vector<OpenPart> SplitByInstalments(const OpenPart& whole);
  // Says of each part when it was due as it was issued, too, and that there is another schedule.
  std::vector<OpenPart> SplitByNewSchedule(const OpenPart& whole, const NewSchedules::InForce& in_force);

  const OpenParts& parts_;
  const History& history_;
  SumsInOrder disputed_;
  SumsInOrder debited_;
  size_t next_instalment_;
  size_t next_schedule_;
};

// The same of one invoice, in any state: `whole` with what is open and disputed of all of it, and what debit notes add
// to it. By the new schedule if there is one, else as it was issued. Requires whole.open between 0 and its amount with
// the debit notes.
std::vector<OpenPart> OpenPartsOf(const History& history, const OpenPart& whole, Sum debited,
                                  const NewSchedules::InForce& in_force = {});
// The same by the schedule that is in force on a day, with nothing disputed.
std::vector<OpenPart> OpenPartsOn(const History& history, const NewSchedules& new_schedules, uint32_t item, Date day,
                                  Sum open, Sum debited);

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
