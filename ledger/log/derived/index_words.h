// What the sections of an index fold are made of (index_fold.h): for those who make, ask and merge such folds.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "ledger/event/clock_spans.h"
#include "ledger/log/derived/folds.h"
#include "ledger/log/derived/section_file.h"
#include "ledger/values/result.h"

namespace duebook {

enum IndexSection : size_t { kIds, kNames, kReferences, kTypes, kClocks, kIndexSections };

constexpr int kPlaceBits = 24;
constexpr uint64_t kPlaceMask = (uint64_t{1} << kPlaceBits) - 1;
static_assert(FoldSizes().merged.back() <= kPlaceMask + 1);

// Returns the error for a fold whose checksums are right but whose sections cannot be those of an index.
Error NoIndex();

// As the machine has them: little-endian on every one that this is built for.
template <class Word>
Word WordAt(std::string_view bytes, size_t index) {
  Word word = 0;
  std::memcpy(&word, bytes.data() + index * sizeof(Word), sizeof(Word));
  return word;
}

// A page of a section of words: at least one, and whole ones. kDamaged, kUnavailable.
template <class Word>
Result<std::string> ReadWords(const SectionFile& file, size_t section, uint64_t page) {
  auto bytes = file.ReadPage(section, page);
  if (bytes.ok() && bytes->size() % sizeof(Word) != 0) return NoIndex();
  return bytes;
}

// The section of clocks.
std::string SpanBytes(const ClockSpans& spans);
// Adds that of the fold behind the others. kDamaged, kUnavailable.
Status AddSpansOf(const Folds::Fold& fold, ClockSpans* spans);

}  // namespace duebook
