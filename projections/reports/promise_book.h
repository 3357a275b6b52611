// Promises to pay and what became of them (RULES.md, section 7). The verdict is worked out for the cut:
//
// A promise is open from the day it was made to its deadline (the promised day plus the grace days), or until the day
// within that on which it was withdrawn or a newer promise took its place. Cash of those days counts, each sum once:
// promises take it in order of promised date. One that reaches its amount is kept. One that was closed before it did
// takes nothing: what came in is left to the promise that replaced it.

#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/reports/promise_cash.h"

namespace duebook {

struct JudgedPromise {
  uint64_t seq = 0;
  uint64_t customer_seq = 0;
  std::string number, customer;
  Currency currency;
  Date date, due, deadline;
  Minor amount = 0;
  std::vector<uint64_t> invoices;  // seqs
  std::vector<uint32_t> pools;     // of the cash that counts for it
  std::optional<Date> withdrawn, superseded;
  Minor received = 0;
  std::string state;  // "kept", "partly kept", "broken", "pending", "withdrawn" or "superseded"

  // The last day whose cash counts.
  Date LastDay() const {
    Date last = deadline;
    if (withdrawn.has_value()) last = std::min(last, *withdrawn);
    if (superseded.has_value()) last = std::min(last, *superseded);
    return last;
  }
  bool closed() const { return withdrawn.has_value() || superseded.has_value(); }
};

class PromiseBook {
 public:
  explicit PromiseBook(int grace_days) : grace_days_(grace_days) {}

  // Folds a PromiseMade or PromiseWithdrawn that the cut sees.
  void Evolve(EventView event);
  // Decides every promise as at the end of the cut's day, once all events are folded. The history has to hold the
  // customers of the promises, and may hold others.
  Status Judge(const EventLog& log, const History& history, const Cut& cut);
  // In order of seq.
  const std::vector<JudgedPromise>& promises() const { return promises_; }

 private:
  void AddPromise(EventView event);
  Status FindPools(const History& history, PromiseCash& cash);
  void Supersede(size_t pools);

  int grace_days_;
  std::vector<JudgedPromise> promises_;
  std::unordered_map<uint64_t, size_t> promise_index_;  // by seq
};

}  // namespace duebook
