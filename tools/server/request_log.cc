#include "tools/server/request_log.h"

#include "tools/server/json_writer.h"

namespace duebook {

std::string RequestLine(const AnsweredRequest& request) {
  JsonWriter json;
  json.BeginObject()
      .Member("method", request.method)
      .Member("route", request.pattern)
      .Member("status", static_cast<uint64_t>(request.status))
      .Member("ms", static_cast<uint64_t>(request.milliseconds))
      .Member("bytes", request.bytes)
      .Member("request", request.id)
      .EndObject();
  return std::move(json).Finish();
}

}  // namespace duebook
