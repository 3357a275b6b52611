#include "tools/commands/cut_options.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "tools/commands/clock_remarks.h"

namespace duebook {

void AddCutOptions(CommandOptions command, CutOptions* options, bool two_cuts) {
  Option effective = command.Add("--effective,--as-of", &options->effective,
                                 two_cuts ? "the day whose figures are explained; twice: the two days to compare"
                                          : "count what is dated up to this day");
  Option known =
      command.Add("--known", &options->known,
                  two_cuts ? "what the ledger knew at this event, time or day (UTC); twice: the two states to compare"
                           : "count what the ledger knew at this event, time or day (UTC)");
  effective.Called("YYYY-MM-DD");
  known.Called("SEQ|TIME");
  for (Option* option : {&effective, &known}) {
    if (two_cuts) {
      option->MayRepeat();
    } else {
      option->OnlyOnce();
    }
  }
}

Date Today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  const auto day = Date::Parse(fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday));
  CHECK(day.has_value());
  return *day;
}

Result<Date> ParseDateOption(std::string_view option, const std::string& text) {
  const auto date = Date::Parse(text);
  if (date.has_value()) return *date;
  return Error{ErrorCode::kInvalidArgument, fmt::format("{} {}: there is no such day", option, text),
               "write it as YYYY-MM-DD"};
}

Result<uint64_t> ResolveKnown(const EventLog& log, const std::string& text) {
  uint64_t seq = 0;
  const char* const end = text.data() + text.size();
  if (const auto parsed = std::from_chars(text.data(), end, seq); parsed.ec == std::errc() && parsed.ptr == end) {
    return std::min(seq, log.last_seq());
  }
  const auto time = Time::Parse(text);
  if (!time.has_value()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("--known {} is neither an event's seq nor a time", text),
                 "write 1234, 2026-01-20 or 2026-01-20T17:00:00Z"};
  }
  return SeqAtTime(log, *time, "--known " + text);
}

namespace {

Result<Cut> CutOf(const EventLog& log, const std::string& effective, const std::string& known, OpenEnd open_end) {
  Cut cut;
  cut.known = log.last_seq();
  cut.effective = open_end == OpenEnd::kToday ? Today() : Date::Max();
  if (!effective.empty()) {
    const auto date = ParseDateOption("--effective", effective);
    RETURN_IF_ERROR(date);
    cut.effective = *date;
  }
  if (!known.empty()) {
    const auto seq = ResolveKnown(log, known);
    RETURN_IF_ERROR(seq);
    cut.known = *seq;
  }
  return cut;
}

std::string FirstOf(const std::vector<std::string>& values) { return values.empty() ? "" : values.front(); }
std::string LastOf(const std::vector<std::string>& values) { return values.empty() ? "" : values.back(); }

}  // namespace

Result<Cut> ResolveCut(const EventLog& log, const CutOptions& options, OpenEnd open_end) {
  return CutOf(log, LastOf(options.effective), LastOf(options.known), open_end);
}

Result<Cut> ResolveFirstCut(const EventLog& log, const CutOptions& options, OpenEnd open_end) {
  return CutOf(log, FirstOf(options.effective), FirstOf(options.known), open_end);
}

}  // namespace duebook
