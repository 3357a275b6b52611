#include "ledger/loading/books_loading.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "ledger/events/general.h"
#include "ledger/values/check.h"

namespace duebook {

namespace {

constexpr uint64_t kNear = 4096;  // events: some milliseconds

}  // namespace

Status LoadedBooks::Extend(const EventLog& log, uint64_t to_seq, uint64_t last_id,
                           const std::function<bool(uint64_t)>& goes_on) {
  Status folded;
  bool stopped = false;
  RETURN_IF_ERROR(log.Scan(last_seq + 1, to_seq, [&](EventView event) {
    stopped = !goes_on(last_seq + 1);
    if (stopped) return false;
    folded = Fold(books, event, last_seq + 1);
    if (!folded.ok()) return false;
    last_seq++;
    if (last_seq <= last_id) ids.Insert(event.id(), last_seq);
    return true;
  }));
  if (!folded.ok() || stopped || last_seq >= to_seq) return folded;
  return Error{ErrorCode::kDamaged, fmt::format("event {} is missing", last_seq + 1),
               "`duebook verify` tells what is hit; restore from a backup"};
}

BooksLoading::BooksLoading(const EventLog& log, Books fresh, uint64_t last_id, std::function<void(uint64_t)> on_next)
    : log_(log), last_id_(last_id), on_next_(std::move(on_next)), loaded_{std::move(fresh)}, thread_([this] {
        Run();
      }) {}

BooksLoading::~BooksLoading() {
  Stop();
  thread_.join();
  if (!folded_.ok() && !told_) spdlog::warn("the books could not be loaded: {}", folded_.error().ToString());
}

void BooksLoading::Run() {
  folded_ = LoadAll();
  // The thread frees what it loaded while the ledger does the rest of its closing.
  if (stopped_) loaded_ = LoadedBooks();
  done_.store(true, std::memory_order_release);
  done_.notify_all();
  if (on_next_) on_next_(0);
}

Status BooksLoading::LoadAll() {
  loaded_.ids.Reserve(last_id_);
  const auto goes_on = [this](uint64_t seq) {
    if (on_next_) on_next_(seq);
    return !stopped_;
  };
  while (true) {
    const uint64_t last_seq = log_.last_seq();
    RETURN_IF_ERROR(loaded_.Extend(log_, last_seq, last_id_, goes_on));
    if (stopped_ || log_.last_seq() - loaded_.last_seq < kNear) return Status();
  }
}

Result<LoadedBooks> BooksLoading::Take() {
  CHECK(done() && !stopped_);
  told_ = true;
  RETURN_IF_ERROR(folded_);
  return std::move(loaded_);
}

}  // namespace duebook
