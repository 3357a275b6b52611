#include "ledger/loading/books_check.h"

#include "ledger/books/look_ahead.h"
#include "ledger/events/general.h"

namespace duebook {

bool BooksCheck::Check(std::span<const EventView> events) {
  LookAhead look_ahead(books_);
  for (size_t i = 0; i < events.size(); i++) {
    look_ahead.Before(i, events.size(), [&events](size_t other) { return events[other].bytes(); });
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

}  // namespace duebook
