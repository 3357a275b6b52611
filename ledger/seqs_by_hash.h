// Seqs of events, found by a hash of their ids: 16 bytes an entry and no ids. What is found has to be confirmed on the
// event itself, since two ids may share a hash.

#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/books_key.h"
#include "ledger/result.h"

namespace duebook {

class SeqsByHash {
 public:
  // Requires that the id is not there yet.
  void Insert(std::string_view id, uint64_t seq) {
    uint64_t hash = EventIdHash(id);
    while (!seqs_.emplace(hash, seq).second) hash++;  // taken by another id
  }
  // Takes back the newest insertion of all that are left. Requires that it was of this id and seq.
  void TakeBack(std::string_view id, uint64_t seq) {
    uint64_t hash = EventIdHash(id);
    while (seqs_.at(hash) != seq) hash++;
    seqs_.erase(hash);
  }
  // The seq under this id, if `is_it(seq)` confirms it. `is_it` answers Result<bool>.
  template <class IsIt>
  Result<std::optional<uint64_t>> Find(std::string_view id, const IsIt& is_it) const {
    for (uint64_t hash = EventIdHash(id);; hash++) {
      const auto found = seqs_.find(hash);
      if (found == seqs_.end()) return std::optional<uint64_t>();
      const Result<bool> confirmed = is_it(found->second);
      RETURN_IF_ERROR(confirmed);
      if (*confirmed) return std::optional<uint64_t>(found->second);
    }
  }
  // Makes room for so many more.
  void Reserve(size_t ids) { seqs_.reserve(seqs_.size() + ids); }
  // Asks for the memory where an id of this hash would be.
  void Prefetch(uint64_t hash) const { seqs_.prefetch(hash); }

 private:
  struct AsItIs {
    size_t operator()(uint64_t hash) const { return hash; }
  };

  absl::flat_hash_map<uint64_t, uint64_t, AsItIs> seqs_;
};

}  // namespace duebook
