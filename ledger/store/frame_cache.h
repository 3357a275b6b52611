// The frames that were decompressed last, for questions about one event after the other: those asked for are often
// neighbours, as when a file is imported again.

#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace duebook {

// Safe to use from many threads at once. A frame never changes once it is written, so what is kept stays right. At most
// kSlots frames, each up to some 30 KB in most ledgers.
class FrameCache {
 public:
  // The frame's bytes under this key of the store; null if they are not kept.
  std::shared_ptr<const std::string> Find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const Slot& slot = SlotOf(key);
    return slot.key == key ? slot.bytes : nullptr;
  }
  void Keep(std::string_view key, std::shared_ptr<const std::string> bytes) {
    const std::lock_guard lock(mutex_);
    Slot& slot = SlotOf(key);
    slot.key = key;
    slot.bytes = std::move(bytes);
  }

 private:
  static constexpr size_t kSlots = 32;
  struct Slot {
    std::string key;
    std::shared_ptr<const std::string> bytes;
  };
  Slot& SlotOf(std::string_view key) { return slots_[std::hash<std::string_view>()(key) % kSlots]; }

  std::mutex mutex_;
  std::array<Slot, kSlots> slots_;
};

}  // namespace duebook
