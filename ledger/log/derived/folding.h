// Keeps the folds up with a log that is being written to, behind its durable end, in a thread of its own.
//
// Small work leaves the folds as they are: what comes in is read from the log by the next one who asks. Once that is
// FoldSizes::least or more, it is folded. Whatever goes wrong with folds costs no event and no answer: it is told in a
// warning, and folding stops.

#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ledger/log/derived/fold_maker.h"
#include "ledger/log/event_log.h"

namespace duebook {

using FoldMakers = std::vector<std::unique_ptr<FoldMaker>>;

class Folding {
 public:
  // The log must outlive it.
  Folding(const EventLog& log, FoldMakers makers, FoldSizes sizes = {});
  // Folds what there is to fold, and waits for that.
  ~Folding();
  // No more events come: what is left is folded from now on.
  void End();

  using Events = std::shared_ptr<const std::vector<std::string>>;
  // These events are durable now; they come behind those of the call before. Waits if folding is far behind.
  void OnDurable(Events events);

  // Makes all folds of the log anew. One process at a time; nothing else may write. kDamaged: the log cannot be read.
  static Status Rebuild(const EventLog& log, FoldMakers makers,
                        const std::function<void(uint64_t, uint64_t)>& progress);

 private:
  // The folds of one kind, in the making.
  struct Line {
    Line(std::unique_ptr<FoldMaker> fold_maker, FoldSizes fold_sizes)
        : maker(std::move(fold_maker)), sizes(fold_sizes) {}
    // Finds out which folds there are.
    Status GoOn(const EventLog& log);
    // Adds what is behind position() up to `last_seq`, from the log.
    Status CatchUp(const EventLog& log, uint64_t last_seq);
    Status Add(const EventLog& log, EventView event);
    Status Cut(const EventLog& log);

    std::unique_ptr<FoldMaker> maker;
    FoldSizes sizes;
    uint64_t folded = 0;    // the last event in a fold
    uint64_t position = 0;  // the last event added
  };

  void Run();
  Status Fold(const std::vector<std::string>& events);
  Status Start(uint64_t last_seq);
  Status Finish();
  Status Finish(Line* line) const;

  const EventLog& log_;
  const FoldSizes sizes_;
  std::vector<Line> lines_;
  bool started_ = false;   // in the thread
  uint64_t appended_ = 0;  // likewise: events told of

  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<Events> waiting_;
  size_t waiting_events_ = 0;
  bool ended_ = false;
  std::thread thread_;  // once there is something to do
};

}  // namespace duebook
