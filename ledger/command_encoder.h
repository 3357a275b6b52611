// Encodes checked values as the bytes of an event, for all types alike: a body is built from the descriptions of its
// fields, not from generated code for each type.
//
// Everything that the ledger sets later is in the bytes from the start, at its final size: seq, recorded_at, currency
// and references with 0, `filled` and `internal` fields with the unset values of event.h. A customer that is left to
// the documents is an empty text at the very end of the bytes, where a text of any length can take its place.

#pragma once

#include <vector>

#include "flatbuffers/flatbuffer_builder.h"
#include "ledger/command.h"
#include "ledger/record_values.h"

namespace duebook {

// Keeps its buffers from call to call. For one thread at a time.
class CommandEncoder {
 public:
  Command Encode(const RecordValues& values);

 private:
  using Location = uint32_t;  // from the end of the bytes, as the builder counts; 0: nothing there

  Command Taken(const RecordValues& values, Location open_customer);
  static void AddLookups(const RecordValues& values, Command* command);
  Location AddText(std::string_view text);
  Location AddTexts(const RecordValues& values, ItemRange items);
  Location AddInstalments(const RecordValues& values);
  Location AddBands(const RecordValues& values);
  Location AddReferences(size_t count);
  Location AddListOrText(const RecordValues& values, const FieldInfo& field, const FieldValue& value);
  Location AddBody(const RecordValues& values);
  void AddValue(const FieldInfo& field, const FieldValue& value);
  void AddAmount(uint16_t vtable_offset, const AmountValue& amount, std::string_view field);
  void AddLocation(uint16_t vtable_offset, Location location);

  struct OpenAmount {
    Location location;
    Decimal value;
    std::string_view field;
  };

  flatbuffers::FlatBufferBuilder builder_;
  std::vector<OpenAmount> open_amounts_;
  std::vector<Location> locations_;  // of the body's fields
  std::vector<flatbuffers::Offset<flatbuffers::String>> texts_;
};

}  // namespace duebook
