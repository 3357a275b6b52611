// Encodes checked values as the bytes of an event, for all types alike: a body is built from the descriptions of its
// fields, not from generated code for each type.
//
// Everything that the ledger sets later is in the bytes from the start, at its final size: seq, recorded_at, currency
// and references with 0, `filled` and `internal` fields with the unset values of event.h. A customer that is left to
// the documents is an empty text at the very end of the bytes, where a text of any length can take its place.

#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/command/encode/flat_writer.h"
#include "ledger/command/record_values.h"

namespace duebook {

// Keeps its memory from call to call. For one thread at a time.
class CommandEncoder {
 public:
  Command Encode(const RecordValues& values);

 private:
  // The event of one type with certain fields present, before its values: both of its tables. Places are locations in
  // the bytes; of fields that are absent, 0.
  struct Layout {
    uint64_t present;
    std::string bytes;
    uint32_t date, currency, id, actor, source, memo, customer, references, body_type, imported;
    std::vector<uint32_t> fields;  // of the body
  };

  const Layout& LayoutFor(const RecordValues& values);
  static Layout MakeLayout(const RecordValues& values, uint64_t present);
  void SetHead(const RecordValues& values, const Layout& layout);
  void SetField(const RecordValues& values, const FieldInfo& info, const FieldValue& value, uint32_t place,
                Command* command);
  void SetAmount(uint32_t place, const AmountValue& amount, std::string_view field, Command* command);
  void PointToText(uint32_t place, std::string_view text);
  void PointToTexts(uint32_t place, const RecordValues& values, ItemRange items);
  // Dates for each item of the field's list, until the ledger sets them.
  void PointToUnsetDates(uint32_t place, const RecordValues& values, const FieldInfo& info);
  void PointToItems(uint32_t place, const RecordValues& values, const FieldInfo& info, ItemRange items,
                    Command* command);

  FlatWriter writer_;
  std::array<std::vector<Layout>, 256> layouts_;  // by type
};

}  // namespace duebook
