#include "projections/history/open_parts.h"

#include <algorithm>

#include "projections/history/item_balances.h"

namespace duebook {
namespace {

// The rows [begin, end) of an item's instalments, which are grouped by item.
struct InstalmentRows {
  size_t begin = 0, end = 0;
};

// Walks through the instalments along with the items.
InstalmentRows NextInstalments(const History::Instalments& instalments, size_t begin, uint32_t item) {
  while (begin < instalments.item.size() && instalments.item[begin] < item) ++begin;
  size_t end = begin;
  while (end < instalments.item.size() && instalments.item[end] == item) ++end;
  return {begin, end};
}

// What is open of each instalment, from the last one, with which debit notes fall due, back to the first.
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

// Debit notes on each item at the cut. Asked for only if there are instalments.
std::vector<Sum> DebitedAmounts(const History& history, const Cut& cut) {
  const History::Movements& movements = history.movements;
  std::vector<Sum> debited(history.items.seq.size());
  const size_t rows = RowsKnown(movements.seq, cut.known);
  for (size_t i = 0; i < rows; ++i) {
    if (movements.kind[i] == MovementKind::kDebited && movements.date[i] <= cut.effective) {
      debited[movements.item[i]] += movements.amount[i];
    }
  }
  return debited;
}

}  // namespace

void ForEachOpenPart(const History& history, const Cut& cut, const std::vector<Sum>& balances,
                     const std::function<void(const OpenPart&)>& visit) {
  const std::vector<Sum> disputed = DisputedAmounts(history, cut, balances);
  const History::Instalments& instalments = history.instalments;
  const std::vector<Sum> debited = instalments.item.empty() ? std::vector<Sum>() : DebitedAmounts(history, cut);
  InstalmentRows rows;
  const auto items = static_cast<uint32_t>(RowsKnown(history.items.seq, cut.known));
  for (uint32_t item = 0; item < items; ++item) {
    if (balances[item] == 0 || history.items.kind[item] != ItemKind::kInvoice) continue;
    const OpenPart whole{item, history.items.due[item], history.items.amount[item], balances[item],
                         disputed.empty() ? Sum{0} : disputed[item]};
    rows = NextInstalments(instalments, rows.end, item);
    if (rows.begin == rows.end) {
      visit(whole);
      continue;
    }
    for (const OpenPart& part : SplitByInstalments(instalments, rows, whole, debited[item])) visit(part);
  }
}

std::vector<OpenPart> OpenPartsOf(const History& history, const OpenPart& whole, Sum debited) {
  const Values<uint32_t>& of_item = history.instalments.item;
  const auto [begin, end] = std::equal_range(of_item.begin(), of_item.end(), whole.item);
  if (begin == end) return {whole};
  const InstalmentRows rows{static_cast<size_t>(begin - of_item.begin()), static_cast<size_t>(end - of_item.begin())};
  return SplitByInstalments(history.instalments, rows, whole, debited);
}

Result<AgingBasis> ParseAgingBasis(const std::string& name) {
  if (name == "due") return AgingBasis::kDue;
  if (name == "invoice") return AgingBasis::kInvoice;
  return Error{ErrorCode::kInvalidArgument, "there is no aging by " + name, "the basis is due or invoice"};
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
  if (age <= 0) return 0;
  return static_cast<size_t>(std::lower_bound(last_days_.begin(), last_days_.end(), age) - last_days_.begin()) + 1;
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
