// Keeps what is derived from a log up with it while it is being written to, behind its durable end, in a thread of its
// own.
//
// Small work leaves it as it is: what comes in is read from the log by the next one who asks. Once that is
// FoldSizes::least or more, it is folded. Whatever goes wrong with that costs no event and no answer: it is told in a
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

#include "ledger/log/derived/track.h"
#include "ledger/log/event_log.h"

namespace duebook {

class Folding {
 public:
  // The log must outlive it.
  Folding(const EventLog& log, Tracks tracks, FoldSizes sizes = {});
  // Folds what there is to fold, and waits for that.
  ~Folding();
  // No more events come: what is left is folded from now on.
  void End();

  using Events = std::shared_ptr<const std::vector<std::string>>;
  // These events are durable now; they come behind those of the call before. Waits if folding is far behind.
  void OnDurable(Events events);

  // Makes all that is derived from the log anew. One process at a time; nothing else may write. kDamaged: the log
  // cannot be read.
  static Status Rebuild(const EventLog& log, const MakeTracks& make_tracks,
                        const std::function<void(uint64_t, uint64_t)>& progress);

 private:
  void Run();
  void Fold(const std::vector<std::string>& events);
  void Start(uint64_t last_seq);
  void Finish();
  Status Finish(Track* track) const;

  // A track, and whether it goes on: what stops one does not stop the others.
  struct Line {
    std::unique_ptr<Track> track;
    Status status;
  };
  // Goes on with a line unless it was stopped. Warns of what stops it.
  static void GoOn(Line* line, const std::function<Status(Track*)>& go_on);

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
