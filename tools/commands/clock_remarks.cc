#include "tools/commands/clock_remarks.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "ledger/values/system_clock.h"
#include "tools/commands/output.h"

namespace duebook {

namespace {

constexpr int64_t kMostAhead = 60'000'000;  // microseconds: clocks of two machines are seldom quite the same

std::string EventsFrom(uint64_t first, uint64_t last) {
  return first == last ? fmt::format("event {} carries", first) : fmt::format("events {} to {} carry", first, last);
}

std::string RemarkOn(const ClockSpan& span) {
  const std::string carry = fmt::format("{} the time {} of a clock that ran ahead",
                                        EventsFrom(span.first_seq, span.last_seq), span.recorded_at.ToString());
  if (span.first_seq == span.last_seq) {
    return fmt::format("{}; by its clock it was recorded at {}", carry, span.earliest.ToString());
  }
  return fmt::format("{}; by their clocks they were recorded from {} to {}", carry, span.earliest.ToString(),
                     span.latest.ToString());
}

// The newest events, whose times this machine's clock has not reached; nothing if there are none.
Result<std::optional<std::string>> RemarkOnFuture(const EventLog& log) {
  const Time now = SystemClock();
  const LogState state = log.state();
  if (state.last_seq == 0 || state.last_recorded_at.microseconds - now.microseconds <= kMostAhead) {
    return std::optional<std::string>();
  }
  const auto reached = log.SeqAt(Time{now.microseconds + kMostAhead});
  RETURN_IF_ERROR(reached);
  return std::optional(
      fmt::format("{} times up to {}, while this machine's clock says {}: a clock ran ahead when they were recorded, "
                  "or this one is "
                  "behind",
                  EventsFrom(*reached + 1, state.last_seq), state.last_recorded_at.ToString(), now.ToString()));
}

// Of a span that begins before `time` by its clocks: the last event that was recorded by then. Clocks go forward, but
// for what this search passes over.
Result<uint64_t> LastByClock(const EventLog& log, const ClockSpan& span, Time time) {
  uint64_t recorded = span.first_seq;
  uint64_t later = span.last_seq + 1;
  while (recorded + 1 < later) {
    const uint64_t middle = recorded + (later - recorded) / 2;
    const auto event = log.Get(middle);
    RETURN_IF_ERROR(event);
    (event->view().clock() <= time ? recorded : later) = middle;
  }
  return recorded;
}

void TellOnce(const std::string& remark) {
  static std::set<std::string> told;
  if (told.insert(remark).second) Tell("duebook: " + remark + "\n");
}

}  // namespace

Result<std::vector<std::string>> ClockRemarks(const EventLog& log) {
  std::vector<std::string> remarks;
  const auto spans = log.FindClockSpans();
  RETURN_IF_ERROR(spans);
  for (const ClockSpan& span : *spans) remarks.push_back(RemarkOn(span));
  const auto future = RemarkOnFuture(log);
  RETURN_IF_ERROR(future);
  if (future->has_value()) remarks.push_back(**future);
  return remarks;
}

Result<uint64_t> SeqAtTime(const EventLog& log, Time time, std::string_view option) {
  const auto seq = log.SeqAt(time);
  RETURN_IF_ERROR(seq);
  if (*seq == log.last_seq()) return *seq;
  const auto spans = log.FindClockSpans();
  RETURN_IF_ERROR(spans);
  for (const ClockSpan& span : *spans) {
    if (span.recorded_at <= time || span.earliest > time) continue;
    const auto last = LastByClock(log, span, time);
    RETURN_IF_ERROR(last);
    TellOnce(
        fmt::format("{} ends at event {}, but {}; by the clocks event {} was the last one by then, which its number "
                    "asks for",
                    option, *seq, RemarkOn(span), *last));
  }
  const auto future = RemarkOnFuture(log);
  RETURN_IF_ERROR(future);
  if (future->has_value()) TellOnce(fmt::format("{} ends at event {}, but {}", option, *seq, **future));
  return *seq;
}

}  // namespace duebook
