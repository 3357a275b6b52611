#include "projections/shared/event_text.h"

#include <algorithm>
#include <string_view>

#include "ledger/event/event_fields.h"
#include "ledger/values/text.h"
#include "projections/shared/event_sentences.h"
#include "projections/shared/values_in_words.h"

namespace duebook {
namespace {

constexpr size_t kShownHashDigits = 12;

std::string WithCommas(const std::string& list) {
  std::string shown;
  for (const char c : list) shown += c == ';' ? ", " : std::string(1, c);
  return shown;
}

std::string Shown(EventView event, const FieldInfo& field, Language language) {
  std::string value = ValueInWords(event, field, language);
  if (value.empty()) return value;
  switch (field.type) {
    case FieldType::kAmount:
      // Set by the ledger though there was none: a discount on an application without one.
      if (field.internal && value.find_first_of("123456789") == std::string::npos) return {};
      return value + " " + event.currency().ToString();
    case FieldType::kHash:
      return value.substr(0, kShownHashDigits) + "…";
    case FieldType::kTextList:
    case FieldType::kItems:
    case FieldType::kDates:
      return WithCommas(value);
    default:
      return value;
  }
}

std::string ValueNamed(EventView event, std::string_view name, Language language) {
  if (name == "customer") return std::string(event.customer());
  if (name == "currency") return event.currency().ToString();
  const FieldInfo* field = event.info().FindField(name);
  CHECK(field != nullptr);
  return Shown(event, *field, language);
}

// Returns whether the event says the field: a number that is what holds anyway says nothing.
bool IsSaid(EventView event, std::string_view name, std::string_view value) {
  const FieldInfo* field = event.info().FindField(name);
  const bool is_number = field != nullptr && field->type == FieldType::kInteger;
  return is_number ? IntegerField(event.body_table(), *field) != field->default_integer : !value.empty();
}

// The template without brackets, its fields filled in. `complete` becomes false if the event does not say one of them.
std::string Filled(EventView event, std::string_view pattern, Language language, bool* complete) {
  std::string text;
  while (!pattern.empty()) {
    const size_t open = std::min(pattern.find('{'), pattern.size());
    text.append(pattern.substr(0, open));
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const size_t close = pattern.find('}');
    CHECK(close != std::string_view::npos);
    const std::string_view name = pattern.substr(1, close - 1);
    const std::string value = ValueNamed(event, name, language);
    if (!IsSaid(event, name, value)) *complete = false;
    text.append(value);
    pattern.remove_prefix(close + 1);
  }
  return text;
}

std::string Sentence(EventView event, std::string_view pattern, Language language) {
  std::string text;
  while (!pattern.empty()) {
    const bool optional = pattern.front() == '[';
    const size_t end = std::min(pattern.find(optional ? ']' : '['), pattern.size());
    bool complete = true;
    const std::string part =
        Filled(event, pattern.substr(optional ? 1 : 0, end - (optional ? 1 : 0)), language, &complete);
    if (complete || !optional) text.append(part);
    pattern.remove_prefix(std::min(end + (optional ? 1 : 0), pattern.size()));
  }
  return text;
}

}  // namespace

std::string EventText(EventView event, Language language) {
  std::string text = Sentence(event, SentenceOf(event.type(), language), language);
  const MemoMarks marks = MemoMarksOf(language);
  if (!event.memo().empty()) text.append(marks.before).append(event.memo()).append(marks.behind);
  // Prose may have several lines.
  std::replace_if(
      text.begin(), text.end(),
      [](char c) {
        return HasControlCharacter({&c, 1});
      },
      ' ');
  return text;
}

std::string MainDocument(EventView event) {
  std::string first;
  // What an event is by its own id is no document that people know.
  const auto keep_first = [&](DocumentKind kind, std::string_view number) {
    if (first.empty() && kind != event.info().introduces_by_event_id) first = number;
  };
  ForEachIntroduced(event, keep_first);
  ForEachNamed(event, keep_first);
  return first;
}

}  // namespace duebook
