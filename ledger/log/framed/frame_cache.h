// The frames that were read last, for questions about one event after the other: those asked for are often neighbours,
// as when a file is imported again.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "ledger/log/framed/frame.h"

namespace duebook {

// A frame together with the bytes that it is a view of.
struct KeptFrame {
  std::shared_ptr<const std::string> bytes;
  FrameView view;

  bool Holds(uint64_t seq) const {
    return bytes != nullptr && seq >= view.head().first_seq && seq - view.head().first_seq < view.count();
  }
};

// Safe to use from many threads at once. A frame never changes once it is written, so what is kept stays right. At most
// kFrames of them, each of some 30 KB in most ledgers.
class FrameCache {
 public:
  // The frame that holds this event; one that holds nothing if it is not kept.
  KeptFrame Find(uint64_t seq) {
    const std::lock_guard lock(mutex_);
    for (const KeptFrame& frame : frames_) {
      if (frame.Holds(seq)) return frame;
    }
    return {};
  }
  // In the place of the one kept longest.
  void Keep(KeptFrame frame) {
    const std::lock_guard lock(mutex_);
    frames_[next_] = std::move(frame);
    next_ = (next_ + 1) % kFrames;
  }

 private:
  static constexpr size_t kFrames = 32;

  std::mutex mutex_;
  std::array<KeptFrame, kFrames> frames_;
  size_t next_ = 0;
};

}  // namespace duebook
