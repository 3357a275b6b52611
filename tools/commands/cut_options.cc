#include "tools/commands/cut_options.h"

#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <utility>

#include "projections/shared/period.h"
#include "tools/commands/known.h"

namespace duebook {

void AddCutOptions(CommandOptions command, CutOptions* options, bool two_cuts) {
  Option effective =
      command.Add("--effective,--as-of", &options->effective,
                  two_cuts ? "the day whose figures are explained; twice: the two days to compare"
                           : "count what is dated up to this day: also month-end, quarter-end, year-end, "
                             "the last that is over; or a month, 2025-12");
  Option known = command.Add("--known", &options->known,
                             two_cuts ? "what the ledger knew at this event, time or day (UTC), close of a period or "
                                        "checkpoint, compared with the newest; twice: the two states to compare"
                                      : "count what the ledger knew at this event, time or day (UTC), close of a "
                                        "period (:1 the first through that day) or checkpoint");
  effective.Called("YYYY-MM-DD");
  known.Called(std::string(kKnownForms));
  for (Option* option : {&effective, &known}) {
    option->NotEmpty();
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

Date DayOf(DefaultDay default_day, Date today) {
  switch (default_day) {
    case DefaultDay::kToday:
      return today;
    case DefaultDay::kEvery:
      return Date::Max();
    case DefaultDay::kMonthEnd:
      return *ReadDayFrom(today, "month-end");
  }
  return today;
}

Status CheckClockIsSet(std::time_t now) {
  constexpr std::time_t kDay = 24 * 60 * 60;
  // A day less at the end, for the zone in which the calendar's day is taken.
  if (now >= 0 && now / kDay < Date::Max().days()) return Status();
  return Error{ErrorCode::kUnavailable,
               fmt::format("this machine's clock says a time {} seconds from 1970, which is no time to work by", now),
               "set the clock"};
}

Result<Date> ParseDateOption(std::string_view option, const std::string& text) {
  const auto day = ReadDayFrom(Today(), text);
  return day.ok() ? day : OfOption(option, text, day.error());
}

namespace {

// What the options say, each as often as it is given; without a day, the default one.
struct Asked {
  std::vector<Date> days;
  std::vector<uint64_t> seqs;
};

Result<Asked> ReadCutOptions(const EventLog& log, const CutOptions& options, DefaultDay default_day,
                             CutRemarks remarks) {
  Asked asked;
  for (const std::string& text : options.effective) {
    const auto day = ParseDateOption("--effective", text);
    RETURN_IF_ERROR(day);
    asked.days.push_back(*day);
  }
  if (asked.days.empty()) asked.days.push_back(DayOf(default_day, Today()));
  for (const std::string& text : options.known) {
    const auto state = ResolveKnown(log, text);
    RETURN_IF_ERROR(state);
    if (!state->remark.empty() && remarks != nullptr) remarks->push_back(state->remark);
    if (!state->remark.empty() && remarks == nullptr) Tell(fmt::format("duebook: {}\n", state->remark));
    asked.seqs.push_back(state->seq);
  }
  return asked;
}

bool IsEarlier(const Cut& a, const Cut& b) { return a.effective <= b.effective && a.known <= b.known; }

}  // namespace

Result<Cut> ResolveCut(const EventLog& log, const CutOptions& options, DefaultDay default_day, CutRemarks remarks) {
  const auto asked = ReadCutOptions(log, options, default_day, remarks);
  RETURN_IF_ERROR(asked);
  const auto& [days, seqs] = *asked;
  return Cut{days.back(), seqs.empty() ? log.last_seq() : seqs.back()};
}

Status CheckLastDay(const CutOptions& options, const ReportRequest& request, bool is_cut) {
  if (options.effective.empty() || !request.to.has_value() || *request.to == request.cut.effective) return Status();
  const bool is_after = *request.to > request.cut.effective;
  if (!is_after && !is_cut) return Status();
  return Error{ErrorCode::kInvalidArgument,
               is_after ? fmt::format("--to {} is after --effective {}, the last day that is counted",
                                      request.to->ToString(), request.cut.effective.ToString())
                        : fmt::format("--to {} and --effective {} both say up to which day is counted",
                                      request.to->ToString(), request.cut.effective.ToString()),
               "leave one of the two out"};
}

Result<TwoCuts> ResolveTwoCuts(const EventLog& log, const CutOptions& options, DefaultDay default_day,
                               CutRemarks remarks) {
  const size_t most = std::max(options.known.size(), options.effective.size());
  if (most > 2) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("two states are compared, and {} are named", most),
                 "give --known, or --effective twice"};
  }
  if (options.known.empty() && options.effective.size() < 2) {
    return Error{ErrorCode::kInvalidArgument, "two states of knowledge, or two dates, are needed",
                 "give --known, or --effective twice"};
  }
  auto asked = ReadCutOptions(log, options, default_day, remarks);
  RETURN_IF_ERROR(asked);
  auto& [days, seqs] = *asked;
  if (seqs.empty() || (seqs.size() == 1 && days.size() == 1)) seqs.push_back(log.last_seq());
  const Cut first{days.front(), seqs.front()};
  const Cut second{days.back(), seqs.back()};
  if (IsEarlier(first, second)) return TwoCuts{first, second};
  if (IsEarlier(second, first)) return TwoCuts{second, first};
  return Error{ErrorCode::kInvalidArgument, "each of the two is the earlier one, by date or by knowledge",
               "give the earlier --effective and the earlier --known first, or ask for dates and knowledge in turn"};
}

}  // namespace duebook
