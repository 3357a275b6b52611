#include "ledger/log/check_line.h"

#include <optional>
#include <utility>

namespace duebook {

namespace {

// `next` is null behind the last check.
void Run(EventCheck* check, BoundedQueue<EventBatch>* queue, BoundedQueue<EventBatch>* next) {
  bool right = true;
  while (std::optional<EventBatch> batch = queue->Pop()) {
    right = right && check->Check(batch->events);
    if (right && next != nullptr) next->Push(*std::move(batch));
  }
  if (next != nullptr) next->Close();
}

}  // namespace

CheckLine::CheckLine(std::span<EventCheck* const> checks) {
  for (size_t i = 0; i < checks.size(); i++) queues_.push_back(std::make_unique<Queue>(kMostWaiting));
  for (size_t i = 0; i < checks.size(); i++) {
    Queue* next = i + 1 < checks.size() ? queues_[i + 1].get() : nullptr;
    threads_.emplace_back(Run, checks[i], queues_[i].get(), next);
  }
}

void CheckLine::Push(EventBatch batch) { queues_.front()->Push(std::move(batch)); }

void CheckLine::End() {
  if (!queues_.empty()) queues_.front()->Close();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace duebook
