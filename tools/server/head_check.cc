#include "tools/server/head_check.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/ascii.h"
#include "tools/server/problem.h"

namespace duebook {

namespace {

bool HasControls(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

// What is wrong; "" if nothing is.
std::string_view WrongIn(const HttpRequest& request, const std::vector<std::string>& hosts) {
  const size_t lengths = request.Count("content-length");
  const size_t encodings = request.Count("transfer-encoding");
  if (lengths + encodings > 1) return "the length of the body is told more than once";
  if (encodings > 0 && request.is_http_1_0) return "HTTP/1.0 has no transfer encodings";
  const bool has_controls =
      HasControls(request.target) || std::any_of(request.fields.begin(), request.fields.end(),
                                                 [](const auto& field) { return HasControls(field.second); });
  if (has_controls) return "the head has control characters";
  if (request.Count("host") != 1) return "the head does not name one host";
  const std::string& host = *request.Field("host");
  const bool is_here =
      std::any_of(hosts.begin(), hosts.end(), [&](const std::string& name) { return IsSameInAnyCase(name, host); });
  return is_here ? "" : "the host is not this server";
}

HttpResponse Closing(HttpResponse response) {
  response.closes = true;
  return response;
}

}  // namespace

std::vector<std::string> HostsOf(uint16_t port) {
  return {fmt::format("127.0.0.1:{}", port), fmt::format("localhost:{}", port), fmt::format("[::1]:{}", port)};
}

std::optional<HttpResponse> CheckHead(const HttpRequest& request, const std::vector<std::string>& hosts,
                                      const ServerLimits& limits) {
  if (request.fields.size() > limits.header_fields) {
    return Closing(Problem(problems::kHeadTooLarge,
                           fmt::format("the head has more than {} fields", limits.header_fields), request.id));
  }
  const std::string_view wrong = WrongIn(request, hosts);
  if (wrong.empty()) return std::nullopt;
  return Closing(Problem(problems::kBadRequest, wrong, request.id));
}

}  // namespace duebook
