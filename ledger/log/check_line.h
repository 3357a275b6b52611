// A line of checks that all events pass through, each check in a thread of its own. One relies on those before it: it
// sees no events of a batch in which they found something, and none that come later.
//
// Memory: kMostWaiting batches before each check, and one in it.

#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "ledger/log/event_check.h"
#include "ledger/values/bounded_queue.h"

namespace duebook {

// Events with the bytes that they are views of.
struct EventBatch {
  std::vector<std::string> bytes;
  std::vector<EventView> events;
};

class CheckLine {
 public:
  static constexpr size_t kMostWaiting = 4;

  // The checks must outlive it.
  explicit CheckLine(std::span<EventCheck* const> checks);
  ~CheckLine() { End(); }
  CheckLine(const CheckLine&) = delete;
  CheckLine& operator=(const CheckLine&) = delete;

  // Waits while the first check is far behind. Before End.
  void Push(EventBatch batch);
  // Waits until every check has seen all that it is to see.
  void End();

 private:
  using Queue = BoundedQueue<EventBatch>;

  std::vector<std::unique_ptr<Queue>> queues_;  // before each check
  std::vector<std::thread> threads_;
};

}  // namespace duebook
