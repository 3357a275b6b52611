// GET /aging/curve.

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/money.h"
#include "projections/reports/aging_curve.h"
#include "projections/reports/curve_cuts.h"
#include "projections/shared/report_parameters.h"
#include "tools/commands/cut_options.h"
#include "tools/commands/known.h"
#include "tools/server/json_writer.h"
#include "tools/server/pinned_answer.h"
#include "tools/server/problem.h"
#include "tools/server/routes.h"

namespace duebook {

namespace {

constexpr uint64_t kMostSteps = 4000;
constexpr uint64_t kUsualSteps = 1000;
constexpr std::string_view kNames[] = {"axis",  "known",    "effective", "from",   "to",
                                       "steps", "currency", "basis",     "buckets"};

struct CurveQuestion {
  CurveCuts cuts;
  CurveScope scope;
  std::string pinned;
};

Error Wrong(std::string sentence) { return {ErrorCode::kInvalidArgument, std::move(sentence), ""}; }

Result<Date> Day(const Target& target, std::string_view name, Date otherwise) {
  const auto text = target.One(name);
  RETURN_IF_ERROR(text);
  if (!text->has_value()) return otherwise;
  return ParseDateOption(name, **text);
}

// The event up to which is known: the newest unless the address says another.
Result<uint64_t> Known(const Target& target, const ServedLedger& served) {
  const uint64_t newest = served.ledger.newest();
  const auto text = target.One("known");
  RETURN_IF_ERROR(text);
  if (!text->has_value()) return newest;
  const auto state = ResolveKnown(served.ledger.log(), **text);
  RETURN_IF_ERROR(state);
  return std::min(state->seq, newest);
}

Result<CurveScope> Scope(const Target& target, const ServedLedger& served) {
  const auto code = target.One("currency");
  RETURN_IF_ERROR(code);
  auto currency = std::optional(served.ledger.log().identity().currency);
  if (code->has_value()) currency = Currency::Parse(**code);
  if (!currency.has_value()) return Wrong(fmt::format("currency {}: there is no such currency", **code));
  ReportRequest request;
  for (const ReportParameter* parameter : {&kAgingBasis, &kBucketEnds}) {
    const auto value = target.One(parameter->name);
    RETURN_IF_ERROR(value);
    if (!value->has_value()) continue;
    const Status set = parameter->set(**value, &request);
    if (!set.ok()) return OfOption(parameter->name, **value, set.error());
  }
  const auto buckets = AgingBuckets::Make(request.bucket_ends);
  RETURN_IF_ERROR(buckets);
  return CurveScope{*currency, request.basis, *buckets};
}

// Every day, from the first that the ledger has to its last unless the address says others.
Result<CurveCuts> Days(const Target& target, const ServedLedger& served, uint64_t known) {
  const LogState state = served.ledger.log().state();
  const auto first = Day(target, "from", state.first_date);
  RETURN_IF_ERROR(first);
  const auto last = Day(target, "to", std::max(state.last_date, *first));
  RETURN_IF_ERROR(last);
  if (*last < *first) return Wrong(fmt::format("to {} is before from {}", last->ToString(), first->ToString()));
  return CurveCuts::OfDays(known, *first, *last);
}

// Events at equal distances, of which the last is the one that is known.
Result<CurveCuts> Events(const Target& target, uint64_t known) {
  const auto day = Day(target, "effective", Today());
  RETURN_IF_ERROR(day);
  const auto asked = target.Number("steps");
  RETURN_IF_ERROR(asked);
  const uint64_t steps = std::clamp<uint64_t>(std::min(asked->value_or(kUsualSteps), known), 1, kMostSteps + 1);
  std::vector<uint64_t> seqs;
  for (uint64_t step = 1; step <= steps; step++) {
    seqs.push_back(known / steps * step + known % steps * step / steps);
  }
  return CurveCuts::OfSeqs(*day, std::move(seqs));
}

std::string PinnedAddress(const Call& call, const CurveQuestion& question) {
  const CurveCuts& cuts = question.cuts;
  const CurveScope& scope = question.scope;
  std::string address = fmt::format("{}?axis={}&known={}", call.target.path, cuts.is_of_days() ? "effective" : "known",
                                    cuts.last().known);
  if (cuts.is_of_days()) {
    address += fmt::format("&from={}&to={}", cuts[0].effective.ToString(), cuts.last().effective.ToString());
  } else {
    address += fmt::format("&effective={}&steps={}", cuts.last().effective.ToString(), cuts.size());
  }
  address += fmt::format("&currency={}", scope.currency.ToString());
  for (const std::string_view name : {"basis", "buckets"}) {
    for (const std::string& value : call.target.All(name))
      address += fmt::format("&{}={}", name, EncodedForTarget(value));
  }
  return address;
}

Result<CurveQuestion> ReadQuestion(const Call& call, const ServedLedger& served) {
  const Target& target = call.target;
  for (const auto& parameter : target.parameters) {
    if (std::find(std::begin(kNames), std::end(kNames), parameter.first) != std::end(kNames)) continue;
    return Wrong(fmt::format("a curve has no parameter {}", parameter.first));
  }
  const auto axis = target.One("axis");
  RETURN_IF_ERROR(axis);
  if (*axis != "effective" && *axis != "known") return Wrong("the parameter axis is effective or known");
  const auto known = Known(target, served);
  RETURN_IF_ERROR(known);
  const auto cuts = *axis == "effective" ? Days(target, served, *known) : Events(target, *known);
  RETURN_IF_ERROR(cuts);
  const auto scope = Scope(target, served);
  RETURN_IF_ERROR(scope);
  CurveQuestion question{*cuts, *scope, ""};
  question.pinned = PinnedAddress(call, question);
  return question;
}

std::string MinorText(Sum sum) {
  static const Currency whole = *Currency::Parse("JPY");  // which has no decimals
  return FormatAmount(sum, whole);
}

std::string CurveAsJson(const CurveQuestion& question, const AgingCurve& curve) {
  const CurveCuts& cuts = question.cuts;
  JsonWriter json;
  json.BeginObject().Member("axis", cuts.is_of_days() ? "effective" : "known");
  if (cuts.is_of_days()) {
    json.Member("known", cuts.last().known);
  } else {
    json.Member("effective", cuts.last().effective.ToString());
  }
  const Currency& currency = question.scope.currency;
  json.Member("currency", currency.ToString()).Member("decimals", static_cast<uint64_t>(currency.decimals()));
  json.Name("figures").BeginList();
  for (const std::string& name : curve.figures().names()) json.Text(name);
  json.EndList();
  if (cuts.is_of_days()) {
    json.Member("first", cuts[0].effective.ToString());
  } else {
    json.Name("seqs").BeginList();
    for (size_t step = 0; step < cuts.size(); step++) json.Number(cuts[step].known);
    json.EndList();
  }
  json.Member("steps", curve.steps()).Name("values").BeginObject();
  for (size_t figure = 0; figure < curve.figures().size(); figure++) {
    json.Name(curve.figures().names()[figure]).BeginList();
    for (const Sum sum : curve[figure]) json.Text(MinorText(sum));
    json.EndList();
  }
  json.EndObject().EndObject();
  return std::move(json).Finish();
}

}  // namespace

RouteAnswer GetCurve(const Call& call, const ServedLedger& served) {
  const auto question = ReadQuestion(call, served);
  if (!question.ok()) return ProblemOf(question.error(), call.request.id);
  if (question->cuts.size() > kMostSteps) {
    return Problem(problems::kTooManySteps, fmt::format("a curve has at most {} steps", kMostSteps), call.request.id);
  }
  const uint64_t known = question->cuts.last().known;
  return AnswerPinned(call, served, {known, question->pinned, ""}, [&]() -> Result<HttpResponse> {
    const History history(served.ledger.columns(), known);
    return JsonResponse(CurveAsJson(*question, MakeAgingCurve(history, question->cuts, question->scope)));
  });
}

}  // namespace duebook
