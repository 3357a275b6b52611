// One connection: requests are read from it one after the other, within the limits, and answered.

#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/server/http_message.h"
#include "tools/server/limits.h"

namespace duebook {

struct AnsweredRequest;
class Connection;

// What a connection asks whoever has it.
class ConnectionOwner {
 public:
  virtual ~ConnectionOwner() = default;
  // Answers the request by Connection::Respond, at once or later, in the thread of the connections.
  virtual void Answer(const std::shared_ptr<Connection>& connection, HttpRequest request) = 0;
  virtual void Ended(Connection* connection) = 0;
  virtual std::string NewRequestId() = 0;
  virtual const std::vector<std::string>& hosts() const = 0;
  virtual const ServerLimits& limits() const = 0;
  // No further request is read from any connection.
  virtual bool is_ending() const = 0;
  virtual void Log(const AnsweredRequest& request) = 0;
};

// The owner has to outlive it.
class Connection {
 public:
  static std::shared_ptr<Connection> Make(boost::asio::ip::tcp::socket socket, std::string address,
                                          ConnectionOwner& owner);
  virtual ~Connection() = default;

  virtual void Start() = 0;
  // The answer to the request that was given to the owner. `pattern` is the route's, for the log.
  virtual void Respond(HttpResponse response, std::string_view pattern) = 0;
  // Ends it, unless an answer is under way, after which it ends.
  virtual void EndIfIdle() = 0;
  // Ends it, whatever is under way.
  virtual void Abort() = 0;
  virtual const std::string& address() const = 0;
};

}  // namespace duebook
