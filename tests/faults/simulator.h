// One ledger's life on a machine that fails: random commands, a fault at a random operation, and what is found
// afterwards held against what was acknowledged and against the reference model. Everything follows from the seed.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "tests/faults/history.h"
#include "tests/faults/machine.h"
#include "tests/support/temporary_folder.h"

namespace duebook::faults {

using Problem = std::optional<std::string>;

// What a campaign has seen.
struct Summary {
  uint64_t seeds = 0;
  std::map<std::string, uint64_t> faults;   // by kind: those that came
  uint64_t in_opening = 0;                  // of these, while a ledger was opened
  uint64_t in_background = 0;               // of these, while tables were written or merged
  uint64_t operations = 0;                  // of the file system
  uint64_t acknowledged = 0;                // events
  uint64_t cut_off = 0;                     // sessions with commits that did not end in order, and are said not to have
  uint64_t in_flight_kept = 0;              // commits that were not acknowledged, and were there
  uint64_t in_flight_lost = 0;              // and were not
  std::map<std::string, uint64_t> damages;  // at rest, by kind
  uint64_t reported = 0;                    // of these, as damage
  uint64_t said_torn = 0;                   // of these, by saying that the last session did not end in order
  uint64_t tables = 0;                      // files of tables at the ends

  std::string Show() const;
};

// What verifying a log and its books tells.
Problem FaultOf(const EventLog& log);

class Simulator {
 public:
  Simulator(uint64_t seed, Summary* summary);
  // What went wrong, or nothing.
  Problem Run();

 private:
  // A process's life, from opening to whatever ends it.
  Problem Live(size_t first_call, size_t end_call);
  void ArmFault(uint64_t soon = 0);
  Problem Start();
  void EndProcess();
  Problem Do(const Call& call);
  Problem RecordCall(const Call& call);
  Result<std::vector<Outcome>> Pass(const Call& call, std::vector<MadeCommand> commands);
  Problem ExpectNothingAccepted();
  Problem EndWell();

  // checks.cc
  Problem Resolve(uint64_t last_seq);
  Problem CheckEvents(const EventLog& log);
  Problem CheckAll(const EventLog& log);
  Problem CompareFigures();

  // damage.cc
  Problem EndDamaged();
  bool IsSaidTorn(const EventLog& log) const;
  Problem JudgeAsReader(bool* reported);
  Problem JudgeAsWriter(bool reported);

  LedgerOptions Options();
  std::filesystem::path path() const { return folder_ / "ledger"; }

  TemporaryFolder folder_;
  Random random_;
  Machine machine_;
  Summary* summary_;
  std::vector<Call> calls_;
  std::unique_ptr<Ledger> ledger_;
  int64_t clock_ = 1'700'000'000'000'000;
  Fault fault_;
  bool failed_ = false;          // this process's ledger
  bool ended_in_order_ = false;  // the last process, without a fault
  bool committed_ = false;       // this process
  bool was_cut_off_ = false;     // the last process, which had committed
  bool may_look_torn_ = false;   // the damage at rest is one that a write which was cut off may leave
  uint64_t known_ = 0;           // events before that, by the record of the end

  model::Model acknowledged_;              // what must be there
  std::optional<model::Model> in_flight_;  // what may be there instead
  std::vector<std::string> bytes_;         // of the events that must be there
};

}  // namespace duebook::faults
