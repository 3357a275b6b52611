// The records that somebody sends to be recorded.

#pragma once

#include <string>
#include <variant>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/proof/ledger_identity.h"
#include "tools/server/call.h"

namespace duebook {

struct PostedRecords {
  std::vector<std::string> ids;  // of the events, in the order of the records
  std::vector<MadeCommand> commands;
};

// Reads the body of a call: one record as import has it in JSON, or a list of them. Who is signed in records all of
// them, as `web`. A record without an id has one that follows from who records, from the field Idempotency-Key and from
// the record's place, so that the same call made once more records nothing twice. A record that says something wrong is
// refused in its place; the answer to the whole call where the body is no records, where one has no id, or names
// another actor, or says that another system decided it.
std::variant<PostedRecords, HttpResponse> ReadPostedRecords(const Call& call, const LedgerIdentity& identity,
                                                            const ServerLimits& limits);

}  // namespace duebook
