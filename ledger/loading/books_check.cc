#include "ledger/loading/books_check.h"

#include "ledger/event/document_key.h"
#include "ledger/events/general.h"

namespace duebook {

bool BooksCheck::Check(std::span<const EventView> events) {
  FindHashes(events);
  for (size_t i = 0; i < events.size(); i++) {
    books_.PrefetchAhead(i, [this](size_t event) { return HashesOf(event); });
    const EventView event = events[i];
    const Status folded = FoldVerified(books_, event, event.seq());
    if (folded.ok()) continue;
    fault_ = EventLog::Fault{event.seq(), "", folded.error().sentence};
    return false;
  }
  return true;
}

Result<std::optional<EventLog::Fault>> BooksCheck::Finish() {
  books_ = Books();
  return fault_;
}

void BooksCheck::FindHashes(std::span<const EventView> events) {
  hashes_.clear();
  ends_.clear();
  const auto add = [this](DocumentKind kind, std::string_view number) { hashes_.push_back(BooksHash(kind, number)); };
  for (const EventView event : events) {
    if (!event.customer().empty()) hashes_.push_back(BooksHash(kCustomerKey, event.customer()));
    ForEachIntroduced(event, add);
    ForEachNamed(event, add);
    ends_.push_back(hashes_.size());
  }
}

std::span<const uint64_t> BooksCheck::HashesOf(size_t event) const {
  if (event >= ends_.size()) return {};
  const size_t start = event == 0 ? 0 : ends_[event - 1];
  return std::span(hashes_).subspan(start, ends_[event] - start);
}

}  // namespace duebook
