// States of knowledge as people name them: what the ledger knew at an event, at a time, when a period was closed, when
// a checkpoint was made.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

struct KnownState {
  uint64_t seq = 0;    // everything up to this event was known
  std::string remark;  // what whoever asked for it should be told; empty: nothing
};

// The forms of --known, for the help.
inline constexpr std::string_view kKnownForms = "SEQ|TIME|close:DATE[:N]|checkpoint:SIZE";

// What `text` names:
//   1234               the event with this seq; the newest one, if there is none yet
//   2026-01-20[T...]   the last event recorded at or before that time, or on that day, UTC
//   close:DATE         the PeriodClosed in force that closed the books through that day
//   close:DATE:N       the Nth that ever did, whether the period was reopened afterwards or not
//   checkpoint:SIZE    the last of the events that a checkpoint of this size was signed over
// kInvalidArgument: none of these. kNotFound: no such close, or the ledger has fewer events than the checkpoint. Cost:
// of a close, one look at each event that closed or reopened a period.
Result<KnownState> ResolveKnown(const EventLog& log, const std::string& text);

}  // namespace duebook
