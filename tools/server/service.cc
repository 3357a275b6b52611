#include "tools/server/service.h"

#include <fmt/core.h>
#include <sodium.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "ledger/values/ascii.h"
#include "ledger/values/split.h"
#include "tools/server/page_files.h"
#include "tools/server/problem.h"
#include "tools/server/session_cookie.h"

namespace duebook {

namespace {

constexpr std::string_view kApi = "/api/v1";
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html";

// What stands in the places of the pattern; nothing if the path is not of it.
std::optional<std::vector<std::string>> PartsOf(std::string_view path, std::string_view pattern) {
  const auto given = SplitAt(path, '/');
  const auto wanted = SplitAt(pattern, '/');
  if (given.size() != wanted.size()) return std::nullopt;
  std::vector<std::string> parts;
  for (size_t i = 0; i < given.size(); i++) {
    if (wanted[i].starts_with('{') && !given[i].empty()) {
      parts.emplace_back(given[i]);
    } else if (given[i] != wanted[i]) {
      return std::nullopt;
    }
  }
  return parts;
}

struct FoundRoute {
  const Route* route = nullptr;  // of the method, too
  std::vector<std::string> parts;
  std::string methods;  // of the routes of the path: "GET, POST"
};

FoundRoute FindRoute(std::string_view method, std::string_view path) {
  FoundRoute found;
  for (const Route& route : AllRoutes()) {
    auto parts = PartsOf(path, route.pattern);
    if (!parts.has_value()) continue;
    found.methods += (found.methods.empty() ? "" : ", ") + std::string(route.method);
    if (route.method != method) continue;
    found.route = &route;
    found.parts = std::move(*parts);
  }
  return found;
}

// Whether the browser says that a page of this server asks; where it says nothing, whoever asks is no page.
bool IsFromHere(const HttpRequest& request, bool has_to_say) {
  const std::string* const site = request.Field("sec-fetch-site");
  const std::string* const origin = request.Field("origin");
  const std::string* const host = request.Field("host");
  if (site != nullptr && *site != "same-origin" && (has_to_say || *site != "none")) return false;
  if (origin != nullptr && (host == nullptr || !IsSameInAnyCase(*origin, "http://" + *host))) return false;
  return !has_to_say || site != nullptr || origin != nullptr;
}

bool IsSame(const std::string* given, const std::string& secret) {
  return given != nullptr && given->size() == secret.size() &&
         sodium_memcmp(given->data(), secret.data(), secret.size()) == 0;
}

std::optional<HttpResponse> CheckBody(const HttpRequest& request) {
  if (request.body.empty()) return std::nullopt;
  const std::string* const type = request.Field("content-type");
  if (type != nullptr && IsSameInAnyCase(type->substr(0, type->find(';')), "application/json")) return std::nullopt;
  return Problem(problems::kBadType, "what is sent here is application/json", request.id);
}

// Finds who asks, and answers where that is not allowed.
std::optional<HttpResponse> CheckAsker(const Route& route, const ServedLedger& served, Call* call) {
  const HttpRequest& request = call->request;
  const bool changes = request.method != "GET";
  if (!IsFromHere(request, changes)) {
    return Problem(problems::kOtherOrigin, "only the page of this server may ask that", request.id,
                   changes ? "programs say the Origin of the server" : "");
  }
  for (const std::string& token : TokensOf(request)) {
    if (call->signed_in != nullptr) break;
    call->signed_in = served.sign_ins.Find(token);
    if (call->signed_in == nullptr) continue;
    call->token = token;
    call->user = call->signed_in->user;
  }
  if (route.who == Route::Who::kAnybody) return std::nullopt;
  if (call->signed_in == nullptr) {
    return Problem(problems::kNotSignedIn, "nobody is signed in, or the session is over", request.id,
                   "sign in with the code that the server printed");
  }
  Rate& rate = call->signed_in->requests;
  const auto now = served.sign_ins.now();
  if (!rate.Allows(served.limits.requests_a_minute, now)) {
    HttpResponse problem = Problem(problems::kTooMany, "this session asks too often", request.id, "wait a minute");
    return problem.With("Retry-After", std::to_string(rate.RetryAfter(now).count()));
  }
  if (changes && !IsSame(request.Field("duebook-csrf"), call->signed_in->csrf)) {
    return Problem(problems::kNoCsrf, "the field Duebook-CSRF does not say what the session was told", request.id);
  }
  return std::nullopt;
}

HttpResponse PageAnswer(const HttpRequest& request, std::string_view path) {
  if (request.method != "GET") {
    HttpResponse problem = Problem(problems::kBadMethod, "the page is only read", request.id);
    return problem.With("Allow", "GET");
  }
  const PageFile& file = PageFileAt(path);
  HttpResponse response{200, {}, std::string(file.bytes)};
  return response.With("Content-Type", std::string(file.type));
}

}  // namespace

Service::Received Service::Receive(HttpRequest request) const {
  if (request.method == "HEAD") request.method = "GET";
  auto target = ReadTarget(request.target);
  if (!target.ok()) return {"", Problem(problems::kBadRequest, target.error().sentence, request.id)};
  const std::string_view path = target->path;
  if (path != "/api" && !path.starts_with("/api/")) return {"page", PageAnswer(request, path)};
  const bool is_of_version = path.starts_with(kApi);
  FoundRoute found = FindRoute(request.method, is_of_version ? path.substr(kApi.size()) : "");
  if (found.methods.empty()) {
    return {"", Problem(problems::kNotFound, "the API has nothing at this address", request.id)};
  }
  if (found.route == nullptr) {
    HttpResponse problem =
        Problem(problems::kBadMethod, fmt::format("this address has no {}", request.method), request.id);
    return {"", problem.With("Allow", found.methods)};
  }
  const Route& route = *found.route;
  const auto call =
      std::make_shared<Call>(Call{std::move(request), std::move(*target), std::move(found.parts), "", "", nullptr});
  if (auto refused = CheckAsker(route, served_, call.get())) return {route.pattern, std::move(*refused)};
  if (auto refused = CheckBody(call->request)) return {route.pattern, std::move(*refused)};
  if (route.turn != Route::Turn::kAtOnce) {
    call->signed_in = nullptr;  // it may be gone before the query is made
    return {route.pattern,
            Query([call, &route, &served = served_] { return std::get<HttpResponse>(route.handler(*call, served)); }),
            route.turn};
  }
  RouteAnswer answer = route.handler(*call, served_);
  if (auto* const wait = std::get_if<Wait>(&answer)) return {route.pattern, std::move(*wait)};
  return {route.pattern, std::get<HttpResponse>(std::move(answer))};
}

void Service::Finish(const std::string& request_id, HttpResponse* response) {
  response->With("Cache-Control", "no-store")
      .With("X-Content-Type-Options", "nosniff")
      .With("Referrer-Policy", "no-referrer")
      .With("Cross-Origin-Opener-Policy", "same-origin")
      .With("Cross-Origin-Resource-Policy", "same-origin")
      .With("Duebook-Request", request_id);
  if (response->Field("Content-Security-Policy") == nullptr) {
    response->With("Content-Security-Policy", std::string(kPolicy));
  }
}

}  // namespace duebook
