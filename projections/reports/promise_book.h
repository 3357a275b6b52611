// Promises to pay and what became of them (RULES.md, section 7). The verdict is worked out for the cut:
//
// A promise is open from the day it was made to its deadline (the promised day plus its own days of grace or, where it
// says none, those that the report gives), or until the day within that on which it was withdrawn or a newer promise
// took its place. Promises of one plan stand beside each other. Cash of those days counts, each sum once:
// promises take it in order of promised date. One that reaches its amount is kept. One that was closed before it did
// takes nothing: what came in is left to the promise that replaced it.

#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/values/cut.h"
#include "projections/history/history.h"
#include "projections/reports/promise_cash.h"

namespace duebook {

inline constexpr std::string_view kKeptState = "kept", kPartlyKeptState = "partly kept", kBrokenState = "broken",
                                  kPendingState = "pending", kWithdrawnState = "withdrawn",
                                  kSupersededState = "superseded";

struct JudgedPromise {
  uint32_t row;  // of the history's promises
  Date date, due, deadline;
  Minor amount = 0;
  std::vector<uint32_t> pools = {};  // of the cash that counts for it
  std::optional<Date> withdrawn = {}, superseded = {};
  Minor received = 0;
  std::string_view state = {};  // one of the above

  // The last day whose cash counts.
  Date LastDay() const {
    Date last = deadline;
    if (withdrawn.has_value()) last = std::min(last, *withdrawn);
    if (superseded.has_value()) last = std::min(last, *superseded);
    return last;
  }
  bool closed() const { return withdrawn.has_value() || superseded.has_value(); }
  bool IsPending() const { return state == kPendingState; }
  bool IsBrokenInPart() const { return state == kBrokenState || state == kPartlyKeptState; }  // or as a whole
  // What is still to come of what is promised. Of a pending promise it may come yet.
  Minor Lacking() const { return amount - received; }
};

// Every promise that the cut sees, in order of seq, decided as at the end of the cut's day; `grace_days` are those of
// promises that say none. The history has the parts kPromises and kCounterparts. Cost: a pass over the history, and n
// log n for n promises and what was paid on them.
std::vector<JudgedPromise> JudgePromises(const History& history, const Cut& cut, int grace_days = 0);

// Returns those that are pending and wanted, by the promised day and then in order of seq; of promises in order of seq,
// which must outlive what is returned.
std::vector<const JudgedPromise*> PendingByDue(const std::vector<JudgedPromise>& promises,
                                               const std::function<bool(const JudgedPromise&)>& is_wanted);

// Returns the items of the invoices that a promise, a row of the history's promises, names; empty if it names none.
std::vector<uint32_t> InvoicesNamedBy(const History& history, uint32_t promise);

}  // namespace duebook
