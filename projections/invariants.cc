#include "projections/invariants.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "ledger/values/in_parallel.h"
#include "projections/history/item_balances.h"

namespace duebook {

namespace {

using Fault = EventLog::Fault;

constexpr uint64_t kSampledCuts = 16;

std::string_view KindWord(ItemKind kind) {
  switch (kind) {
    case ItemKind::kInvoice:
      return "invoice";
    case ItemKind::kPayment:
      return "payment";
    case ItemKind::kCreditNote:
      return "credit note";
  }
  return "item";
}

Fault FaultOf(const History& history, uint32_t item, const Cut& cut, std::string_view what) {
  const uint64_t seq = history.items.seq[item];
  return {seq, "",
          fmt::format("event {}: {} {} {} at {}, known up to event {}", seq, KindWord(history.items.kind[item]),
                      history.items.number[item], what, cut.effective.ToString(), cut.known)};
}

// What the movements that the cut sees make of the items that are known.
struct Sums {
  struct Item {
    Sum left;  // open or unapplied
    Sum most;  // that may be left
  };
  std::vector<Item> items;          // those known at the cut
  std::map<Currency, Sum> applied;  // to invoices less from payments and credit notes: 0
};

void AddMovement(const History& history, size_t row, Sums* sums) {
  const uint32_t item = history.movements.item[row];
  const Minor amount = history.movements.amount[row];
  const MovementKind kind = history.movements.kind[row];
  sums->items[item].left += amount;
  if (kind == MovementKind::kIssued || kind == MovementKind::kDebited) sums->items[item].most += amount;
  if (kind != MovementKind::kApplied) return;
  sums->applied[history.items.currency[item]] += BalanceSign(history.items.kind[item]) * amount;
}

// Returns one of kSampledCuts, which are counted from 1. Knowledge grows from one to the next, while dates jump; the
// last is the present state.
Cut SampledCut(const LogState& state, uint64_t sample) {
  const int days = state.last_date - state.first_date;
  const int part = static_cast<int>(sample * 5 % kSampledCuts);
  return {Date::FromDays(state.last_date.days() - days / static_cast<int>(kSampledCuts) * part),
          state.last_seq / kSampledCuts * sample + state.last_seq % kSampledCuts};
}

}  // namespace

std::optional<Fault> CheckInvariants(const History& history, const Cut& cut) {
  const auto& movements = history.movements;
  const auto& items = history.items;
  Sums sums{std::vector<Sums::Item>(RowsKnown(items.seq, cut.known)), {}};
  const size_t known = RowsKnown(movements.seq, cut.known);
  for (size_t row = 0; row < known; row++) {
    if (movements.date[row] > cut.effective) continue;
    const uint32_t item = movements.item[row];
    if (item >= sums.items.size() || items.date[item] > cut.effective) {
      return FaultOf(history, item, cut, fmt::format("is moved by event {} before it is there", movements.seq[row]));
    }
    AddMovement(history, row, &sums);
  }
  for (uint32_t item = 0; item < sums.items.size(); item++) {
    const auto& [left, most] = sums.items[item];
    if (left < 0) return FaultOf(history, item, cut, "is overdrawn");
    if (left > most) return FaultOf(history, item, cut, "has more left than it was issued for");
  }
  for (const auto& [currency, difference] : sums.applied) {
    if (difference == 0) continue;
    return Fault{
        0, "",
        fmt::format("more {} is applied to invoices than is taken from payments and credit notes, or less, at {}, "
                    "known up to event {}",
                    currency.ToString(), cut.effective.ToString(), cut.known)};
  }
  return std::nullopt;
}

Result<std::optional<Fault>> VerifyInvariants(const History& history, const LogState& state) {
  if (state.last_seq == 0) return std::optional<Fault>();
  std::vector<std::optional<Fault>> faults(kSampledCuts);
  RETURN_IF_ERROR(InParallel(kSampledCuts, [&](size_t i) {
    faults[i] = CheckInvariants(history, SampledCut(state, i + 1));
    return Status();
  }));
  const auto first = std::find_if(faults.begin(), faults.end(), [](const auto& fault) { return fault.has_value(); });
  return first == faults.end() ? std::nullopt : *first;
}

}  // namespace duebook
