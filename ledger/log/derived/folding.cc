#include "ledger/log/derived/folding.h"

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <future>

#include "ledger/values/prefetch.h"

namespace duebook {

namespace {

// Events on their way into folds, which are held in memory: some commits of an import, or as many single ones as come
// while folding begins.
constexpr size_t kMostWaiting = size_t{1} << 15;
constexpr size_t kEventsAhead = 4;
constexpr uint64_t kEventsBetweenProgress = 50'000;

// Adds what is behind the track's position up to `last_seq`, from the log.
Status CatchUp(const EventLog& log, uint64_t last_seq, Track* track) {
  Status added;
  RETURN_IF_ERROR(log.Scan(track->position() + 1, last_seq, [&](EventView event) {
    added = track->Add(event);
    return added.ok();
  }));
  return added;
}

}  // namespace

Folding::Folding(const EventLog& log, Tracks tracks, FoldSizes sizes) : log_(log), sizes_(sizes) {
  for (auto& track : tracks) lines_.push_back({std::move(track), Status()});
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
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ended_ || !waiting_.empty(); });
    if (waiting_.empty()) break;
    const Events events = std::move(waiting_.front());
    waiting_.pop_front();
    waiting_events_ -= events->size();
    lock.unlock();
    changed_.notify_all();
    Fold(*events);
    lock.lock();
  }
  lock.unlock();
  Finish();
}

void Folding::GoOn(Line* line, const std::function<Status(Track*)>& go_on) {
  if (!line->status.ok()) return;
  line->status = go_on(line->track.get());
  if (!line->status.ok()) spdlog::warn("not everything was folded: {}", line->status.error().ToString());
}

void Folding::Start(uint64_t last_seq) {
  started_ = true;
  for (Line& line : lines_) {
    GoOn(&line, [&](Track* track) -> Status {
      RETURN_IF_ERROR(track->Resume());
      return CatchUp(log_, last_seq, track);
    });
  }
}

void Folding::Fold(const std::vector<std::string>& events) {
  appended_ += events.size();
  if (!started_) {
    if (appended_ >= sizes_.least) Start(EventView(events.back()).seq());
    return;
  }
  for (Line& line : lines_) {
    GoOn(&line, [&](Track* track) -> Status {
      for (size_t i = 0; i < events.size(); i++) {
        if (i + kEventsAhead < events.size()) Prefetch(events[i + kEventsAhead]);
        RETURN_IF_ERROR(track->Add(EventView(events[i])));
      }
      return Status();
    });
  }
}

// Whoever closes the ledger waits for it, so all tracks do it at once.
void Folding::Finish() {
  std::vector<std::future<void>> finished;
  for (Line& line : lines_) {
    finished.push_back(
        std::async(std::launch::async, [this, &line] { GoOn(&line, [this](Track* track) { return Finish(track); }); }));
  }
  for (const std::future<void>& each : finished) each.wait();
}

Status Folding::Finish(Track* track) const {
  const uint64_t kept = started_ ? track->kept() : track->KeptTo();
  if (log_.last_seq() - kept < sizes_.least) return Status();
  if (!started_) RETURN_IF_ERROR(track->Resume());
  RETURN_IF_ERROR(CatchUp(log_, log_.last_seq(), track));
  return track->kept() < track->position() ? track->Keep() : Status();
}

Status Folding::Rebuild(const EventLog& log, const MakeTracks& make_tracks,
                        const std::function<void(uint64_t, uint64_t)>& progress) {
  RETURN_IF_ERROR(Folds::RemoveAll(log.directory()));
  const Tracks tracks = make_tracks(log, FoldSizes());
  for (const auto& track : tracks) RETURN_IF_ERROR(track->Resume());
  Status added;
  const uint64_t last = log.last_seq();
  RETURN_IF_ERROR(log.ScanCommits(1, last, [&](EventView event, bool) {
    for (const auto& track : tracks) {
      if (added.ok()) added = track->Add(event);
    }
    if (event.seq() % kEventsBetweenProgress == 0) progress(event.seq(), last);
    return added.ok();
  }));
  RETURN_IF_ERROR(added);
  for (const auto& track : tracks) {
    if (track->kept() < track->position()) RETURN_IF_ERROR(track->Keep());
  }
  return Status();
}

}  // namespace duebook
