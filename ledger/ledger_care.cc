// Whether the events follow from each other.

#include "ledger/books.h"
#include "ledger/ledger.h"
#include "ledger/rules/general.h"

namespace duebook {

namespace {

constexpr uint64_t kEventsBetweenProgress = 50'000;

}  // namespace

Result<std::optional<EventLog::Fault>> Ledger::VerifyBooks(const EventLog& log,
                                                           const std::function<void(uint64_t, uint64_t)>& progress) {
  const uint64_t last = log.last_seq();
  Books books;
  std::optional<EventLog::Fault> fault;
  uint64_t seq = 0;
  RETURN_IF_ERROR(log.Scan(1, last, [&](EventView event) {
    seq++;
    const Status folded = Fold(books, event, seq);
    if (!folded.ok()) fault = EventLog::Fault{seq, "", folded.error().sentence};
    if (seq % kEventsBetweenProgress == 0) progress(seq, last);
    return folded.ok();
  }));
  return fault;
}

}  // namespace duebook
