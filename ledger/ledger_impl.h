// What a ledger holds while it is open: for the files that decide (deciding.cc), commit (ledger.cc) and take back
// (transaction.cc).

#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/books/books.h"
#include "ledger/books/seqs_by_hash.h"
#include "ledger/events/named.h"
#include "ledger/ledger.h"
#include "ledger/loading/books_from_log.h"

namespace duebook {

// Events admitted for one commit.
struct Batch {
  uint64_t number = 1;
  uint64_t first_seq = 0;
  Time recorded_at;
  Time clock;  // what it said; `recorded_at` unless it was behind the events before
  std::vector<std::string> events;
};

struct Ledger::Impl {
  Impl(std::unique_ptr<EventLog> event_log, LedgerOptions ledger_options)
      : log(std::move(event_log)),
        options(std::move(ledger_options)),
        next_seq(log->state().last_seq + 1),
        last_recorded_at(log->state().last_recorded_at) {
    if (options.tracks) folding.emplace(*log, options.tracks(*log, options.fold_sizes), options.fold_sizes);
  }

  Result<Outcome> Admit(MadeCommand* command);
  Result<Outcome> AdmitCommand(Command& command);
  // Once all books were loaded beside, they take the place of those made piece by piece.
  Status UseLoadedBooks();
  // Reads a command's record again, now that the books are there to be asked. Nothing: the command is settled.
  Result<std::optional<Outcome>> Settle(Command* command);
  // Gives an admitted command the next sequence number: its event, which names these, is part of the commit that
  // gathers, and of the books.
  void Gather(Command* command, const Named& named);
  Result<std::optional<Outcome>> FindEarlier(const Command& command);
  Result<std::optional<uint64_t>> SeqOfId(std::string_view id) const;
  // The same in the spellings that a record's id may mean.
  Result<std::optional<uint64_t>> SeqOfGivenId(std::string_view id) const;
  // Returns what a record that could not be made a command is refused for, now that the books are there to be asked.
  Result<Rejection> Judge(Rejection rejection);
  Result<std::optional<uint64_t>> IntroducedSince(const Rejection& rejection);
  // The event, also while it is on its way into the log. The view is valid during the call only.
  Status VisitEvent(uint64_t seq, const std::function<void(EventView)>& visit) const;
  Status CommitGathering();
  Error Fail(Error error);
  Status Accepts();  // why not, after a failure

  const std::unique_ptr<EventLog> log;
  LedgerOptions options;

  std::mutex decide_mutex;  // guards what follows
  Books books;
  std::unique_ptr<BooksFromLog> from_log;  // what was recorded before the opening
  SeqsByHash ids;                          // of what was recorded since
  uint64_t next_seq;
  Time last_recorded_at;
  Batch gathering;
  std::shared_ptr<const Batch> committing;  // taken for the store, not yet durable

  std::mutex commit_mutex;  // guards what follows; decide_mutex is never taken while this one is held
  std::condition_variable commit_done;
  bool commit_running = false;
  uint64_t durable = 0;  // number of the last durable batch
  std::optional<Error> failure;
  std::atomic<bool> failed = false;  // whether `failure` is set, for a look without the lock

  std::optional<Folding> folding;
};

}  // namespace duebook
