// Asks for the memory that deciding or folding events will wait for, while those before them are.
//
// Most of the time that both take is waiting for memory. So of each event, some before its turn, the customer and the
// documents that it names or introduces are looked for in steps, each of which asks for what the next one reads: where
// a hash stands, the whereabouts of a record, the record, its number. None of them waits.

#pragma once

#include <absl/container/inlined_vector.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ledger/books/books.h"
#include "ledger/books/seqs_by_hash.h"
#include "ledger/values/prefetch.h"

namespace duebook {

class LookAhead {
 public:
  // `ids`, if given, are those that the events' ids are looked up in.
  explicit LookAhead(const Books& books, const SeqsByHash* ids = nullptr) : books_(books), ids_(ids) {}

  // To be called before the turn of each event of a sequence, in order: of event `next` of `count`, where bytes_of(i)
  // are the bytes of one; empty if it is none.
  template <class BytesOf>
  void Before(size_t next, size_t count, const BytesOf& bytes_of) {
    if (next + kBytes < count) Prefetch(bytes_of(next + kBytes));
    if (next + kHashes < count) FindHashes(bytes_of(next + kHashes), &HashesOf(next + kHashes));
    for (const uint64_t hash : HashesOf(next + kWhereabouts)) books_.Prefetch(Books::PrefetchStep::kWhereabouts, hash);
    for (const uint64_t hash : HashesOf(next + kRecords)) books_.Prefetch(Books::PrefetchStep::kRecord, hash);
    for (const uint64_t hash : HashesOf(next + kNumbers)) books_.Prefetch(Books::PrefetchStep::kNumber, hash);
    HashesOf(next).clear();
  }

 private:
  using Hashes = absl::InlinedVector<uint64_t, 6>;

  // How many events before its turn each step is done.
  static constexpr size_t kBytes = 20;
  static constexpr size_t kHashes = 16;
  static constexpr size_t kWhereabouts = 12;
  static constexpr size_t kRecords = 8;
  static constexpr size_t kNumbers = 4;

  Hashes& HashesOf(size_t i) { return hashes_[i % hashes_.size()]; }
  // Works out by which hashes an event's records are found, and asks for where these stand.
  void FindHashes(std::string_view bytes, Hashes* hashes) const;

  const Books& books_;
  const SeqsByHash* const ids_;
  std::array<Hashes, 32> hashes_;  // of the events ahead
};

}  // namespace duebook
