// Making what follows from the log again, and comparing it with what is stored.

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <map>

#include "ledger/books.h"
#include "ledger/ledger.h"
#include "ledger/rules/general.h"

namespace duebook {

namespace {

// The same for a log that nobody has verified.
Status FoldUnverified(Books& books, EventView event, uint64_t seq) {
  if (VerifyEvent(event.bytes())) return Fold(books, event);
  return Error{ErrorCode::kDamaged, fmt::format("event {}: its bytes are not those of an event", seq),
               "`duebook verify` tells what is hit; restore from a backup"};
}

// Events folded between two writes of a rebuild: bounds its memory.
constexpr size_t kRebuildBatch = 50'000;

}  // namespace

Status Ledger::Rebuild(const std::filesystem::path& directory, const std::function<void(uint64_t, uint64_t)>& progress,
                       const StoreOptions& store) {
  auto opened = EventLog::Open(directory, EventLog::Mode::kRebuild, store);
  RETURN_IF_ERROR(opened);
  EventLog& log = **opened;
  const uint64_t last = log.last_seq();
  RETURN_IF_ERROR(log.StartRebuild());
  Books books([&log](std::string_view key) { return log.BooksGet(key); }, LedgerOptions().cached_records);
  for (uint64_t first = 1; first <= last; first += kRebuildBatch) {
    const uint64_t end = std::min<uint64_t>(last, first + kRebuildBatch - 1);
    Status folded;
    uint64_t seq = first;
    RETURN_IF_ERROR(log.Scan(first, end, [&](EventView event) {
      folded = FoldUnverified(books, event, seq++);
      return folded.ok();
    }));
    RETURN_IF_ERROR(folded);
    RETURN_IF_ERROR(log.RebuildBatch(first, end, books.TakeChanges()));
    progress(end, last);
  }
  return log.FinishRebuild();
}

Result<std::optional<EventLog::Fault>> Ledger::VerifyBooks(const EventLog& log,
                                                           const std::function<void(uint64_t, uint64_t)>& progress) {
  const uint64_t last = log.state().books_seq;
  Books books([](std::string_view) { return std::optional<std::string>(); }, std::numeric_limits<size_t>::max());
  std::optional<EventLog::Fault> fault;
  uint64_t seq = 0;
  RETURN_IF_ERROR(log.Scan(1, last, [&](EventView event) {
    seq++;
    const Status folded = FoldUnverified(books, event, seq);
    if (!folded.ok()) fault = EventLog::Fault{seq, "", folded.error().sentence};
    if (seq % kRebuildBatch == 0) progress(seq, last);
    return folded.ok();
  }));
  if (fault.has_value()) return fault;
  std::map<std::string, std::string, std::less<>> expected;
  for (BooksChange& change : books.TakeChanges()) expected.emplace(std::move(change.key), std::move(change.value));
  constexpr std::string_view kAdvice = "; `duebook rebuild` makes the books again from the event log";
  RETURN_IF_ERROR(log.ForEachBooksEntry([&](std::string_view key, std::string_view value) {
    const auto found = expected.find(key);
    if (found == expected.end() || found->second != value) {
      fault = EventLog::Fault{0, "",
                              fmt::format("the books hold a record that does not follow from the events{}", kAdvice)};
      return false;
    }
    expected.erase(found);
    return true;
  }));
  if (!fault.has_value() && !expected.empty()) {
    fault = EventLog::Fault{
        0, "", fmt::format("the books lack {} records that follow from the events{}", expected.size(), kAdvice)};
  }
  return fault;
}

}  // namespace duebook
