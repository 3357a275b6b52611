// Events that the ledger records of its own accord before the one that is decided, in the same commit: on its day, by
// its actor and from its source, under its id with `:1`, `:2` and so on.

#pragma once

#include <initializer_list>
#include <string_view>

#include "ledger/events/event_kind.h"

namespace duebook {

// What a field of such an event says: a text, or else an amount in the currency of the event that is decided.
struct PrecedingField {
  std::string_view name;
  std::string_view text;
  Minor amount = 0;
};

// Adds an event of this type, behind those that were added before. Requires fields of the type, and one of them that
// names a document: the event's customer is that document's.
void Precede(RuleCase& rule_case, EventType type, std::initializer_list<PrecedingField> fields);

}  // namespace duebook
