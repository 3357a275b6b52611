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
#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/reports/promise_cash.h"

namespace duebook {

struct JudgedPromise {
  uint32_t row;  // of the history's promises
  Date date, due, deadline;
  Minor amount = 0;
  std::vector<uint32_t> pools = {};  // of the cash that counts for it
  std::optional<Date> withdrawn = {}, superseded = {};
  Minor received = 0;
  std::string_view state = {};  // "kept", "partly kept", "broken", "pending", "withdrawn" or "superseded"

  // The last day whose cash counts.
  Date LastDay() const {
    Date last = deadline;
    if (withdrawn.has_value()) last = std::min(last, *withdrawn);
    if (superseded.has_value()) last = std::min(last, *superseded);
    return last;
  }
  bool IsPending() const { return state == "pending"; }
  bool IsBrokenInPart() const { return state == "broken" || state == "partly kept"; }
  Minor Lacking() const { return amount - received; }
  bool closed() const { return withdrawn.has_value() || superseded.has_value(); }
};

// Every promise that the cut sees, in order of seq, decided as at the end of the cut's day. The history has the parts
// kPromises and kCounterparts.
std::vector<JudgedPromise> JudgePromises(const History& history, const Cut& cut, int grace_days = 0);

}  // namespace duebook
