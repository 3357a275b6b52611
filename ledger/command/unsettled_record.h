// A record that names something in a spelling that nothing new is given: in another normal form than NFC, or with
// characters that are not seen. Older ledgers hold such names, and whoever names what they hold means that; all other
// such names are put into NFC, or refused. Which it is only the books can tell, so the record is kept until they are
// asked.

#pragma once

#include <string>
#include <string_view>

#include "ledger/command/command.h"

namespace duebook {

class UnsettledRecord {
 public:
  // Copies what both hold views of.
  UnsettledRecord(const Record& record, const CommandContext& context);
  UnsettledRecord(const UnsettledRecord&) = delete;
  UnsettledRecord& operator=(const UnsettledRecord&) = delete;

  // The event id as given; "" if there is none.
  std::string_view id() const;
  // The record as one of a new event: what is known is named as it is known, what is new is spelled as it has to be.
  MadeCommand ReadAsNew(KnownNames* known) const;
  // The record with all its texts as given, to be compared with an event that has its id.
  MadeCommand ReadAsGiven() const;

 private:
  void TakeTexts(RawValue* value);

  std::string texts_;  // of all values, one behind the other
  std::string default_actor_;
  Record record_;
  CommandContext context_;
};

}  // namespace duebook
