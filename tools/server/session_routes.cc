// POST, GET and DELETE /session.

#include <fmt/core.h>
#include <simdjson.h>

#include <optional>

#include "tools/server/json_writer.h"
#include "tools/server/problem.h"
#include "tools/server/routes.h"
#include "tools/server/session_cookie.h"

namespace duebook {

namespace {

// The one member that signs in; nothing if the body is anything else.
std::optional<std::string> CodeIn(const std::string& body) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  std::string_view code;
  if (parser.parse(body).get(object) != simdjson::SUCCESS || object.size() != 1) return std::nullopt;
  if (object["code"].get(code) != simdjson::SUCCESS) return std::nullopt;
  return std::string(code);
}

HttpResponse Told(const SignedIn& session) {
  JsonWriter json;
  json.BeginObject().Member("user", session.user).Member("csrf", session.csrf).EndObject();
  return JsonResponse(std::move(json).Finish());
}

}  // namespace

RouteAnswer PostSession(const Call& call, const ServedLedger& served) {
  const std::string& id = call.request.id;
  if (!served.sign_ins.MayTry(call.request.address)) {
    HttpResponse problem =
        Problem(problems::kTooMany, "codes are tried too often from this address", id, "wait a minute");
    return problem.With("Retry-After", "60");
  }
  const auto code = CodeIn(call.request.body);
  if (!code.has_value()) {
    return Problem(problems::kBadRequest, "the body is not an object with a text `code`, and nothing else", id);
  }
  const auto token = served.sign_ins.SignIn(*code);
  if (!token.has_value()) {
    return Problem(problems::kBadCode, "the code is not the one that the server printed, or was used already", id,
                   "press Enter where the server runs, which prints a new one");
  }
  return Told(*served.sign_ins.Find(*token)).With("Set-Cookie", CookieOf(*token));
}

RouteAnswer GetSession(const Call& call, const ServedLedger& /*served*/) { return Told(*call.signed_in); }

RouteAnswer DeleteSession(const Call& call, const ServedLedger& served) {
  served.sign_ins.SignOut(call.token);
  return HttpResponse{204, {{"Set-Cookie", NoCookie()}}, ""};
}

}  // namespace duebook
