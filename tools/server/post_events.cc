// POST /events: what somebody records, with what became of each record.

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "ledger/values/parse_number.h"
#include "tools/server/json_writer.h"
#include "tools/server/posted_records.h"
#include "tools/server/problem.h"
#include "tools/server/routes.h"

namespace duebook {

namespace {

// The status of an answer to a single record that was refused for this.
int StatusOf(RejectionCode code) {
  if (code < RejectionCode::kIdConflict) return 400;
  if (code == RejectionCode::kIdConflict || code == RejectionCode::kDuplicateNumber) return 409;
  if (code == RejectionCode::kUnknownReference) return 404;
  return code >= RejectionCode::kDiscountRefused ? 403 : 422;
}

const Rejection* RejectionIn(const Outcome& outcome) { return std::get_if<Rejection>(&outcome); }

class OutcomesWriter {
 public:
  OutcomesWriter(const WarmLedger& ledger, const std::vector<std::string>& ids) : ledger_(ledger), ids_(ids) {}

  // `is_recorded`: what is said to be recorded stands in the log.
  Status Append(const std::vector<Outcome>& outcomes, bool is_recorded, JsonWriter* json) const {
    json->Name("outcomes").BeginList();
    for (size_t i = 0; i < outcomes.size(); i++) {
      json->BeginObject().Member("id", ids_[i]);
      if (const auto* recorded = std::get_if<Recorded>(&outcomes[i])) {
        RETURN_IF_ERROR(AppendRecorded(*recorded, is_recorded, json));
      } else if (const auto* duplicate = std::get_if<Duplicate>(&outcomes[i])) {
        json->Member("outcome", "duplicate").Member("seq", duplicate->seq);
      } else {
        const Rejection& rejection = std::get<Rejection>(outcomes[i]);
        json->Member("outcome", "refused")
            .Member("code", CodeName(rejection.code))
            .Member("detail", rejection.sentence)
            .Member("field", rejection.field);
      }
      json->EndObject();
    }
    json->EndList();
    return Status();
  }

 private:
  // Of what was only rehearsed the seqs are those that it would have now.
  Status AppendRecorded(const Recorded& recorded, bool is_recorded, JsonWriter* json) const {
    json->Member("outcome", is_recorded ? "recorded" : "would_be_recorded")
        .Member("seq", recorded.seq)
        .Member("first_seq", recorded.first_seq);
    if (!is_recorded) return Status();
    const auto event = ledger_.log().Get(recorded.seq);
    RETURN_IF_ERROR(event);
    json->Member("recorded_at", event->view().recorded_at().ToString());
    return Status();
  }

  const WarmLedger& ledger_;
  const std::vector<std::string>& ids_;
};

// The members that every problem has, of the first record that was refused.
void AppendRefusal(const Rejection& rejection, const std::string& request, JsonWriter* json) {
  json->Member("type", fmt::format("urn:duebook:problem:{}", CodeName(rejection.code)))
      .Member("title", "The ledger refuses it")
      .Member("status", static_cast<uint64_t>(StatusOf(rejection.code)))
      .Member("detail", rejection.sentence)
      .Member("code", CodeName(rejection.code))
      .Member("field", rejection.field)
      .Member("request", request);
}

HttpResponse ChangedMeanwhile(const std::vector<uint64_t>& newer, uint64_t known, const std::string& request) {
  constexpr size_t kTold = 3;
  std::string events;
  for (size_t i = 0; i < std::min(newer.size(), kTold); i++)
    events += fmt::format("{}{}", i == 0 ? "" : ", ", newer[i]);
  if (newer.size() > kTold) events += " and further ones";
  return Problem(problems::kChanged,
                 fmt::format("of the same customer there are newer events than {}: {}", known, events), request,
                 "look at them, and record it with what is known now");
}

Result<WarmLedger::Answered> RecordAsAsked(WarmLedger& ledger, const WarmLedger::Terms& terms, bool is_plain,
                                           std::span<MadeCommand> commands) {
  if (!is_plain) return ledger.RecordOn(terms, commands);
  auto outcomes = ledger.Record(commands);
  RETURN_IF_ERROR(outcomes);
  return WarmLedger::Answered{*std::move(outcomes), true, {}};
}

}  // namespace

RouteAnswer PostEvents(const Call& call, const ServedLedger& served) {
  const std::string& request = call.request.id;
  WarmLedger::Terms terms;
  for (const auto& [name, value] : call.target.parameters) {
    const bool is_known = (name == "atomic" || name == "rehearse") && value == "1";
    if (!is_known) {
      return Problem(problems::kBadParameter, fmt::format("{} is no parameter of this, or not with that value", name),
                     request, "atomic=1 and rehearse=1 are");
    }
    (name == "atomic" ? terms.all_or_nothing : terms.only_rehearsed) = true;
  }
  if (const std::string* known = call.request.Field("if-known")) {
    terms.if_known = ParseNumber(*known);
    if (!terms.if_known.has_value()) {
      return Problem(problems::kBadRequest, "If-Known does not say an event", request, "it is the seq of the last one");
    }
  }
  auto read = ReadPostedRecords(call, served.ledger.log().identity(), served.limits);
  if (auto* refused = std::get_if<HttpResponse>(&read)) return std::move(*refused);
  auto& [ids, commands] = std::get<PostedRecords>(read);
  const bool is_plain = !terms.all_or_nothing && !terms.only_rehearsed && !terms.if_known.has_value();
  const auto answered = RecordAsAsked(served.ledger, terms, is_plain, commands);
  if (!answered.ok()) return ProblemOf(answered.error(), request);
  if (!answered->newer.empty()) return ChangedMeanwhile(answered->newer, *terms.if_known, request);

  const std::vector<Outcome>& outcomes = answered->outcomes;
  const auto is_refused = [](const Outcome& outcome) { return RejectionIn(outcome) != nullptr; };
  const auto first_refused = std::find_if(outcomes.begin(), outcomes.end(), is_refused);
  const auto recorded = std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& outcome) {
    return answered->recorded && std::holds_alternative<Recorded>(outcome);
  });
  // Nothing came of it but what is there already.
  const bool is_problem = first_refused != outcomes.end() && recorded == 0 && !terms.only_rehearsed;
  JsonWriter json;
  json.BeginObject();
  if (is_problem) AppendRefusal(*RejectionIn(*first_refused), request, &json);
  json.Member("newest", served.ledger.newest());
  const Status appended = OutcomesWriter(served.ledger, ids).Append(outcomes, answered->recorded, &json);
  if (!appended.ok()) return ProblemOf(appended.error(), request);
  HttpResponse response = JsonResponse(std::move(json.EndObject()).Finish());
  if (is_problem) {
    response.status = StatusOf(RejectionIn(*first_refused)->code);
    response.fields = {{"Content-Type", "application/problem+json"}};
  } else if (first_refused != outcomes.end() && !terms.only_rehearsed) {
    response.status = 207;
  } else {
    response.status = recorded > 0 ? 201 : 200;
  }
  return response;
}

}  // namespace duebook
