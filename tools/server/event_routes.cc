// GET /events/{seq}, and its proof.

#include <fmt/core.h>

#include "ledger/event/event_json.h"
#include "ledger/values/parse_number.h"
#include "projections/shared/event_text.h"
#include "tools/proof/proof_file.h"
#include "tools/server/json_writer.h"
#include "tools/server/problem.h"
#include "tools/server/routes.h"

namespace duebook {

namespace {

Result<uint64_t> SeqOf(const Call& call, uint64_t newest) {
  const auto seq = ParseNumber(call.parts.front());
  if (!seq.has_value()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} is no event's seq", call.parts.front()), ""};
  }
  if (*seq >= 1 && *seq <= newest) return *seq;
  return Error{ErrorCode::kNotFound, fmt::format("there is no event {}, the last is {}", *seq, newest), ""};
}

Result<std::string> EventAsJson(const Call& call, const ServedLedger& served) {
  const EventLog& log = served.ledger.log();
  const auto seq = SeqOf(call, served.ledger.newest());
  RETURN_IF_ERROR(seq);
  const auto stored = log.Get(*seq);
  RETURN_IF_ERROR(stored);
  const auto leaf = log.TreeNode(0, *seq - 1);
  RETURN_IF_ERROR(leaf);
  const EventView event = stored->view();
  std::string fields;
  AppendEventJson(event, &fields);
  JsonWriter json;
  json.BeginObject()
      .Member("seq", event.seq())
      .Member("type", event.info().name)
      .Member("date", event.date().ToString())
      .Member("recorded_at", event.recorded_at().ToString())
      .Member("customer", event.customer())
      .Member("actor", event.actor())
      .Member("source", event.source())
      .Name("sentence")
      .BeginObject()
      .Member("en", EventText(event, Language::kEnglish))
      .Member("zh", EventText(event, Language::kChinese))
      .EndObject()
      .Name("fields")
      .Json(fields)
      .Member("leaf", ToHex(*leaf))
      .EndObject();
  return std::move(json).Finish();
}

Result<std::string> ProofOf(const Call& call, const ServedLedger& served) {
  const EventLog& log = served.ledger.log();
  const auto seq = SeqOf(call, served.ledger.newest());
  RETURN_IF_ERROR(seq);
  const auto key = served.session.ReadKey(log);
  RETURN_IF_ERROR(key);
  return MakeProofFile(log, {*seq}, *key);
}

}  // namespace

RouteAnswer GetEvent(const Call& call, const ServedLedger& served) {
  auto json = EventAsJson(call, served);
  if (!json.ok()) return ProblemOf(json.error(), call.request.id);
  return JsonResponse(std::move(*json));
}

RouteAnswer GetProof(const Call& call, const ServedLedger& served) {
  auto proof = ProofOf(call, served);
  if (!proof.ok()) return ProblemOf(proof.error(), call.request.id);
  return JsonResponse(std::move(*proof))
      .With("Content-Disposition", fmt::format("attachment; filename=\"{}.proof.json\"", call.parts.front()));
}

}  // namespace duebook
