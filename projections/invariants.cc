#include "projections/invariants.h"

#include <fmt/core.h>

#include <map>
#include <string>
#include <vector>

#include "projections/item_balances.h"

namespace duebook {

namespace {

using Fault = EventLog::Fault;

constexpr int kSampledCuts = 16;

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

// What the movements that the cut sees make of the items.
struct ItemSums {
  std::vector<Sum> left;            // open or unapplied
  std::vector<Sum> most;            // that may be left
  std::map<Currency, Sum> applied;  // to invoices less from payments and credit notes: 0
};

void AddMovement(const History& history, size_t row, ItemSums* sums) {
  const uint32_t item = history.movements.item[row];
  const Minor amount = history.movements.amount[row];
  const MovementKind kind = history.movements.kind[row];
  sums->left[item] += amount;
  if (kind == MovementKind::kIssued || kind == MovementKind::kDebited) sums->most[item] += amount;
  if (kind != MovementKind::kApplied) return;
  sums->applied[history.items.currency[item]] += BalanceSign(history.items.kind[item]) * amount;
}

}  // namespace

std::optional<Fault> CheckInvariants(const History& history, const Cut& cut) {
  const auto& movements = history.movements;
  const size_t items = history.items.seq.size();
  ItemSums sums{std::vector<Sum>(items), std::vector<Sum>(items), {}};
  for (size_t row = 0; row < movements.seq.size(); row++) {
    if (!cut.Sees(movements.date[row], movements.seq[row])) continue;
    const uint32_t item = movements.item[row];
    if (!cut.Sees(history.items.date[item], history.items.seq[item])) {
      return FaultOf(history, item, cut, fmt::format("is moved by event {} before it is there", movements.seq[row]));
    }
    AddMovement(history, row, &sums);
  }
  for (uint32_t item = 0; item < items; item++) {
    if (sums.left[item] < 0) return FaultOf(history, item, cut, "is overdrawn");
    if (sums.left[item] > sums.most[item]) return FaultOf(history, item, cut, "has more left than it was issued for");
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

Result<std::optional<Fault>> VerifyInvariants(const EventLog& log,
                                              const std::function<void(uint64_t, uint64_t)>& progress) {
  const LogState state = log.state();
  if (state.last_seq == 0) return std::optional<Fault>();
  const auto history = History::Load(log);
  RETURN_IF_ERROR(history);
  const int days = state.last_date - state.first_date;
  for (int sample = 1; sample <= kSampledCuts; sample++) {
    // Knowledge grows from one to the next, while dates jump; the last is the present state.
    const int part = sample * 5 % kSampledCuts;
    const Cut cut{Date::FromDays(state.last_date.days() - days / kSampledCuts * part),
                  state.last_seq / kSampledCuts * static_cast<uint64_t>(sample) + state.last_seq % kSampledCuts};
    if (auto fault = CheckInvariants(**history, cut)) return fault;
    if (progress) progress(static_cast<uint64_t>(sample), kSampledCuts);
  }
  return std::optional<Fault>();
}

}  // namespace duebook
