#include "ledger/log/derived/folding.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <future>

#include "ledger/log/derived/fold_merging.h"
#include "ledger/values/prefetch.h"

namespace duebook {

namespace {

// Events on their way into folds, which are held in memory: some commits of an import, or as many single ones as come
// while folding begins.
constexpr size_t kMostWaiting = size_t{1} << 15;
constexpr size_t kEventsAhead = 4;
constexpr uint64_t kEventsBetweenProgress = 50'000;

}  // namespace

// --- one kind ---

Status Folding::Line::GoOn(const EventLog& log) {
  const Folds folds = Folds::Open(log, maker->kind());
  folded = position = folds.position();
  return maker->GoOn(folds);
}

Status Folding::Line::CatchUp(const EventLog& log, uint64_t last_seq) {
  Status added;
  RETURN_IF_ERROR(log.Scan(position + 1, last_seq, [&](EventView event) {
    added = Add(log, event);
    return added.ok();
  }));
  return added;
}

Status Folding::Line::Add(const EventLog& log, EventView event) {
  maker->Add(event);
  position = event.seq();
  return position % sizes.most == 0 ? Cut(log) : Status();
}

Status Folding::Line::Cut(const EventLog& log) {
  RETURN_IF_ERROR(maker->status());
  const uint64_t first_seq = folded + 1;
  folded = position;
  RETURN_IF_ERROR(Folds::Write(log, maker->kind(), first_seq, position, maker->TakeSections()));
  return MergeFolds(log, maker->kind(), sizes);
}

// --- all of them ---

Folding::Folding(const EventLog& log, FoldMakers makers, FoldSizes sizes) : log_(log), sizes_(sizes) {
  for (auto& maker : makers) lines_.emplace_back(std::move(maker), sizes_);
}

Folding::~Folding() {
  End();
  if (thread_.joinable()) thread_.join();
}

void Folding::End() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
}

void Folding::OnDurable(Events events) {
  std::unique_lock lock(mutex_);
  if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
  changed_.wait(lock, [this] { return waiting_events_ < kMostWaiting; });
  waiting_events_ += events->size();
  waiting_.push_back(std::move(events));
  changed_.notify_all();
}

void Folding::Run() {
  Status status;
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) break;
    const Events events = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_events_ -= events->size();
    lock.unlock();
    changed_.notify_all();
    if (status.ok()) {
      status = Fold(*events);
      if (!status.ok()) spdlog::warn("folding stops: {}", status.error().ToString());
    }
    lock.lock();
  }
  lock.unlock();
  if (status.ok()) status = Finish();
  if (!status.ok()) spdlog::warn("not everything was folded: {}", status.error().ToString());
}

Status Folding::Start(uint64_t last_seq) {
  started_ = true;
  for (Line& line : lines_) {
    RETURN_IF_ERROR(line.GoOn(log_));
    RETURN_IF_ERROR(line.CatchUp(log_, last_seq));
  }
  return Status();
}

Status Folding::Fold(const std::vector<std::string>& events) {
  appended_ += events.size();
  if (!started_) {
    return appended_ < sizes_.least ? Status() : Start(EventView(events.back()).seq());
  }
  for (size_t i = 0; i < events.size(); i++) {
    if (i + kEventsAhead < events.size()) Prefetch(events[i + kEventsAhead]);
    for (Line& line : lines_) RETURN_IF_ERROR(line.Add(log_, EventView(events[i])));
  }
  return Status();
}

// Whoever closes the ledger waits for it, so all kinds are cut at once.
Status Folding::Finish() {
  std::vector<std::future<Status>> finished;
  for (Line& line : lines_) {
    finished.push_back(std::async(std::launch::async, [this, &line] { return Finish(&line); }));
  }
  Status status;
  for (std::future<Status>& each : finished) {
    const Status line_status = each.get();
    if (status.ok()) status = line_status;
  }
  return status;
}

Status Folding::Finish(Line* line) const {
  const uint64_t folded = started_ ? line->folded : Folds::EndOf(log_, line->maker->kind());
  if (log_.last_seq() - folded < sizes_.least) return Status();
  if (!started_) RETURN_IF_ERROR(line->GoOn(log_));
  RETURN_IF_ERROR(line->CatchUp(log_, log_.last_seq()));
  return line->folded < line->position ? line->Cut(log_) : Status();
}

Status Folding::Rebuild(const EventLog& log, FoldMakers makers,
                        const std::function<void(uint64_t, uint64_t)>& progress) {
  RETURN_IF_ERROR(Folds::RemoveAll(log.directory()));
  std::vector<Line> lines;
  for (auto& maker : makers) {
    RETURN_IF_ERROR(lines.emplace_back(std::move(maker), FoldSizes()).GoOn(log));
  }
  Status added;
  const uint64_t last = log.last_seq();
  RETURN_IF_ERROR(log.ScanCommits(1, last, [&](EventView event, bool) {
    for (Line& line : lines) {
      if (added.ok()) added = line.Add(log, event);
    }
    if (event.seq() % kEventsBetweenProgress == 0) progress(event.seq(), last);
    return added.ok();
  }));
  RETURN_IF_ERROR(added);
  for (Line& line : lines) {
    if (line.folded < line.position) RETURN_IF_ERROR(line.Cut(log));
  }
  return Status();
}

}  // namespace duebook
