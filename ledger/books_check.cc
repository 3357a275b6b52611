#include "ledger/books_check.h"

#include "ledger/rules/general.h"

namespace duebook {

bool BooksCheck::Check(std::span<const EventView> events) {
  for (const EventView event : events) {
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
