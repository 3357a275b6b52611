// Seqs found by a hash of a name: 16 bytes an entry and no names. What is found has to be confirmed on the event
// itself, since two names may share a hash.

#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "ledger/result.h"

namespace duebook {

class SeqsByHash {
 public:
  // Requires that the name is not there yet.
  void Insert(std::string_view name, uint64_t seq) {
    uint64_t hash = HashOf(name);
    while (!seqs_.emplace(hash, seq).second) hash++;  // taken by another name
  }
  // Takes back the newest insertion of all that are left. Requires that it was of this name and seq.
  void TakeBack(std::string_view name, uint64_t seq) {
    uint64_t hash = HashOf(name);
    while (seqs_.at(hash) != seq) hash++;
    seqs_.erase(hash);
  }
  // The seq under this name, if `is_it(seq)` confirms it. `is_it` answers Result<bool>.
  template <class IsIt>
  Result<std::optional<uint64_t>> Find(std::string_view name, const IsIt& is_it) const {
    for (uint64_t hash = HashOf(name);; hash++) {
      const auto found = seqs_.find(hash);
      if (found == seqs_.end()) return std::optional<uint64_t>();
      const Result<bool> confirmed = is_it(found->second);
      RETURN_IF_ERROR(confirmed);
      if (*confirmed) return std::optional<uint64_t>(found->second);
    }
  }
  void Reserve(size_t names) { seqs_.reserve(names); }

 private:
  static uint64_t HashOf(std::string_view name) { return std::hash<std::string_view>()(name); }

  absl::flat_hash_map<uint64_t, uint64_t> seqs_;
};

}  // namespace duebook
