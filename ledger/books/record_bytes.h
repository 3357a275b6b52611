// Records of the books as bytes, for those that are put away (record_shelf.h).

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/books/books_records.h"

namespace duebook {

// The number that a record is kept under, with its kind, and the record.
struct NumberedRecord {
  Name number;
  char kind;
  BooksRecord record;
};

// Nothing if it is one that stays in memory: of a customer, of control, of a write-off, of a payment by bill, of a
// document with many changes or applications. Names are kept by where they are.
std::optional<std::string> BytesOf(Name number, char kind, const BooksRecord& record);
// Requires that BytesOf made these bytes, of names that are still there.
NumberedRecord RecordFrom(std::string_view bytes);

}  // namespace duebook
