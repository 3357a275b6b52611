// Frames: how events lie in column family `log`.
//
// A frame's bytes are a FlatBuffer (schemas/frame.fbs). Its value in the store is these bytes compressed by zstd, so
// that the write-ahead log has them compressed as well; or, if they are few, the bytes as they are, which RocksDB
// compresses together with their neighbours. Which of both, its first four bytes tell: no FlatBuffer begins as zstd
// does.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"

namespace duebook {

struct FrameHead {
  uint64_t first_seq = 0;
  Time recorded_at;
  uint64_t commit_first_seq = 0;
  uint32_t commit_count = 0;
};

// The bytes of a frame with these events, of which none is empty.
std::string EncodeFrame(const FrameHead& head, std::span<const std::string> events);

// The value in the store of a frame's bytes.
std::string StoredFrame(std::string frame);
// Puts a frame's bytes into `frame`, aligned, out of its value in the store. False if there are none in it.
bool LoadFrame(std::string_view stored, std::string* frame);

// A frame read in place.
class FrameView {
 public:
  // Nothing if the bytes are no frame; each event of one is 8-byte aligned. `bytes` must be 8-byte aligned (a
  // std::string's heap memory is) and outlive the view. The events themselves are not looked into.
  static std::optional<FrameView> Open(std::string_view bytes);

  const FrameHead& head() const { return head_; }
  uint32_t count() const { return count_; }
  // Requires index < count().
  std::string_view event_bytes(uint32_t index) const;
  EventView event(uint32_t index) const { return EventView(event_bytes(index)); }

 private:
  FrameHead head_;
  uint32_t count_ = 0;
  const uint32_t* places_ = nullptr;  // start and length of each event
  std::string_view events_;
};

}  // namespace duebook
