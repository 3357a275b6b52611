// The threads on which reports are made. A few wait for a thread; what comes beyond them is turned away at once, as it
// would only make all wait longer.

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace duebook {

class QueryThreads {
 public:
  QueryThreads(size_t threads, size_t most_waiting);
  // Waits for what was taken.
  ~QueryThreads();
  QueryThreads(const QueryThreads&) = delete;
  QueryThreads& operator=(const QueryThreads&) = delete;

  // Runs it on one of the threads. Returns false, and does not, if too many wait.
  bool Take(std::function<void()> query);

 private:
  void Work();

  const size_t most_waiting_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  size_t idle_;
  bool ends_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace duebook
