#include "ledger/event/clock_spans.h"

#include <algorithm>

namespace duebook {

void AddSpan(const ClockSpan& span, ClockSpans* spans) {
  if (spans->empty() || spans->back().last_seq + 1 != span.first_seq || spans->back().recorded_at != span.recorded_at) {
    spans->push_back(span);
    return;
  }
  ClockSpan& last = spans->back();
  last.last_seq = span.last_seq;
  last.earliest = std::min(last.earliest, span.earliest);
  last.latest = std::max(last.latest, span.latest);
}

void AddToSpans(EventView event, ClockSpans* spans) {
  const std::optional<Time> clock = event.clock();
  if (!clock.has_value()) return;
  AddSpan({event.seq(), event.seq(), event.recorded_at(), *clock, *clock}, spans);
}

}  // namespace duebook
