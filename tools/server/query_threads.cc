#include "tools/server/query_threads.h"

#include <utility>

namespace duebook {

QueryThreads::QueryThreads(size_t threads, size_t most_waiting) : most_waiting_(most_waiting), idle_(threads) {
  for (size_t i = 0; i < threads; i++) threads_.emplace_back([this] { Work(); });
}

QueryThreads::~QueryThreads() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool QueryThreads::Take(std::function<void()> query) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= idle_ + most_waiting_) return false;
    waiting_.push_back(std::move(query));
  }
  changed_.notify_one();
  return true;
}

void QueryThreads::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return ends_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const auto query = std::move(waiting_.front());
    waiting_.pop_front();
    idle_--;
    lock.unlock();
    query();
    lock.lock();
    idle_++;
  }
}

}  // namespace duebook
