// What a head must not be, so that nobody reads a request otherwise than this server does, and no page of somebody else
// comes here under a name of its own.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/server/http_message.h"
#include "tools/server/limits.h"

namespace duebook {

// The names by which a server on this machine is asked for: "127.0.0.1:8470", "localhost:8470", "[::1]:8470".
std::vector<std::string> HostsOf(uint16_t port);

// Returns the answer to a request whose body is not even read, after which the connection is closed: for too many
// fields; for a length and an encoding of the body, or either of them twice; for an encoding in HTTP/1.0; for control
// characters; for no host, several, or one that is not among `hosts`. Nothing if the head is right.
std::optional<HttpResponse> CheckHead(const HttpRequest& request, const std::vector<std::string>& hosts,
                                      const ServerLimits& limits);

}  // namespace duebook
