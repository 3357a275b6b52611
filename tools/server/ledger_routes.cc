// GET /ledger, and GET /seq.

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "projections/shared/closings.h"
#include "projections/shared/projection.h"
#include "tools/server/json_writer.h"
#include "tools/server/problem.h"
#include "tools/server/routes.h"

namespace duebook {

namespace {

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
  const auto after = call.target.Number("after");
  if (!after.ok()) return ProblemOf(after.error(), call.request.id);
  const auto wait = call.target.Number("wait");
  if (!wait.ok()) return ProblemOf(wait.error(), call.request.id);
  const uint64_t seq = after->value_or(served.ledger.newest());
  return Wait{seq, std::chrono::seconds(std::min(wait->value_or(longest), longest)),
              [seq](uint64_t newest) { return SeqResponse(seq, newest); }};
}

}  // namespace duebook
