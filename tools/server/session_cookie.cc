#include "tools/server/session_cookie.h"

#include <fmt/core.h>

#include "ledger/values/split.h"

namespace duebook {

namespace {

constexpr std::string_view kStart = "duebook=";
constexpr std::string_view kAttributes = "HttpOnly; SameSite=Strict; Path=/";

}  // namespace

std::string CookieOf(std::string_view token) { return fmt::format("{}{}; {}", kStart, token, kAttributes); }

std::string NoCookie() { return fmt::format("{}; {}; Max-Age=0", kStart, kAttributes); }

std::vector<std::string> TokensOf(const HttpRequest& request) {
  std::vector<std::string> tokens;
  for (const auto& [name, value] : request.fields) {
    if (name != "cookie") continue;
    for (std::string_view cookie : SplitAt(value, ';')) {
      while (cookie.starts_with(' ')) cookie.remove_prefix(1);
      if (cookie.starts_with(kStart)) tokens.emplace_back(cookie.substr(kStart.size()));
    }
  }
  return tokens;
}

}  // namespace duebook
