// What people who record are told of the types of events and their fields: all of it from the schema.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"

namespace duebook {

struct RecordField {
  std::string name, form, meaning;  // "date", "YYYY-MM-DD", a sentence
  bool needed = false;
  std::string sample;  // "" where one is of no use
};

// What a record of the type may say: what every type has, then its own fields, without those that the ledger sets.
std::vector<RecordField> RecordFieldsOf(const EventTypeInfo& type);

// Every type with what it means, by group, and how to learn more of one.
std::string TypesHelp();

// The type's fields, those of every type among them: which are needed, what they mean, how they are written; and an
// example.
std::string TypeHelp(const EventTypeInfo& type);

// `duebook record TYPE field=value ...` with what the type needs.
std::string ExampleOf(const EventTypeInfo& type);

}  // namespace duebook
