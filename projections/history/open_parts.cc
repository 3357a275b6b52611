#include "projections/history/open_parts.h"

#include <algorithm>
#include <map>
#include <utility>

namespace duebook {
namespace {

// The rows [begin, end) of an item's instalments, which are grouped by item.
struct InstalmentRows {
  size_t begin = 0, end = 0;
};

// Returns what is open of each instalment, from the last one, with which debit notes fall due, back to the first.
std::vector<OpenPart> SplitByInstalments(const History::Instalments& instalments, InstalmentRows rows,
                                         const OpenPart& whole, Sum debited) {
  std::vector<OpenPart> parts;
  Sum left = whole.open;
  for (size_t i = rows.end; i-- > rows.begin && left > 0;) {
    const Sum most = instalments.amount[i] + (i + 1 == rows.end ? debited : Sum{0});
    const Sum open = std::min(left, most);
    left -= open;
    if (open > 0) parts.push_back({whole.item, instalments.due[i], instalments.amount[i], open, 0});
  }
  std::reverse(parts.begin(), parts.end());
  // More is open than fell due only in columns that were forged.
  if (left > 0 && !parts.empty()) parts.back().open += left;
  Sum disputed = whole.disputed;
  for (OpenPart& part : parts) {
    part.disputed = std::min(disputed, part.open);
    disputed -= part.disputed;
  }
  return parts;
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

OpenParts::OpenParts(const History& history, const Cut& cut, const ItemBalances& balances)
    : history_(history),
      balances_(balances),
      items_(static_cast<uint32_t>(RowsKnown(history.items.seq, cut.known))),
      disputed_(DisputedAmounts(history, cut, balances)),
      debited_(DebitedAmounts(history, cut)) {}

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
    : history_(parts.history_),
      disputed_(parts.disputed_, first),
      debited_(parts.debited_, first),
      next_instalment_(RowsBelow(parts.history_.instalments.item, first)) {}

std::vector<OpenPart> OpenParts::Walk::SplitByInstalments(const OpenPart& whole) {
  const History::Instalments& instalments = history_.instalments;
  InstalmentRows rows{next_instalment_, next_instalment_};
  while (rows.end < instalments.item.size() && instalments.item[rows.end] == whole.item) ++rows.end;
  return duebook::SplitByInstalments(instalments, rows, whole, debited_.Of(whole.item));
}

std::vector<OpenPart> OpenPartsOf(const History& history, const OpenPart& whole, Sum debited) {
  const InstalmentRows rows{RowsBelow(history.instalments.item, whole.item),
                            RowsBelow(history.instalments.item, whole.item + 1)};
  if (rows.begin == rows.end) return {whole};
  return SplitByInstalments(history.instalments, rows, whole, debited);
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
  return day - (basis == AgingBasis::kDue ? part.due : history.items.date[part.item]);
}

}  // namespace duebook
