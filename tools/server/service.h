// What is done with a request: whether it may be asked, and who answers it. Without sockets: what holds connections
// asks here, from one thread.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "tools/server/call.h"
#include "tools/server/routes.h"

namespace duebook {

class Service {
 public:
  // `served` has to outlive what comes of a request.
  explicit Service(const ServedLedger& served) : served_(served) {}

  using Query = std::function<HttpResponse()>;
  struct Received {
    std::string_view pattern;  // of the route, for what is logged: "/reports/{name}"; "" if there is none
    // The answer; or what makes it, to be called in a thread for that; or what is to be waited for.
    std::variant<HttpResponse, Query, Wait> answer;
    Route::Turn turn = Route::Turn::kAtOnce;  // of what makes it: in which threads it is called
  };
  // HEAD is answered as GET is; the body is for whoever sends the answer to leave out.
  Received Receive(HttpRequest request) const;

  // Sets what stands in the head of every answer.
  static void Finish(const std::string& request_id, HttpResponse* response);

  // The newest event of which answers may speak.
  uint64_t newest() const { return served_.ledger.newest(); }

 private:
  const ServedLedger& served_;
};

}  // namespace duebook
