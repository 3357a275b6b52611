#include "ledger/events/event_kind.h"

#include <array>

#include "ledger/values/check.h"

namespace duebook {

namespace {

constexpr size_t kNumbers = 256;  // that the type of an event can have

std::array<const EventKind*, kNumbers> KindsByNumber() {
  std::array<const EventKind*, kNumbers> kinds{};
#define DUEBOOK_SET_KIND(Type) kinds[static_cast<size_t>(EventType::Type)] = &k##Type;
  DUEBOOK_FOR_EACH_EVENT_TYPE(DUEBOOK_SET_KIND)
#undef DUEBOOK_SET_KIND
  return kinds;
}

}  // namespace

const EventKind& KindOf(EventType type) {
  static const std::array<const EventKind*, kNumbers> kinds = KindsByNumber();
  const EventKind* const kind = kinds[static_cast<size_t>(type)];
  CHECK(kind != nullptr);
  return *kind;
}

}  // namespace duebook
