// What must hold whenever a ledger was opened again.

#include <fmt/format.h>

#include "projections/verification.h"
#include "tests/faults/simulator.h"

namespace duebook::faults {

// A commit that was in flight is there as a whole, or not at all.
Problem Simulator::Resolve(uint64_t last_seq) {
  const bool kept = in_flight_.has_value() && last_seq == in_flight_->facts().size();
  if (!kept && last_seq != acknowledged_.facts().size()) {
    return fmt::format("there are {} events, acknowledged are {}, with those in flight {}", last_seq,
                       acknowledged_.facts().size(),
                       in_flight_.has_value() ? in_flight_->facts().size() : acknowledged_.facts().size());
  }
  if (in_flight_.has_value()) (kept ? summary_->in_flight_kept : summary_->in_flight_lost)++;
  if (kept) acknowledged_ = std::move(*in_flight_);
  in_flight_.reset();
  return std::nullopt;
}

// Compares the events with the first ones of those that were acknowledged, and remembers those that are new.
Problem Simulator::CheckEvents(const EventLog& log) {
  uint64_t seq = 0;
  Problem problem;
  const auto visit = [&](EventView event) {
    seq++;
    const model::Fact& fact = acknowledged_.facts()[seq - 1];
    if (event.seq() != seq) problem = fmt::format("event {} follows event {}", event.seq(), seq - 1);
    if (event.info().name != fact.type || event.date() != fact.date) {
      problem = fmt::format("event {} is a {}, not a {}", seq, event.info().name, fact.type);
    }
    if (seq > bytes_.size()) {
      bytes_.emplace_back(event.bytes());
    } else if (bytes_[seq - 1] != event.bytes()) {
      problem = fmt::format("event {} has other bytes than were acknowledged", seq);
    }
    return !problem.has_value();
  };
  const Status scanned = log.Scan(1, log.last_seq(), visit);
  if (!scanned.ok()) return "scan: " + scanned.error().ToString();
  if (!problem && seq != log.last_seq()) problem = fmt::format("the scan ends at event {}", seq);
  return problem;
}

Problem FaultOf(const EventLog& log) {
  const auto verified = VerifyLedger(log);
  if (!verified.ok()) return "verify: " + verified.error().ToString();
  if (verified->fault.has_value()) return "verify: " + verified->fault->sentence;
  if (!verified->missing_checkpoints.empty()) return "verify: " + SentenceOnMissing(verified->missing_checkpoints);
  return std::nullopt;
}

Problem Simulator::CheckAll(const EventLog& log) {
  Problem problem = CheckEvents(log);
  return problem.has_value() ? problem : FaultOf(log);
}

// Uses the ledger up.
Problem Simulator::CompareFigures() {
  model::Simulation comparison(std::move(ledger_), acknowledged_);
  model::Generator generator(random_());
  if (Problem problem = comparison.CompareAt(generator.RandomCut(acknowledged_))) return problem;
  return comparison.CompareAt(Cut{Date::Max(), acknowledged_.facts().size()});
}

}  // namespace duebook::faults
