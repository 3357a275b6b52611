#include "projections/shared/event_sentences.h"

#include "ledger/events/event_kind.h"

namespace duebook {

std::string_view SentenceOf(EventType type, Language language) {
  const EventKind& kind = KindOf(type);
  return language == Language::kChinese ? kind.chinese_sentence : kind.sentence;
}

MemoMarks MemoMarksOf(Language language) {
  if (language == Language::kChinese) return {"（附注：", "）"};
  return {" (memo: ", ")"};
}

}  // namespace duebook
