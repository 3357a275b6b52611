// What a ledger is. Its checkpoints and the record of its end are bound to it.

#pragma once

#include <cstdint>
#include <string>

#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// What a ledger is, fixed when it is made.
struct LedgerIdentity {
  std::string company;
  Currency currency;      // when an event says none
  std::string ledger_id;  // 32 hex digits, random, made at creation
  Time created_at;
  // The first key by which its checkpoints are checked, as in signing_key.h; made at creation if empty. Later ones are
  // put in its place by events: see key_chain.h.
  std::string public_key = {};
  // A copy of another ledger: a backup, or one that is being restored. Nothing is recorded in it but what comes from
  // there.
  bool is_copy = false;
  // The number of events since which all of this is bound to them, by signatures and by the record of the end
  // (log/framed/end_record.h): 0, but in ledgers that were made before there was one.
  uint64_t bound_since = 0;
};

}  // namespace duebook
