#include "ledger/log/derived/index_words.h"

#include "ledger/log/derived/damaged.h"

namespace duebook {

namespace {

constexpr size_t kSpanWords = 5;

ClockSpan SpanAt(std::string_view bytes, size_t index) {
  const auto word = [&](size_t place) { return WordAt<uint64_t>(bytes, index * kSpanWords + place); };
  const auto time = [&](size_t place) { return Time{static_cast<int64_t>(word(place))}; };
  return {word(0), word(1), time(2), time(3), time(4)};
}

}  // namespace

Error NoIndex() { return DamagedDerived("a fold of the index does not hold what it should"); }

std::string SpanBytes(const ClockSpans& spans) {
  std::string bytes;
  for (const ClockSpan& span : spans) {
    const uint64_t words[kSpanWords] = {
        span.first_seq, span.last_seq, static_cast<uint64_t>(span.recorded_at.microseconds),
        static_cast<uint64_t>(span.earliest.microseconds), static_cast<uint64_t>(span.latest.microseconds)};
    bytes.append(reinterpret_cast<const char*>(words), sizeof(words));
  }
  return bytes;
}

Status AddSpansOf(const Folds::Fold& fold, ClockSpans* spans) {
  if (kClocks >= fold.file->section_count()) return NoIndex();
  const auto bytes = fold.file->Read(kClocks);
  RETURN_IF_ERROR(bytes);
  for (size_t i = 0; i < bytes->size() / (kSpanWords * sizeof(uint64_t)); i++) {
    const ClockSpan span = SpanAt(*bytes, i);
    if (span.first_seq < fold.first_seq || span.last_seq > fold.last_seq || span.first_seq > span.last_seq) {
      return NoIndex();
    }
    AddSpan(span, spans);
  }
  return Status();
}

}  // namespace duebook
