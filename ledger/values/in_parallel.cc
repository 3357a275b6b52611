#include "ledger/values/in_parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace duebook {

Status InParallel(size_t pieces, const std::function<Status(size_t)>& work) {
  std::vector<Status> done(pieces);
  std::atomic<size_t> next = 0;
  const auto run = [&] {
    for (size_t piece = next++; piece < pieces; piece = next++) done[piece] = work(piece);
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < std::min<size_t>(pieces, std::thread::hardware_concurrency()); i++) threads.emplace_back(run);
  run();
  for (std::thread& thread : threads) thread.join();
  for (const Status& status : done) RETURN_IF_ERROR(status);
  return Status();
}

size_t PartsFor(size_t items) {
  constexpr size_t kFewItems = 500'000;  // a thread takes as long to start as some ten thousand of them
  return items < kFewItems ? 1 : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace duebook
