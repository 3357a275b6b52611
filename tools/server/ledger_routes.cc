// GET /ledger, and GET /seq.

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "ledger/values/parse_number.h"
#include "projections/shared/closings.h"
#include "projections/shared/projection.h"
#include "tools/server/json_writer.h"
#include "tools/server/problem.h"
#include "tools/server/routes.h"

namespace duebook {

namespace {

// A number that a parameter may say; kInvalidArgument: it says something else.
Result<uint64_t> NumberIn(const Call& call, std::string_view name, uint64_t otherwise) {
  const auto text = call.target.One(name);
  RETURN_IF_ERROR(text);
  if (!text->has_value()) return otherwise;
  const auto number = ParseNumber(**text);
  if (number.has_value()) return *number;
  return Error{ErrorCode::kInvalidArgument, fmt::format("{} {}: it is no number", name, **text), ""};
}

// Nothing more is in it than in what was known at `newest`.
Result<std::string> LedgerAsJson(const EventLog& log, uint64_t newest) {
  const LogState state = log.state();
  const auto recorded_at = RecordedAt(log, newest);
  RETURN_IF_ERROR(recorded_at);
  const auto closings = ClosingsOf(log);
  RETURN_IF_ERROR(closings);
  const auto checkpoints = log.KeptCheckpoints();
  RETURN_IF_ERROR(checkpoints);
  JsonWriter json;
  json.BeginObject()
      .Member("company", log.identity().company)
      .Member("currency", log.identity().currency.ToString())
      .Member("ledger", log.identity().ledger_id)
      .Member("events", newest);
  const auto text_if_any = [&](std::string_view name, const std::string& text) {
    json.Name(name);
    newest == 0 ? json.Null() : json.Text(text);
  };
  text_if_any("recorded_at", recorded_at->value_or(Time{}).ToString());
  text_if_any("first_date", state.first_date.ToString());
  text_if_any("last_date", state.last_date.ToString());
  json.Name("closings").BeginList();
  for (const Closing& closing : *closings) {
    if (closing.seq > newest) continue;
    json.BeginObject().Member("seq", closing.seq).Member("through", closing.through.ToString()).EndObject();
  }
  json.EndList().Name("checkpoints").BeginList();
  // Each is kept twice, in the store and as a file.
  std::set<uint64_t> sizes;
  for (const KeptCheckpoint& checkpoint : *checkpoints) sizes.insert(checkpoint.size);
  for (const uint64_t size : sizes) {
    if (size <= newest) json.BeginObject().Member("size", size).EndObject();
  }
  json.EndList().EndObject();
  return std::move(json).Finish();
}

HttpResponse SeqResponse(uint64_t after, uint64_t newest) {
  if (newest <= after) return HttpResponse{204, {}, ""};
  JsonWriter json;
  json.BeginObject().Member("seq", newest).EndObject();
  return JsonResponse(std::move(json).Finish());
}

}  // namespace

RouteAnswer GetLedger(const Call& call, const ServedLedger& served) {
  auto json = LedgerAsJson(served.ledger.log(), served.ledger.newest());
  if (!json.ok()) return ProblemOf(json.error(), call.request.id);
  return JsonResponse(std::move(*json));
}

RouteAnswer GetSeq(const Call& call, const ServedLedger& served) {
  const auto longest = static_cast<uint64_t>(served.limits.longest_wait.count());
  const auto after = NumberIn(call, "after", served.ledger.newest());
  if (!after.ok()) return ProblemOf(after.error(), call.request.id);
  const auto wait = NumberIn(call, "wait", longest);
  if (!wait.ok()) return ProblemOf(wait.error(), call.request.id);
  return Wait{*after, std::chrono::seconds(std::min(*wait, longest)),
              [after = *after](uint64_t newest) { return SeqResponse(after, newest); }};
}

}  // namespace duebook
