// Requests and responses as routes see them: without sockets, and without the library that reads them from sockets.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace duebook {

// The fields of a head, in their order; names of requests in small letters.
using HttpFields = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // "GET"
  std::string target;  // "/api/v1/reports/aging?known=304", as it came
  bool is_http_1_0 = false;
  HttpFields fields;
  std::string body;
  std::string address;  // of whom it came from
  std::string id;       // told in the answer, and in the line that is logged

  // The value of the first field of this name, given in small letters; null if there is none.
  const std::string* Field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
      if (key == name) return &value;
    }
    return nullptr;
  }
  size_t Count(std::string_view name) const {
    size_t count = 0;
    for (const auto& [key, value] : fields) count += key == name ? 1 : 0;
    return count;
  }
};

struct HttpResponse {
  int status = 200;
  HttpFields fields;
  std::string body;
  bool closes = false;  // the connection is not used any further

  HttpResponse& With(std::string name, std::string value) {
    fields.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  const std::string* Field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
      if (key == name) return &value;
    }
    return nullptr;
  }
};

// "Not Found".
std::string_view ReasonOf(int status);

}  // namespace duebook
