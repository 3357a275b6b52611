// What must hold whenever a ledger was opened again.

#include <fmt/format.h>

#include "ledger/checkpoint_check.h"
#include "tests/faults/simulator.h"
#include "tests/support/check_events.h"

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
  const auto no_progress = [](uint64_t, uint64_t) {};
  auto fault = log.Verify(1, no_progress);
  // Checkpoints and books are held only against a log that is sound.
  if (fault.ok() && !fault->has_value()) fault = VerifyCheckpoints(log, {});
  if (fault.ok() && !fault->has_value()) fault = VerifyPrivateKey(log);
  if (fault.ok() && !fault->has_value()) fault = CheckBooks(log);
  if (!fault.ok()) return "verify: " + fault.error().ToString();
  if (fault->has_value()) return "verify: " + (*fault)->sentence;
  const auto missing = MissingCheckpoints(log);
  if (!missing.ok()) return "verify: " + missing.error().ToString();
  if (!missing->empty()) return "verify: " + SentenceOnMissing(*missing);
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
