// What events of each type say, as templates in each language; event_text.h fills them in.

#pragma once

#include <string_view>

#include "ledger/event/event.h"
#include "projections/shared/language.h"

namespace duebook {

// {field} stands for the field's value; a part in [] is left out unless its fields are there.
std::string_view SentenceOf(EventType type, Language language);

// Around an event's memo, which comes behind its sentence: " (memo: " and ")".
struct MemoMarks {
  std::string_view before, behind;
};
MemoMarks MemoMarksOf(Language language);

}  // namespace duebook
