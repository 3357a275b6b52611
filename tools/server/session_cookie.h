// The cookie that a browser keeps of a session.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/server/http_message.h"

namespace duebook {

// The value of Set-Cookie. Without `Secure`, as the server is asked over HTTP, from its own machine alone.
std::string CookieOf(std::string_view token);
// That takes the cookie away.
std::string NoCookie();

// The tokens that the request has cookies of: several, where another server of this machine set one of that name.
std::vector<std::string> TokensOf(const HttpRequest& request);

}  // namespace duebook
