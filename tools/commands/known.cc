#include "tools/commands/known.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "projections/shared/closings.h"
#include "projections/shared/report_parameters.h"
#include "tools/commands/clock_remarks.h"

namespace duebook {

namespace {

constexpr std::string_view kClose = "close:";
constexpr std::string_view kCheckpoint = "checkpoint:";

// The largest there is, if that has too many digits.
std::optional<uint64_t> NumberOf(std::string_view text) {
  uint64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec == std::errc::invalid_argument || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return parsed.ec == std::errc() ? number : UINT64_MAX;
}

Error Wrong(const std::string& text, std::string_view sentence, std::string hint) {
  return {ErrorCode::kInvalidArgument, fmt::format("--known {}{}", text, sentence), std::move(hint)};
}

// What was closed, for who asked for another day.
std::string ClosedDays(const std::vector<Closing>& closings) {
  if (closings.empty()) return "no period was closed yet";
  std::vector<std::string> days;
  for (const Closing& closing : closings) {
    const std::string day = closing.through.ToString();
    if (std::find(days.begin(), days.end(), day) == days.end()) days.push_back(day);
  }
  std::string text = "periods were closed through ";
  for (size_t i = 0; i < days.size(); i++) text += (i == 0 ? "" : ", ") + days[i];
  return text;
}

Error NoClose(const std::string& text, std::string sentence, std::string hint) {
  return {ErrorCode::kNotFound, fmt::format("--known {}: {}", text, sentence), std::move(hint)};
}

Result<KnownState> AtNthClose(const std::string& text, const std::vector<Closing>& of_day, uint64_t n) {
  if (n <= of_day.size()) return KnownState{of_day[n - 1].seq, ""};
  return NoClose(text, fmt::format("the books were closed through that day {} times", of_day.size()), "");
}

Result<KnownState> AtCloseInForce(const std::string& text, const std::vector<Closing>& of_day) {
  const Closing& last = of_day.back();
  if (last.reopened_by == 0) return KnownState{last.seq, ""};
  return NoClose(text,
                 fmt::format("no closing through that day is in force: that of event {} was lifted by event {}",
                             last.seq, last.reopened_by),
                 fmt::format("{}:{} is what was known when it was made", text, of_day.size()));
}

// "close:2025-12-31", "close:2025-12-31:1".
Result<KnownState> AtClose(const EventLog& log, const std::string& text) {
  const std::string_view rest = std::string_view(text).substr(kClose.size());
  const size_t colon = std::min(rest.find(':'), rest.size());
  const auto day = ReadDay(rest.substr(0, colon));
  if (!day.ok()) return Wrong(text, ": " + day.error().sentence, "write close:YYYY-MM-DD, or close:YYYY-MM-DD:1");
  std::optional<uint64_t> n;
  if (colon < rest.size()) {
    n = NumberOf(rest.substr(colon + 1));
    if (n.value_or(0) == 0) return Wrong(text, ": closes are counted from 1", "write close:YYYY-MM-DD:1 for the first");
  }
  auto closings = ClosingsOf(log);
  RETURN_IF_ERROR(closings);
  std::vector<Closing> of_day;
  std::copy_if(closings->begin(), closings->end(), std::back_inserter(of_day),
               [&](const Closing& closing) { return closing.through == *day; });
  if (of_day.empty()) return NoClose(text, "the books were never closed through that day", ClosedDays(*closings));
  return n.has_value() ? AtNthClose(text, of_day, *n) : AtCloseInForce(text, of_day);
}

// A checkpoint may well be kept elsewhere alone.
Result<KnownState> AtCheckpoint(const EventLog& log, const std::string& text) {
  const auto size = NumberOf(std::string_view(text).substr(kCheckpoint.size()));
  if (!size.has_value()) {
    return Wrong(text, " names no checkpoint", "write checkpoint:SIZE, with a size of `duebook checkpoint --list`");
  }
  if (*size > log.last_seq()) {
    return Error{ErrorCode::kNotFound, fmt::format("--known {}: the ledger has only {} events", text, log.last_seq()),
                 "hold the checkpoint against it with `duebook checkpoint --check`"};
  }
  const auto kept = log.KeptCheckpoints();
  RETURN_IF_ERROR(kept);
  const bool here = std::any_of(kept->begin(), kept->end(), [&](const auto& one) { return one.size == *size; });
  return KnownState{*size,
                    here ? "" : fmt::format("--known {}: the ledger itself keeps no checkpoint of that size", text)};
}

// Also of a time: nothing is known after the newest event.
std::string BeyondNewest(const std::string& text, const LogState& state) {
  if (state.last_seq == 0) return fmt::format("--known {}: no event is recorded yet", text);
  return fmt::format("--known {} is beyond the newest event, which is {}, recorded at {}", text, state.last_seq,
                     state.last_recorded_at.ToString());
}

std::string BeforeFirst(const std::string& text, const LogState& state) {
  return fmt::format("--known {}: the ledger's first event was recorded at {}; nothing was known before", text,
                     state.first_recorded_at.ToString());
}

KnownState AtSeq(const EventLog& log, const std::string& text, uint64_t seq) {
  const LogState state = log.state();
  if (seq > state.last_seq) return {state.last_seq, BeyondNewest(text, state)};
  return {seq, seq == 0 && state.last_seq > 0 ? BeforeFirst(text, state) : ""};
}

Result<KnownState> AtTime(const EventLog& log, const std::string& text) {
  const auto time = Time::Parse(text);
  if (!time.has_value()) {
    return Wrong(text, " is neither an event's seq nor a time, a close or a checkpoint",
                 "write 1234, 2026-01-20, 2026-01-20T17:00:00Z, close:2025-12-31 or checkpoint:1234");
  }
  const auto seq = SeqAtTime(log, *time, "--known " + text);
  RETURN_IF_ERROR(seq);
  const LogState state = log.state();
  // A day ends after all that was recorded on it.
  const bool has_the_newest = state.last_recorded_at.ToString().starts_with(text);
  if (state.last_seq == 0 || (*time > state.last_recorded_at && !has_the_newest))
    return KnownState{*seq, BeyondNewest(text, state)};
  return KnownState{*seq, *seq == 0 ? BeforeFirst(text, state) : ""};
}

}  // namespace

Result<KnownState> ResolveKnown(const EventLog& log, const std::string& text) {
  if (text.starts_with(kClose)) return AtClose(log, text);
  if (text.starts_with(kCheckpoint)) return AtCheckpoint(log, text);
  if (const auto seq = NumberOf(text)) return AtSeq(log, text, *seq);
  return AtTime(log, text);
}

}  // namespace duebook
