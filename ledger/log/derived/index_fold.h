// Folds of the index: under which id, customer, document, type and reference events are found (event_index.h says what
// the index is; this is its form on disk).
//
// Sections, all sorted and of fixed width, little-endian:
//   ids         of each event id: 40 bits of its hash above 24 bits of its event's place in the fold
//   names       likewise of each customer and document that an event introduces
//   references  of each seq that an event refers to: it above 24 bits of the event's place
//   types       of each event: its type above 24 bits of its place, in 4 bytes
//   clocks      of each span of events that a clock was behind (clock_spans.h): the first and the last one's seq, the
//   time that they carry, the earliest and the latest of what their clocks said, 8 bytes each
// A hash is XXH3. Two names may share one, so whoever finds an event looks whether it is the right one.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/clock_spans.h"
#include "ledger/log/derived/fold_maker.h"
#include "ledger/log/derived/folds.h"

namespace duebook {

// As FoldKind says: the sections that one fold of all these events has, whether it is merged or made of the events.
Status MergeIndexFolds(std::span<const Folds::Fold> parts, SectionFileWriter* merged);

// Format 1 had the sums of all amounts in the place of clocks, and format 2 knew fewer types whose events are found by
// their ids, as documents; such folds are made again.
inline constexpr FoldKind kIndexFold{"index", 3, MergeIndexFolds};

class IndexFoldMaker : public FoldMaker {
 public:
  FoldKind kind() const override { return kIndexFold; }
  Status ResumeAfter(const Folds& folds) override;
  void Add(EventView event) override;
  std::vector<std::string> TakeSections() override;

 private:
  uint64_t position_ = 0;  // the last event added
  uint64_t first_ = 1;     // of the fold in the making
  std::vector<uint64_t> ids_, names_, references_;
  std::vector<uint32_t> types_;
  ClockSpans spans_;
};

// The index folds that are there, to be asked.
class IndexFolds {
 public:
  explicit IndexFolds(Folds folds) : folds_(std::move(folds)) {}
  uint64_t position() const { return folds_.position(); }

  // Return the seqs of events that may be the one with this id, or the one that introduces this name (CustomerKey,
  // DocumentKey): of the one that is, and perhaps of others, ascending. kDamaged, kUnavailable.
  Result<std::vector<uint64_t>> OfId(std::string_view id) const;
  Result<std::vector<uint64_t>> OfName(std::string_view key) const;
  // Return the seqs of all events that refer to this one, or are of this type, ascending. kDamaged, kUnavailable.
  Result<std::vector<uint64_t>> ReferringTo(uint64_t seq) const;
  Result<std::vector<uint64_t>> OfType(EventType type) const;
  // Returns the spans of events up to position() that a clock was behind. kDamaged, kUnavailable.
  Result<ClockSpans> Spans() const;

 private:
  Result<std::vector<uint64_t>> Candidates(size_t section, std::string_view name) const;
  template <class Word>
  Result<std::vector<uint64_t>> Exactly(size_t section, Word value) const;

  Folds folds_;
};

}  // namespace duebook
