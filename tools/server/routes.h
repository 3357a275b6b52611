// The table of the API: what may be asked, and who may ask it. openapi.yaml describes the same to others; a test holds
// one against the other.

#pragma once

#include <span>
#include <string_view>

#include "tools/server/call.h"

namespace duebook {

struct Route {
  enum class Who : uint8_t { kAnybody, kSignedIn };
  enum class Turn : uint8_t {
    kAtOnce,  // on the thread of the connections: takes no time
    kQuery,   // reads the ledger
    kRecord,  // records
  };

  std::string_view method;   // "GET"
  std::string_view pattern;  // "/reports/{name}", below /api/v1
  Who who;
  Turn turn;
  RouteAnswer (*handler)(const Call& call, const ServedLedger& served);
};

std::span<const Route> AllRoutes();

// The handlers, in the files that are called by what they answer.
RouteAnswer PostSession(const Call& call, const ServedLedger& served);
RouteAnswer GetSession(const Call& call, const ServedLedger& served);
RouteAnswer DeleteSession(const Call& call, const ServedLedger& served);
RouteAnswer GetLedger(const Call& call, const ServedLedger& served);
RouteAnswer GetReports(const Call& call, const ServedLedger& served);
RouteAnswer GetReport(const Call& call, const ServedLedger& served);
RouteAnswer GetCurve(const Call& call, const ServedLedger& served);
RouteAnswer PostEvents(const Call& call, const ServedLedger& served);
RouteAnswer GetTypes(const Call& call, const ServedLedger& served);
RouteAnswer GetEvent(const Call& call, const ServedLedger& served);
RouteAnswer GetProof(const Call& call, const ServedLedger& served);
RouteAnswer GetSeq(const Call& call, const ServedLedger& served);

}  // namespace duebook
