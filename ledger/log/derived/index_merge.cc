// Merging folds of the index: each sorted section of the merged fold is made of the same section of its parts, a page
// of each in memory.

#include <algorithm>
#include <boost/sort/spreadsort/integer_sort.hpp>
#include <limits>
#include <vector>

#include "ledger/log/derived/index_fold.h"
#include "ledger/log/derived/index_words.h"

namespace duebook {

namespace {

// The words of a section of one part, in order, with the places that their events have in the merged fold.
template <class Word>
class PartWords {
 public:
  PartWords(const Folds::Fold& part, size_t section, uint64_t places_before)
      : file_(*part.file),
        section_(section),
        shift_(static_cast<Word>(places_before)),
        last_place_(part.last_seq - part.first_seq) {}

  // Goes on to the next page, if all of the present one were taken. kDamaged, kUnavailable.
  Status Fill() {
    if (next_ < words_.size() || on_last_page()) return Status();
    const auto bytes = ReadWords<Word>(file_, section_, page_++);
    RETURN_IF_ERROR(bytes);
    next_ = 0;
    words_.resize(bytes->size() / sizeof(Word));
    for (size_t i = 0; i < words_.size(); i++) {
      const auto word = WordAt<Word>(*bytes, i);
      if (word < greatest_ || (word & kPlaceMask) > last_place_) return NoIndex();
      greatest_ = word;
      words_[i] = word + shift_;
    }
    return Status();
  }
  bool on_last_page() const { return page_ == file_.pages(section_); }
  // The last one of the page.
  Word last() const { return words_.back(); }

  // Takes those of the page that are not above `most`.
  void TakeUpTo(Word most, std::vector<Word>* taken) {
    const auto begin = words_.begin() + static_cast<ptrdiff_t>(next_);
    const auto end = std::upper_bound(begin, words_.end(), most);
    taken->insert(taken->end(), begin, end);
    next_ = static_cast<size_t>(end - words_.begin());
  }

 private:
  const SectionFile& file_;
  const size_t section_;
  const Word shift_;
  const uint64_t last_place_;
  uint64_t page_ = 0;  // the next one
  std::vector<Word> words_;
  size_t next_ = 0;  // the first of them that was not taken
  Word greatest_ = 0;
};

// Each round takes from every part the words up to the smallest last word of the pages in memory: no word still on disk
// is smaller.
template <class Word>
Status MergeWords(std::span<const Folds::Fold> parts, size_t section, SectionFileWriter* merged) {
  RETURN_IF_ERROR(merged->BeginSection());
  std::vector<PartWords<Word>> all;
  for (const Folds::Fold& part : parts) all.emplace_back(part, section, part.first_seq - parts.front().first_seq);
  std::vector<Word> taken;
  do {
    Word most = std::numeric_limits<Word>::max();
    for (PartWords<Word>& words : all) {
      RETURN_IF_ERROR(words.Fill());
      if (!words.on_last_page()) most = std::min(most, words.last());
    }
    taken.clear();
    for (PartWords<Word>& words : all) words.TakeUpTo(most, &taken);
    boost::sort::spreadsort::integer_sort(taken.begin(), taken.end());
    RETURN_IF_ERROR(merged->Append({reinterpret_cast<const char*>(taken.data()), taken.size() * sizeof(Word)}));
  } while (!taken.empty());
  return Status();
}

}  // namespace

Status MergeIndexFolds(std::span<const Folds::Fold> parts, SectionFileWriter* merged) {
  ClockSpans spans;
  for (const Folds::Fold& part : parts) {
    if (part.file->section_count() != kIndexSections) return NoIndex();
    RETURN_IF_ERROR(AddSpansOf(part, &spans));
  }
  for (const size_t section : {kIds, kNames, kReferences}) {
    RETURN_IF_ERROR(MergeWords<uint64_t>(parts, section, merged));
  }
  RETURN_IF_ERROR(MergeWords<uint32_t>(parts, kTypes, merged));
  RETURN_IF_ERROR(merged->BeginSection());
  return merged->Append(SpanBytes(spans));
}

}  // namespace duebook
