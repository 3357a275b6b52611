#include "tools/server/routes.h"

namespace duebook {

namespace {

RouteAnswer GetHealth(const Call& /*call*/, const ServedLedger& /*served*/) {
  return JsonResponse("{\"status\":\"ok\"}\n");
}

}  // namespace

HttpResponse JsonResponse(std::string json) {
  HttpResponse response{200, {}, std::move(json)};
  response.With("Content-Type", "application/json");
  return response;
}

std::span<const Route> AllRoutes() {
  using enum Route::Who;
  using enum Route::Turn;
  static constexpr Route routes[] = {
      {"POST", "/session", kAnybody, kAtOnce, PostSession},
      {"GET", "/session", kSignedIn, kAtOnce, GetSession},
      {"DELETE", "/session", kSignedIn, kAtOnce, DeleteSession},
      {"GET", "/ledger", kSignedIn, kQuery, GetLedger},
      {"GET", "/reports", kSignedIn, kAtOnce, GetReports},
      {"GET", "/reports/{name}", kSignedIn, kQuery, GetReport},
      {"GET", "/aging/curve", kSignedIn, kQuery, GetCurve},
      {"GET", "/types", kSignedIn, kAtOnce, GetTypes},
      {"POST", "/events", kSignedIn, kRecord, PostEvents},
      {"GET", "/events/{seq}", kSignedIn, kQuery, GetEvent},
      {"GET", "/events/{seq}/proof", kSignedIn, kQuery, GetProof},
      {"GET", "/seq", kSignedIn, kAtOnce, GetSeq},
      {"GET", "/health/live", kAnybody, kAtOnce, GetHealth},
      {"GET", "/health/ready", kAnybody, kAtOnce, GetHealth},
  };
  return routes;
}

}  // namespace duebook
