// One line of JSON Lines as a Record.

#pragma once

#include <simdjson.h>

#include <optional>
#include <string>

#include "ledger/command/command.h"

namespace duebook {

// Reads JSON objects. What a Record holds are views into the reader and the line; good until the next call.
class JsonRecordReader {
 public:
  // `line` must be followed by simdjson::SIMDJSON_PADDING readable bytes. Fills record->fields; members with value
  // null are left out. A rejection (malformed_line, invalid_text, nested_too_deep) says what is wrong.
  std::optional<Rejection> Read(std::string_view line, Record* record);

 private:
  simdjson::ondemand::parser parser_;
};

}  // namespace duebook
