// What an event says, in one line for people: the sentence of its type (ledger/events/event_kind.h), with its values.

#pragma once

#include <string>

#include "ledger/event/event.h"
#include "projections/shared/language.h"

namespace duebook {

// "Invoice INV-7 of 1200.00 CNY issued, due 2025-03-31 (memo: second delivery)". Fields that are absent are left out;
// hashes are cut to their first 12 digits; lines of prose are joined.
std::string EventText(EventView event, Language language = Language::kEnglish);

// The document that the event is chiefly about: what it introduces by a number of its own, else what it names first; ""
// if it is about none.
std::string MainDocument(EventView event);

}  // namespace duebook
