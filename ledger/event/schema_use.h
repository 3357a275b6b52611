// Which parts of the event schema a log's events use.
//
// A log keeps this beside its events, so that a program whose schema lacks a part of it refuses the log instead of
// passing over what it does not know. It follows from the events and the schema alone: whoever adds an event type or a
// field has nothing to declare.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"

namespace duebook {

class SchemaUse {
 public:
  SchemaUse();

  // Adds what the event uses: its head, its body and the items of its lists. Requires a type that this program knows.
  // Cost: a few reads from the event. Returns whether that is more than all events before used.
  bool Add(EventView event);

  // A line for each table that is used: its name, and how many of its fields are, counted from the first one to the
  // last that some event has. A table never loses a field or changes their order (schemas/README.md), so that a larger
  // number is a newer table.
  std::string Encode() const;
  // Nothing if the text is not one that Encode writes.
  static std::optional<SchemaUse> Decode(std::string_view text);

  // Names the first that is used and that this program's schema lacks: "ReminderSent", "fields of InvoiceIssued".
  // Nothing if it has everything.
  const std::optional<std::string>& lacking() const { return lacking_; }

 private:
  bool AddTable(size_t table, const flatbuffers::Table& used);

  std::vector<uint16_t> fields_;  // by the table's place in this program's schema; 0 if it is not used
  std::optional<std::string> lacking_;
};

}  // namespace duebook
