// Finds a name among a few known ones: the fields of an event type, the event types. A lookup compares the first eight
// bytes of each in one go and reads no further unless they agree, which for so few names beats hashing. Who asks for
// the same names in the same order again and again, as a file's lines do, finds each at the first look.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ledger/values/text.h"

namespace duebook {

class NameIndex {
 public:
  static constexpr int kAbsent = -1;

  // `name` must outlive the index.
  void Add(std::string_view name, int value) { entries_.push_back({FirstEight(name), name, value}); }

  int Find(std::string_view name) const {
    uint8_t first = 0;
    return Find(name, &first);
  }

  // Likewise, but looks at `likely` first: where it was found when it was asked for last, or 0. Keeps where it is.
  int Find(std::string_view name, uint8_t* likely) const {
    const uint64_t key = FirstEight(name);
    if (*likely < entries_.size() && entries_[*likely].Is(key, name)) return entries_[*likely].value;
    for (size_t i = 0; i < entries_.size(); i++) {
      if (!entries_[i].Is(key, name)) continue;
      *likely = static_cast<uint8_t>(i);
      return entries_[i].value;
    }
    return kAbsent;
  }

 private:
  struct Entry {
    uint64_t key;
    std::string_view name;
    int value;

    bool Is(uint64_t other_key, std::string_view other) const {
      return key == other_key && name.size() == other.size() && (other.size() <= sizeof(key) || name == other);
    }
  };

  std::vector<Entry> entries_;
};

}  // namespace duebook
