// Folds the whole log into books of their own, in a thread beside whoever records meanwhile.
//
// It reads the log from its first event on, then what was recorded since, and ends when it is nearly at the log's end:
// what is missing then is folded by whoever takes the books over, in no more time than a few batches take.

#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>

#include "ledger/books/books.h"
#include "ledger/books/seqs_by_hash.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

// The books of all events up to one, and the ids of those up to one before it or the same.
struct LoadedBooks {
  Books books;
  SeqsByHash ids = {};
  uint64_t last_seq = 0;

  // Folds the events behind last_seq, as far as `to_seq`, with ids up to `last_id`, while `goes_on` of each is true.
  // kDamaged if one does not follow from those before it, and errors of reading the log.
  Status Extend(const EventLog& log, uint64_t to_seq, uint64_t last_id, const std::function<bool(uint64_t)>& goes_on);
};

// Only one thread may call these methods; Wait may be called by any. The log may grow meanwhile.
class BooksLoading {
 public:
  // Begins, with books that are empty. `on_next` as in loading_limits.h. The log must outlive it.
  BooksLoading(const EventLog& log, Books fresh, uint64_t last_id, std::function<void(uint64_t)> on_next = {});
  // Stops, and waits until the thread has ended. An error that nobody has taken is a warning then.
  ~BooksLoading();

  // Asks the thread to end with the event at which it is. Nothing can be taken any more.
  void Stop() { stopped_ = true; }
  bool done() const { return done_.load(std::memory_order_acquire); }
  // Returns once it is done.
  void Wait() const { done_.wait(false, std::memory_order_acquire); }
  // Requires that it is done; once.
  Result<LoadedBooks> Take();

 private:
  void Run();
  Status LoadAll();

  const EventLog& log_;
  const uint64_t last_id_;
  const std::function<void(uint64_t)> on_next_;
  LoadedBooks loaded_;  // until it is done, the thread's
  Status folded_;       // likewise
  bool told_ = false;   // it was, to who took it
  std::atomic<bool> stopped_ = false;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

}  // namespace duebook
