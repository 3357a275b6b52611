#include "ledger/log/derived/index_fold.h"

#include <xxhash.h>

#include <algorithm>
#include <boost/sort/spreadsort/integer_sort.hpp>
#include <optional>
#include <utility>

#include "ledger/log/derived/index_words.h"
#include "ledger/log/event_index.h"

namespace duebook {

namespace {

// In the upper 40 bits.
uint64_t HashOf(std::string_view name) { return XXH3_64bits(name.data(), name.size()) & ~kPlaceMask; }

// As the machine has them: little-endian on every one that this is built for.
template <class Word>
std::string SortedBytes(std::vector<Word>* words) {
  boost::sort::spreadsort::integer_sort(words->begin(), words->end());
  std::string bytes(words->size() * sizeof(Word), '\0');
  if (!words->empty()) std::memcpy(bytes.data(), words->data(), bytes.size());
  words->clear();
  return bytes;
}

// The words of a page from the first that is not below `least` on.
template <class Word>
size_t LowerBound(std::string_view page, Word least) {
  size_t low = 0;
  size_t high = page.size() / sizeof(Word);
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (WordAt<Word>(page, middle) < least) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Visits the words of a sorted section from `least` to `greatest`. `guess` is a page near to where they begin.
template <class Word, class Visit>
Status ForEachBetween(const SectionFile& file, size_t section, Word least, Word greatest, uint64_t guess,
                      Visit&& visit) {
  const uint64_t pages = file.pages(section);
  if (pages == 0) return Status();
  uint64_t page = std::min(guess, pages - 1);
  auto bytes = ReadWords<Word>(file, section, page);
  RETURN_IF_ERROR(bytes);
  while (page > 0 && WordAt<Word>(*bytes, 0) >= least) {
    bytes = ReadWords<Word>(file, section, --page);
    RETURN_IF_ERROR(bytes);
  }
  while (true) {
    for (size_t i = LowerBound(std::string_view(*bytes), least); i < bytes->size() / sizeof(Word); i++) {
      const Word word = WordAt<Word>(*bytes, i);
      if (word > greatest) return Status();
      visit(word);
    }
    if (++page == pages) return Status();
    bytes = ReadWords<Word>(file, section, page);
    RETURN_IF_ERROR(bytes);
  }
}

// The last page that begins below `least`, or the first one.
template <class Word>
Result<uint64_t> PageBefore(const SectionFile& file, size_t section, Word least) {
  uint64_t low = 0;
  uint64_t high = file.pages(section);
  while (low + 1 < high) {
    const uint64_t middle = low + (high - low) / 2;
    const auto bytes = ReadWords<Word>(file, section, middle);
    RETURN_IF_ERROR(bytes);
    (WordAt<Word>(*bytes, 0) < least ? low : high) = middle;
  }
  return low;
}

// The event at a place of the fold; nothing if it has no such place.
std::optional<uint64_t> SeqAt(const Folds::Fold& fold, uint64_t place) {
  return place <= fold.last_seq - fold.first_seq ? std::optional(fold.first_seq + place) : std::nullopt;
}

// Hashes are spread evenly.
uint64_t PageOfHash(const SectionFile& file, size_t section, uint64_t hash) {
  __extension__ typedef unsigned __int128 Wide;
  return static_cast<uint64_t>(Wide{hash} * file.pages(section) >> 64);
}

}  // namespace

// --- making ---

Status IndexFoldMaker::ResumeAfter(const Folds& folds) {
  position_ = folds.position();
  first_ = position_ + 1;
  return Status();
}

void IndexFoldMaker::Add(EventView event) {
  CHECK(event.seq() == position_ + 1);
  position_ = event.seq();
  const uint64_t place = position_ - first_;
  CHECK(place <= kPlaceMask);
  ids_.push_back(HashOf(event.id()) | place);
  ForEachIntroducedKey(event, [&](const std::string& key) { names_.push_back(HashOf(key) | place); });
  for (size_t i = 0; i < event.reference_count(); i++) {
    if (event.reference(i) != 0) references_.push_back(event.reference(i) << kPlaceBits | place);
  }
  types_.push_back(static_cast<uint32_t>(event.type()) << kPlaceBits | static_cast<uint32_t>(place));
  AddToSpans(event, &spans_);
}

std::vector<std::string> IndexFoldMaker::TakeSections() {
  first_ = position_ + 1;
  return {SortedBytes(&ids_), SortedBytes(&names_), SortedBytes(&references_), SortedBytes(&types_),
          SpanBytes(std::exchange(spans_, {}))};
}

// --- asking ---

Result<std::vector<uint64_t>> IndexFolds::Candidates(size_t section, std::string_view name) const {
  const uint64_t hash = HashOf(name);
  std::vector<uint64_t> seqs;
  bool right = true;
  for (const Folds::Fold& fold : folds_.all()) {
    if (section >= fold.file->section_count()) return NoIndex();
    RETURN_IF_ERROR(ForEachBetween<uint64_t>(*fold.file, section, hash, hash | kPlaceMask,
                                             PageOfHash(*fold.file, section, hash), [&](uint64_t word) {
                                               const auto seq = SeqAt(fold, word & kPlaceMask);
                                               right = right && seq.has_value();
                                               seqs.push_back(seq.value_or(0));
                                             }));
  }
  return right ? Result<std::vector<uint64_t>>(std::move(seqs)) : NoIndex();
}

Result<std::vector<uint64_t>> IndexFolds::OfId(std::string_view id) const { return Candidates(kIds, id); }

Result<std::vector<uint64_t>> IndexFolds::OfName(std::string_view key) const { return Candidates(kNames, key); }

template <class Word>
Result<std::vector<uint64_t>> IndexFolds::Exactly(size_t section, Word value) const {
  const Word least = value << kPlaceBits;
  std::vector<uint64_t> seqs;
  bool right = true;
  for (const Folds::Fold& fold : folds_.all()) {
    if (section >= fold.file->section_count()) return NoIndex();
    const auto page = PageBefore<Word>(*fold.file, section, least);
    RETURN_IF_ERROR(page);
    RETURN_IF_ERROR(
        ForEachBetween<Word>(*fold.file, section, least, least | static_cast<Word>(kPlaceMask), *page, [&](Word word) {
          const auto seq = SeqAt(fold, word & kPlaceMask);
          right = right && seq.has_value() && (seqs.empty() || seqs.back() <= *seq);
          if (right && (seqs.empty() || seqs.back() != *seq)) seqs.push_back(*seq);
        }));
  }
  return right ? Result<std::vector<uint64_t>>(std::move(seqs)) : NoIndex();
}

Result<std::vector<uint64_t>> IndexFolds::ReferringTo(uint64_t seq) const {
  return Exactly<uint64_t>(kReferences, seq);
}

Result<std::vector<uint64_t>> IndexFolds::OfType(EventType type) const {
  return Exactly<uint32_t>(kTypes, static_cast<uint32_t>(type));
}

Result<ClockSpans> IndexFolds::Spans() const {
  ClockSpans spans;
  for (const Folds::Fold& fold : folds_.all()) RETURN_IF_ERROR(AddSpansOf(fold, &spans));
  return spans;
}

}  // namespace duebook
