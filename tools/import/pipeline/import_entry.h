// What the warnings of an import have to know of a command, read before the command is used up.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/command/command.h"

namespace duebook {

// An invoice, a payment, a credit note or a debit note.
struct ImportEntry {
  size_t item = 0;  // of its batch
  EventType type = EventType::NONE;
  uint64_t id = 0;  // a hash of the event's id
  Date date;
  std::optional<Date> due;  // as given; of instalments the earliest
  // A hash of type, customer, date, currency, amount and reference: entries that share it are one entry told twice, or
  // look like it. A document's reference is its number, a payment's is what the payer wrote. References are the same
  // whose letters and digits are, whatever their case, the signs between them and the zeros before a number. Of a
  // customer who is left to the invoice that the entry names, that invoice's number stands instead.
  uint64_t likeness = 0;
  bool has_reference = false;
  // A hash of customer and currency; 0 if the customer is left to a document, or the amount cannot be told without one.
  uint64_t account = 0;
  Minor amount = 0;   // if there is an account
  Currency currency;  // the ledger's, where it is left to documents: those may say another
};

// The field that holds the reference.
std::string_view ReferenceField(EventType type);

// Nothing for events of other types. Cost: a tenth of a microsecond.
std::optional<ImportEntry> EntryOf(const Command& command, Currency ledger_currency);

}  // namespace duebook
