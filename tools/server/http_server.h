// Listens on this machine alone, and has the connections: one thread reads heads and writes answers, a few others make
// what takes time.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/values/result.h"
#include "tools/server/limits.h"
#include "tools/server/service.h"

namespace duebook {

// What is told of a request once it is answered. Nothing of it names a customer, an amount or what was looked for.
struct AnsweredRequest {
  std::string method;
  std::string_view pattern;  // of the route, not the address
  int status = 0;
  int64_t milliseconds = 0;
  size_t bytes = 0;
  std::string id;
};

class HttpServer {
 public:
  using Log = std::function<void(const AnsweredRequest& request)>;

  // The service and the limits have to outlive it.
  HttpServer(const Service& service, const ServerLimits& limits, Log log);
  ~HttpServer();

  // Takes the port of 127.0.0.1, or a free one for 0, and answers which. kUnavailable: it is taken.
  Result<uint16_t> Listen(uint16_t port);
  // Answers requests until the end that EndInOrder begins, or one of these signals.
  void Run(std::initializer_list<int> signals = {});

  // From any thread. Takes no further connection; what is under way has ServerLimits::ending_time to be answered.
  void EndInOrder();
  // From any thread: there is a newer event, for which some may wait.
  void TellNewest(uint64_t newest);
  // From any thread: runs it in the thread of the connections.
  void Post(std::function<void()> run);

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace duebook
