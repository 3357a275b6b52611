// Finds a name among a few known ones: the fields of an event type, the event types. A lookup compares the first eight
// bytes of each in one go and reads no further unless they agree, which for so few names beats hashing.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/text.h"

namespace duebook {

class NameIndex {
 public:
  static constexpr int kAbsent = -1;

  // `name` must outlive the index.
  void Add(std::string_view name, int value) { entries_.push_back({FirstEight(name), value, name}); }

  int Find(std::string_view name) const {
    const uint64_t key = FirstEight(name);
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

  std::vector<Entry> entries_;
};

}  // namespace duebook
