// Spans of events whose `recorded_at` is not when they were recorded: it never goes backwards, so once a clock has run
// ahead, what is recorded after that carries the time that it had reached, and the reading of the right clock beside it
// (`clock` in the schema).

#pragma once

#include <cstdint>
#include <vector>

#include "ledger/event/event.h"

namespace duebook {

// Consecutive events that carry one time and readings of a clock behind it.
struct ClockSpan {
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;
  Time recorded_at;       // of all of them
  Time earliest, latest;  // of what their clocks said
  friend bool operator==(const ClockSpan&, const ClockSpan&) = default;
};

// In order of seq.
using ClockSpans = std::vector<ClockSpan>;

// Adds a span behind the others: to the last one, if it goes on where that ends.
void AddSpan(const ClockSpan& span, ClockSpans* spans);
// Adds the event, if its clock was behind it. Events come in order of seq.
void AddToSpans(EventView event, ClockSpans* spans);

}  // namespace duebook
