// How the value of a field is written, for help and for refusals.

#pragma once

#include <string>

#include "ledger/event/event.h"

namespace duebook {

// In words or signs: "YYYY-MM-DD". Of a list as it is written in a CSV cell and in `record`: "DUE AMOUNT;DUE AMOUNT".
std::string FormOf(const FieldInfo& field);

// A value that is taken, as it is written in a CSV cell and in `record`: "2025-03-31".
std::string SampleOf(const FieldInfo& field);

// Returns whether a record of the type has to name a document, which then tells the customer, too.
bool NeedsADocument(const EventTypeInfo& type);

// Returns a value that is taken by a field which holds a list, as JSON.
std::string JsonSampleOf(const FieldInfo& field);

}  // namespace duebook
