// One line of JSON for each request that was answered.

#pragma once

#include <string>

#include "tools/server/http_server.h"

namespace duebook {

// {"method":"GET","route":"/reports/{name}","status":200,"ms":12,"bytes":345,"request":"..."}, with a newline.
std::string RequestLine(const AnsweredRequest& request);

}  // namespace duebook
