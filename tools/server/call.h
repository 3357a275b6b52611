// A request on its way to the handler of its route, and what handlers work with.

#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/commands/session.h"
#include "tools/server/http_message.h"
#include "tools/server/limits.h"
#include "tools/server/sign_in.h"
#include "tools/server/target.h"
#include "tools/server/warm_ledger.h"

namespace duebook {

// What all handlers share. What signs in belongs to the thread of the connections.
struct ServedLedger {
  WarmLedger& ledger;
  const Session& session;  // how the program was started: the ledger's folder, its key, who records
  const ServerLimits& limits;
  SignIns& sign_ins;
  std::string build;  // the same for the same program: what it answers of a cut never changes
};

struct Call {
  HttpRequest request;
  Target target;
  std::vector<std::string> parts;  // of the path, in the order of their places in the route's pattern
  std::string token;               // of the session; "" if nobody is signed in
  std::string user;                // who is signed in, as the ledger knows them
  SignedIn* signed_in = nullptr;   // null if nobody is; for handlers that are answered at once
};

// What is answered as soon as there is an event behind `after`, or when the time is over, of the newest one then.
struct Wait {
  uint64_t after;
  std::chrono::seconds at_most;
  std::function<HttpResponse(uint64_t newest)> answer;
};

using RouteAnswer = std::variant<HttpResponse, Wait>;

// With the body as JSON.
HttpResponse JsonResponse(std::string json);

}  // namespace duebook
