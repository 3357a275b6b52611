#include "projections/reports/curve_apart.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace duebook {

InvoicesApart::InvoicesApart(const History& history, const CurveCuts& cuts, AgingBasis basis)
    : history_(history),
      cuts_(cuts),
      basis_(basis),
      new_schedules_(history, basis == AgingBasis::kDue ? cuts.last().known : 0) {
  const uint64_t known = cuts.last().known;
  for (size_t row = 0; row < RowsKnown(history.disputes.seq, known); ++row) {
    items_.push_back(history.disputes.item[row]);
  }
  if (basis != AgingBasis::kInvoice) {  // by which all parts are of one age
    const ColumnView<uint32_t>& of_items = history.instalments.item;
    const size_t rows = RowsBelow(of_items, static_cast<uint32_t>(RowsKnown(history.items.seq, known)));
    for (size_t row = 0; row < rows; ++row) items_.push_back(of_items[row]);
  }
  for (const NewSchedules::OfItem& of_item : new_schedules_.items()) items_.push_back(of_item.item);
  std::sort(items_.begin(), items_.end());
  items_.erase(std::unique(items_.begin(), items_.end()), items_.end());
}

// One invoice, from step to step.
class InvoicesApart::Walk {
 public:
  Walk(const InvoicesApart& of, uint32_t item, const std::function<void(const CurveStep&)>& visit)
      : of_(of),
        item_(item),
        of_item_(of.new_schedules_.Find(item)),
        is_one_part_(of.basis_ == AgingBasis::kInvoice || (of_item_ == nullptr && !HasInstalments())),
        visit_(visit) {}

  // Takes all changes that the step is the first to see.
  void GoTo(size_t step, std::span<const Change> changes) {
    const Sum open_before = open_;
    for (const Change& change : changes) {
      open_ += change.balance;
      debited_ += change.debited;
      named_ += change.disputed;
    }
    if (is_one_part_) {
      if (open_ != open_before) visit_({step, DayOfOnePart(), open_ - open_before});
    } else {
      for (const auto& [due, open] : parts_) visit_({step, due, -open});
      SetParts(of_.cuts_[step]);
      for (const auto& [due, open] : parts_) visit_({step, due, open});
    }
    const Sum disputed = std::min(open_, named_);
    if (disputed != disputed_) visit_({step, Date(), 0, disputed - std::exchange(disputed_, disputed)});
  }

 private:
  bool HasInstalments() const {
    const ColumnView<uint32_t>& of_items = of_.history_.instalments.item;
    const size_t row = RowsBelow(of_items, item_);
    return row < of_items.size() && of_items[row] == item_;
  }
  Date DayOfOnePart() const {
    const History::Items& items = of_.history_.items;
    return of_.basis_ == AgingBasis::kInvoice ? items.date[item_] : items.due[item_];
  }
  void SetParts(const Cut& cut) {
    parts_.clear();
    if (open_ == 0) return;
    const History::Items& items = of_.history_.items;
    NewSchedules::InForce in_force;
    if (of_item_ != nullptr) {
      in_force = NewSchedules::Of(*of_item_, [&](Date date, uint64_t seq) { return cut.Sees(date, seq); });
    }
    const OpenPart whole{item_, items.due[item_], items.amount[item_], open_, 0};
    for (const OpenPart& part : OpenPartsOf(of_.history_, whole, debited_, in_force)) {
      parts_.emplace_back(part.due, part.open);
    }
  }

  const InvoicesApart& of_;
  const uint32_t item_;
  const NewSchedules::OfItem* const of_item_;  // null if it never had a new schedule
  const bool is_one_part_;                     // in every state
  const std::function<void(const CurveStep&)>& visit_;
  Sum open_ = 0, debited_ = 0;
  Sum named_ = 0;                            // by open disputes
  Sum disputed_ = 0;                         // of what is open
  std::vector<std::pair<Date, Sum>> parts_;  // if there may be several
};

InvoicesApart::ChangesByInvoice InvoicesApart::Changes(const CurveColumns& columns,
                                                       const std::vector<MovementApart>& movements) const {
  std::vector<OtherChange> others;
  const Cut& last = cuts_.last();
  ForEachOtherChange(history_, last.known, new_schedules_, [&](const ItemChange& change) {
    const uint32_t column = columns[change.item];
    if (!columns.IsApart(column) || !last.Sees(change.date, change.seq)) return;
    const auto step = static_cast<uint32_t>(cuts_.FirstToSee(change.date, change.seq));
    others.push_back({columns.PlaceApart(column), step, change.disputed});
  });
  // Put in order by counting, as sorting all of them takes longer than all else here.
  ChangesByInvoice by_invoice{std::vector<size_t>(items_.size() + 1), {}};
  std::vector<size_t>& ends = by_invoice.ends;
  for (const MovementApart& movement : movements) ++ends[movement.place + 1];
  for (const OtherChange& other : others) ++ends[other.place + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  by_invoice.changes.resize(ends.back());
  std::vector<size_t> next(ends.begin(), ends.end() - 1);
  for (const MovementApart& movement : movements) {
    const ItemChange change = ChangeByMovement(history_, movement.row);
    by_invoice.changes[next[movement.place]++] = {movement.step, change.balance, change.debited, 0};
  }
  for (const OtherChange& other : others) by_invoice.changes[next[other.place]++] = {other.step, 0, 0, other.disputed};
  return by_invoice;
}

void InvoicesApart::ForEachStep(const CurveColumns& columns, const std::vector<MovementApart>& movements,
                                const std::function<void(const CurveStep&)>& visit) const {
  ChangesByInvoice by_invoice = Changes(columns, movements);
  for (size_t place = 0; place < items_.size(); ++place) {
    const std::span<Change> changes(by_invoice.changes.data() + by_invoice.ends[place],
                                    by_invoice.changes.data() + by_invoice.ends[place + 1]);
    std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.step < b.step; });
    Walk walk(*this, items_[place], visit);
    for (size_t begin = 0, end = 0; begin < changes.size(); begin = end) {
      while (end < changes.size() && changes[end].step == changes[begin].step) ++end;
      walk.GoTo(changes[begin].step, changes.subspan(begin, end - begin));
    }
  }
}

}  // namespace duebook
