// Seqs of events, found by a hash of their ids, without the ids. What is found has to be confirmed on the event itself,
// since two ids may share a hash.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/event/document_key.h"
#include "ledger/values/numbers_by_hash.h"
#include "ledger/values/result.h"

namespace duebook {

class SeqsByHash {
 public:
  // Requires that the id is not there yet, unless what is found under it is told apart by `is_it` alone. Seqs come in
  // order: none is before the first one.
  void Insert(std::string_view id, uint64_t seq) {
    if (numbers_.size() == 0) before_first_ = seq - 1;
    numbers_.Insert(EventIdHash(id), seq - before_first_);
  }
  // Takes back an insertion. Requires that it was of this id and seq.
  void TakeBack(std::string_view id, uint64_t seq) { numbers_.Erase(EventIdHash(id), seq - before_first_); }
  // The seq under this id, if `is_it(seq)` confirms it. `is_it` answers Result<bool>.
  template <class IsIt>
  Result<std::optional<uint64_t>> Find(std::string_view id, const IsIt& is_it) const {
    Status asked;
    const uint64_t number = numbers_.Find(EventIdHash(id), [&](uint64_t candidate) {
      const Result<bool> confirmed = is_it(candidate + before_first_);
      if (!confirmed.ok()) asked = confirmed.error();
      return !confirmed.ok() || *confirmed;
    });
    RETURN_IF_ERROR(asked);
    return number == 0 ? std::nullopt : std::optional<uint64_t>(number + before_first_);
  }
  // Makes room for so many more.
  void Reserve(size_t ids) { numbers_.Reserve(numbers_.size() + ids); }
  // Asks for the memory where an id of this hash would be.
  void Prefetch(uint64_t hash) const { numbers_.Prefetch(hash); }

 private:
  NumbersByHash numbers_;
  uint64_t before_first_ = 0;  // numbers count from the first seq
};

}  // namespace duebook
