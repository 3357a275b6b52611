// What is done to a ledger while its disk fails: calls of random commands, small and large, through each of its doors.

#pragma once

#include <cstdint>
#include <vector>

#include "tests/faults/disk.h"
#include "tests/model/model.h"
#include "tests/model/simulation.h"

namespace duebook::faults {

struct Call {
  enum class Kind {
    kRecord,       // each command on its own, one commit
    kAtomic,       // all or nothing
    kTransaction,  // staged one by one, then committed
    kPipeline,     // submitted in parts, and waited for once
    kReopen,
  } kind = Kind::kRecord;
  std::vector<model::Fact> facts;
};

// The reference model's random commands, and between them notes, which the model only counts: some with so much text
// that they fill tables, now and then very many.
std::vector<Call> RandomHistory(Random& random);

// As model::ToCommand, and of notes.
Command CommandOf(const model::Fact& fact, const model::Model& model, const EventLog& log);

// A note that nothing refuses.
model::Fact Note(uint64_t number, uint64_t length);

}  // namespace duebook::faults
