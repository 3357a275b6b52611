// What `record --help` tells of the types of events and their fields: all of it from the schema.

#pragma once

#include <string>
#include <string_view>

#include "ledger/event/event.h"

namespace duebook {

// Every type with what it means, by group, and how to learn more of one.
std::string TypesHelp();

// The type's fields, those of every type among them: which are needed, what they mean, how they are written; and an
// example.
std::string TypeHelp(const EventTypeInfo& type);

// `duebook record TYPE field=value ...` with what the type needs.
std::string ExampleOf(const EventTypeInfo& type);

}  // namespace duebook
