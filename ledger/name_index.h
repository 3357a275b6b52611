// Finds a name among a few known ones: the fields of an event type, the event types. A lookup compares the first eight
// bytes of each in one go and reads no further unless they agree, which for so few names beats hashing.

#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace duebook {

class NameIndex {
 public:
  static constexpr int kAbsent = -1;

  // `name` must outlive the index.
  void Add(std::string_view name, int value) { entries_.push_back({KeyOf(name), value, name}); }

  int Find(std::string_view name) const {
    const uint64_t key = KeyOf(name);
    for (const Entry& entry : entries_) {
      if (entry.key == key && entry.name == name) return entry.value;
    }
    return kAbsent;
  }

 private:
  struct Entry {
    uint64_t key;
    int value;
    std::string_view name;
  };

  static uint64_t KeyOf(std::string_view name) {
    uint64_t key = 0;
    if (name.size() >= sizeof(key)) {
      std::memcpy(&key, name.data(), sizeof(key));
    } else {
      for (const char c : name) key = key << 8 | static_cast<uint8_t>(c);
    }
    return key;
  }

  std::vector<Entry> entries_;
};

}  // namespace duebook
