#include "tools/undo/reversals.h"

#include <algorithm>
#include <array>

#include "ledger/values/hash.h"

namespace duebook {

namespace {

struct Pair {
  EventType undone;
  Reversal reversal;
};

constexpr std::array kPairs = {
    Pair{EventType::InvoiceIssued, {EventType::InvoiceVoided, "invoice", "reason"}},
    Pair{EventType::PaymentReceived, {EventType::PaymentReversed, "payment", "reason"}},
    Pair{EventType::PaymentApplied, {EventType::ApplicationReversed, "application", "reason"}},
    Pair{EventType::PromiseMade, {EventType::PromiseWithdrawn, "promise", "reason"}},
    Pair{EventType::DisputeOpened, {EventType::DisputeResolved, "dispute", "outcome"}},
    Pair{EventType::WriteOffRequested, {EventType::WriteOffRejected, "write_off", "reason"}},
    Pair{EventType::WriteOffRequested, {EventType::WriteOffReversed, "write_off", "reason"}},
    Pair{EventType::WriteOffApproved, {EventType::WriteOffReversed, "write_off", "reason"}},
};

// It undoes all that have no reversal of their own name.
constexpr Reversal kOfOthers = {EventType::EventReversed, "event", "reason"};

}  // namespace

std::vector<Reversal> ReversalsOf(const EventTypeInfo& type) {
  std::vector<Reversal> reversals;
  for (const Pair& pair : kPairs) {
    if (pair.undone == type.type) reversals.push_back(pair.reversal);
  }
  if (type.introduces_by_event_id == DocumentKind::kEvent) reversals.push_back(kOfOthers);
  return reversals;
}

bool UndoesOthers(EventType type) {
  // A bill that is dishonoured takes back its payment as a reversal does, though that is not why it is recorded.
  return type == kOfOthers.by || type == EventType::BillDishonoured ||
         std::any_of(kPairs.begin(), kPairs.end(), [type](const Pair& pair) { return pair.reversal.by == type; });
}

uint64_t TargetOf(EventView event, const Reversal& reversal) {
  const FieldInfo* own = event.info().FindField(reversal.names);
  return own != nullptr && own->names != DocumentKind::kNone ? event.Referred(reversal.names) : event.seq();
}

std::string UndoingId(std::string_view id) {
  constexpr std::string_view kBefore = "undo-";
  constexpr size_t kDigits = 16;
  const bool fits = kBefore.size() + id.size() <= kMaxNumberBytes;
  return std::string(kBefore) + (fits ? std::string(id) : ToHex(Sha256(id)).substr(0, kDigits));
}

Result<std::optional<uint64_t>> UndoneBy(const EventLog& log, EventView event) {
  const std::vector<Reversal> reversals = ReversalsOf(event.info());
  if (reversals.empty()) return std::optional<uint64_t>();
  const auto seq = log.FindEventId(UndoingId(event.id()));
  RETURN_IF_ERROR(seq);
  if (!seq->has_value()) return std::optional<uint64_t>();
  const auto stored = log.Get(**seq);
  RETURN_IF_ERROR(stored);
  const EventView undoing = stored->view();
  const bool undid_this = std::any_of(reversals.begin(), reversals.end(), [&](const Reversal& each) {
    return each.by == undoing.type() && undoing.Referred(each.names) == TargetOf(event, each);
  });
  return undid_this ? *seq : std::nullopt;
}

}  // namespace duebook
