#include "projections/history/open_parts.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "ledger/values/filling.h"

namespace duebook {
namespace {

// The rows [begin, end) of an item's instalments, which are grouped by item.
struct InstalmentRows {
  size_t begin = 0, end = 0;
};

// Returns what is open of each part of a schedule. The oldest parts are disputed first.
std::vector<OpenPart> Split(const OpenPart& whole, std::span<const Date> dues, std::span<const Minor> amounts,
                            Sum beside) {
  const std::vector<Sum> filled = FillFromLast(amounts, whole.open, beside);
  std::vector<OpenPart> parts;
  for (size_t i = 0; i < filled.size(); ++i) {
    if (filled[i] > 0) parts.push_back({whole.item, dues[i], amounts[i], filled[i], 0, dues[i], std::nullopt});
  }
  Sum disputed = whole.disputed;
  for (OpenPart& part : parts) {
    part.disputed = std::min(disputed, part.open);
    disputed -= part.disputed;
  }
  return parts;
}

// By the schedule that the invoice was issued with.
std::vector<OpenPart> SplitAsIssued(const History::Instalments& instalments, InstalmentRows rows, const OpenPart& whole,
                                    Sum debited) {
  if (rows.begin == rows.end) return {whole};
  std::vector<Date> dues;
  std::vector<Minor> amounts;
  for (size_t row = rows.begin; row < rows.end; ++row) {
    dues.push_back(instalments.due[row]);
    amounts.push_back(instalments.amount[row]);
  }
  return Split(whole, dues, amounts, debited);
}

InstalmentRows InstalmentsOf(const History& history, uint32_t item) {
  return {RowsBelow(history.instalments.item, item), RowsBelow(history.instalments.item, item + 1)};
}

// Says of each part when it was due by the schedule that the invoice was issued with: both schedules fall due on the
// same money, in order of their days.
void AddOriginalDues(const std::vector<OpenPart>& as_issued, std::vector<OpenPart>& parts) {
  auto original = as_issued.begin();
  Sum before = 0;  // open by the new schedule's parts before
  Sum until = 0;   // open by the original ones up to and with `original`
  for (OpenPart& part : parts) {
    while (original + 1 != as_issued.end() && until + original->open <= before) until += (original++)->open;
    part.original_due = original->due;
    before += part.open;
  }
}

bool HasInstalments(const History::Instalments& instalments, uint32_t item) {
  const size_t row = RowsBelow(instalments.item, item);
  return row < instalments.item.size() && instalments.item[row] == item;
}

// Debit notes at the cut, on each item that has instalments.
FewSums DebitedAmounts(const History& history, const Cut& cut) {
  const History::Movements& movements = history.movements;
  std::map<uint32_t, Sum> debited;
  const size_t rows = history.instalments.item.empty() ? 0 : RowsKnown(movements.seq, cut.known);
  for (size_t i = 0; i < rows; ++i) {
    const bool counts = movements.kind[i] == MovementKind::kDebited && movements.date[i] <= cut.effective;
    const uint32_t item = movements.item[i];
    if (counts && HasInstalments(history.instalments, item)) debited[item] += movements.amount[i];
  }
  return {debited.begin(), debited.end()};
}

}  // namespace

OpenParts::OpenParts(const History& history, const Cut& cut, const ItemBalances& balances, AgingBasis basis)
    : history_(history),
      balances_(balances),
      items_(static_cast<uint32_t>(RowsKnown(history.items.seq, cut.known))),
      disputed_(DisputedAmounts(history, cut, balances)),
      debited_(DebitedAmounts(history, cut)),
      basis_(basis),
      new_schedules_(history, cut.known) {
  for (const NewSchedules::OfItem& of_item : new_schedules_.items()) {
    in_force_.push_back(NewSchedules::Of(of_item, [&](Date date, uint64_t /*seq*/) { return date <= cut.effective; }));
  }
}

void OpenParts::ForEach(const std::function<void(const OpenPart&)>& visit) const {
  Walk walk(*this, 0);
  for (uint32_t item = 0; item < items_; ++item) {
    const Sum open = balances_[item];
    if (open != 0 && history_.items.kind[item] == ItemKind::kInvoice) walk.ForEachOf(item, open, visit);
  }
}

OpenParts::Walk::SumsInOrder::SumsInOrder(const FewSums& sums, uint32_t first)
    : next_(std::lower_bound(sums.begin(), sums.end(), std::pair(first, Sum{INT64_MIN}))), end_(sums.end()) {}

OpenParts::Walk::Walk(const OpenParts& parts, uint32_t first)
    : parts_(parts),
      history_(parts.history_),
      disputed_(parts.disputed_, first),
      debited_(parts.debited_, first),
      next_instalment_(RowsBelow(parts.history_.instalments.item, first)),
      next_schedule_(0) {}

std::vector<OpenPart> OpenParts::Walk::SplitByInstalments(const OpenPart& whole) {
  const History::Instalments& instalments = history_.instalments;
  InstalmentRows rows{next_instalment_, next_instalment_};
  while (rows.end < instalments.item.size() && instalments.item[rows.end] == whole.item) ++rows.end;
  return SplitAsIssued(instalments, rows, whole, debited_.Of(whole.item));
}

std::vector<OpenPart> OpenParts::Walk::SplitByNewSchedule(const OpenPart& whole,
                                                          const NewSchedules::InForce& in_force) {
  const InstalmentRows rows = InstalmentsOf(history_, whole.item);
  const std::vector<OpenPart> as_issued = SplitAsIssued(history_.instalments, rows, whole, debited_.Of(whole.item));
  std::vector<OpenPart> parts =
      parts_.basis_ == AgingBasis::kOriginal ? as_issued : OpenPartsOf(history_, whole, 0, in_force);
  AddOriginalDues(as_issued, parts);
  for (OpenPart& part : parts) part.rescheduled = in_force.schedule->date;
  return parts;
}

std::vector<OpenPart> OpenPartsOf(const History& history, const OpenPart& whole, Sum debited,
                                  const NewSchedules::InForce& in_force) {
  if (in_force.schedule != nullptr)
    return Split(whole, in_force.schedule->dues, in_force.schedule->amounts, in_force.beside);
  return SplitAsIssued(history.instalments, InstalmentsOf(history, whole.item), whole, debited);
}

std::vector<OpenPart> OpenPartsOn(const History& history, const NewSchedules& new_schedules, uint32_t item, Date day,
                                  Sum open, Sum debited) {
  const OpenPart whole{item, history.items.due[item], history.items.amount[item], open, 0};
  const NewSchedules::OfItem* of_item = new_schedules.Find(item);
  if (of_item == nullptr) return OpenPartsOf(history, whole, debited);
  return OpenPartsOf(history, whole, debited,
                     NewSchedules::Of(*of_item, [day](Date date, uint64_t /*seq*/) { return date <= day; }));
}

Result<AgingBuckets> AgingBuckets::Make(std::vector<int> last_days) {
  int previous = 0;
  for (const int day : last_days) {
    if (day <= previous) {
      return Error{ErrorCode::kInvalidArgument,
                   "the buckets do not ascend: " + std::to_string(day) + " after " + std::to_string(previous),
                   "give the last day of each bucket, from 1 up, such as 30,60,90"};
    }
    previous = day;
  }
  return AgingBuckets(std::move(last_days));
}

size_t AgingBuckets::Find(int64_t age) const {
  size_t bucket = age > 0 ? 1 : 0;
  for (const int day : last_days_) bucket += age > day ? 1 : 0;  // no branch, as ages come in no order
  return bucket;
}

std::string AgingBuckets::Name(size_t bucket) const {
  if (bucket == 0) return "not_due";
  const std::string first = std::to_string(bucket == 1 ? 1 : int64_t{last_days_[bucket - 2]} + 1);
  return bucket <= last_days_.size() ? first + "-" + std::to_string(last_days_[bucket - 1]) : first + "+";
}

int64_t AgeOf(const History& history, const OpenPart& part, AgingBasis basis, Date day) {
  return day - (basis == AgingBasis::kInvoice ? history.items.date[part.item] : part.due);
}

}  // namespace duebook
