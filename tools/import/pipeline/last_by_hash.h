// The values that were added last, found by a hash: what a long import remembers in bounded memory.

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/values/numbers_by_hash.h"

namespace duebook {

// `Value` has a member `hash`; of those with one hash, at most one is kept. Not thread-safe.
template <class Value>
class LastByHash {
 public:
  // Keeps at most so many, and forgets the one that was added first when there is one more.
  explicit LastByHash(size_t most) : most_(most) {}

  // Null if there is none; else good until the next Add.
  Value* Find(uint64_t hash) {
    const uint64_t number = numbers_.Find(hash, [&](uint64_t each) { return values_[each - 1].hash == hash; });
    return number == 0 ? nullptr : &values_[number - 1];
  }

  // Requires that Find finds none with its hash.
  void Add(Value value) {
    if (values_.size() < most_) {
      values_.push_back(std::move(value));
      numbers_.Insert(values_.back().hash, values_.size());
      return;
    }
    Value& first = values_[next_];
    numbers_.Erase(first.hash, next_ + 1);
    first = std::move(value);
    numbers_.Insert(first.hash, next_ + 1);
    next_ = (next_ + 1) % most_;
  }

 private:
  size_t most_;
  std::vector<Value> values_;  // a ring, once it is full
  size_t next_ = 0;            // in the ring: the one that was added first
  NumbersByHash numbers_;      // places in values_, from 1
};

}  // namespace duebook
