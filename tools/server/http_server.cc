#include "tools/server/http_server.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sodium.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "ledger/values/check.h"
#include "tools/server/connection.h"
#include "tools/server/head_check.h"
#include "tools/server/problem.h"
#include "tools/server/query_threads.h"

namespace duebook {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Programs that are started meanwhile do not get it.
void CloseOnExec(int socket) { ::fcntl(socket, F_SETFD, FD_CLOEXEC); }

}  // namespace

class HttpServer::Impl final : public ConnectionOwner {
 public:
  Impl(const Service& service, const ServerLimits& limits, HttpServer::Log log)
      : service_(service), limits_(limits), log_(std::move(log)) {
    CHECK(sodium_init() >= 0);
    first_id_ = (uint64_t{randombytes_random()} << 32);
  }
  ~Impl() override {
    is_ending_ = false;  // connections that end with what is still to be run tell of it, which concerns nobody now
    queries_.reset();
    recordings_.reset();
  }

  Result<uint16_t> Listen(uint16_t port);
  void Run(std::initializer_list<int> signals);
  void EndInOrder();
  void TellNewest(uint64_t newest);
  void Post(std::function<void()> run) { asio::post(io_, std::move(run)); }

 private:
  // A request that waits for a newer event.
  struct Waiting {
    std::shared_ptr<Connection> connection;
    Wait wait;
    std::string_view pattern;
    asio::steady_timer timer;
  };

  void Accept();
  void Take(tcp::socket socket);
  void AnswerWaiting(uint64_t number, uint64_t newest);
  void Hold(const std::shared_ptr<Connection>& connection, Wait wait, std::string_view pattern);
  void Query(QueryThreads& threads, const std::shared_ptr<Connection>& connection, Service::Query query,
             std::string_view pattern, const std::string& id);
  void EndIfDone();

  void Answer(const std::shared_ptr<Connection>& connection, HttpRequest request) override;
  void Ended(Connection* connection) override;
  std::string NewRequestId() override { return fmt::format("{:016x}", first_id_ + ++requests_); }
  const std::vector<std::string>& hosts() const override { return hosts_; }
  const ServerLimits& limits() const override { return limits_; }
  bool is_ending() const override { return is_ending_; }
  void Log(const AnsweredRequest& request) override { log_(request); }

  const Service& service_;
  const ServerLimits& limits_;
  const HttpServer::Log log_;
  uint64_t first_id_ = 0;
  uint64_t requests_ = 0;
  std::vector<std::string> hosts_;
  bool is_ending_ = false;
  std::set<Connection*> connections_;
  std::map<std::string, size_t> of_address_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  asio::steady_timer last_moment_{io_};
  asio::signal_set signals_{io_};
  std::map<uint64_t, Waiting> waiting_;  // by number, in the order in which they came
  uint64_t waited_ = 0;
  std::optional<QueryThreads> queries_{std::in_place, limits_.query_threads, limits_.waiting_queries};
  std::optional<QueryThreads> recordings_{std::in_place, limits_.recording_threads, limits_.waiting_records};
};

Result<uint16_t> HttpServer::Impl::Listen(uint16_t port) {
  const tcp::endpoint here(asio::ip::address_v4::loopback(), port);
  error_code error;
  acceptor_.open(here.protocol(), error);
  if (!error) CloseOnExec(acceptor_.native_handle());
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(here, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return Error{ErrorCode::kUnavailable, fmt::format("cannot listen on 127.0.0.1:{}: {}", port, error.message()),
                 error == asio::error::address_in_use ? "name another port with --port, or 0 for a free one" : ""};
  }
  const uint16_t taken = acceptor_.local_endpoint().port();
  hosts_ = HostsOf(taken);
  return taken;
}

void HttpServer::Impl::Run(std::initializer_list<int> signals) {
  for (const int signal : signals) signals_.add(signal);
  if (signals.size() > 0) {
    signals_.async_wait([this](error_code error, int) {
      if (!error) EndInOrder();
    });
  }
  Accept();
  io_.run();
}

void HttpServer::Impl::Accept() {
  acceptor_.async_accept([this](error_code error, tcp::socket socket) {
    if (is_ending_) return;
    if (!error) {
      Take(std::move(socket));
      return Accept();
    }
    // The process has no more files for now: the next is taken a moment later.
    const auto retry = std::make_shared<asio::steady_timer>(io_, std::chrono::milliseconds(100));
    retry->async_wait([this, retry](error_code ended) {
      if (!ended && !is_ending_) Accept();
    });
  });
}

void HttpServer::Impl::Take(tcp::socket socket) {
  CloseOnExec(socket.native_handle());
  error_code error;
  const std::string address = socket.remote_endpoint(error).address().to_string();
  if (error || connections_.size() >= limits_.connections) return;
  size_t& count = of_address_[address];
  if (count >= limits_.connections_an_address) return;
  count++;
  socket.set_option(tcp::no_delay(true), error);
  const auto connection = Connection::Make(std::move(socket), address, *this);
  connections_.insert(connection.get());
  connection->Start();
}

void HttpServer::Impl::Answer(const std::shared_ptr<Connection>& connection, HttpRequest request) {
  const std::string id = request.id;
  if (is_ending_) return connection->Respond(Problem(problems::kClosing, "the server is ending", id), "");
  auto [pattern, answer, turn] = service_.Receive(std::move(request));
  if (auto* const response = std::get_if<HttpResponse>(&answer)) {
    connection->Respond(std::move(*response), pattern);
  } else if (auto* const wait = std::get_if<Wait>(&answer)) {
    Hold(connection, std::move(*wait), pattern);
  } else {
    QueryThreads& threads = turn == Route::Turn::kRecord ? *recordings_ : *queries_;
    Query(threads, connection, std::get<Service::Query>(std::move(answer)), pattern, id);
  }
}

void HttpServer::Impl::Query(QueryThreads& threads, const std::shared_ptr<Connection>& connection, Service::Query query,
                             std::string_view pattern, const std::string& id) {
  // The connection is given back with the answer, so that it never ends in another thread.
  const bool is_taken = threads.Take([this, connection = connection, query = std::move(query), pattern]() mutable {
    HttpResponse response = query();
    asio::post(io_, [connection = std::move(connection), response = std::move(response), pattern]() mutable {
      connection->Respond(std::move(response), pattern);
    });
  });
  if (is_taken) return;
  HttpResponse busy = Problem(problems::kBusy, "too many others ask at this moment", id, "ask again in a moment");
  connection->Respond(busy.With("Retry-After", "1"), pattern);
}

void HttpServer::Impl::Hold(const std::shared_ptr<Connection>& connection, Wait wait, std::string_view pattern) {
  const uint64_t newest = service_.newest();
  if (newest > wait.after || wait.at_most.count() == 0) return connection->Respond(wait.answer(newest), pattern);
  const uint64_t number = ++waited_;
  asio::steady_timer timer(io_, wait.at_most);
  timer.async_wait([this, number](error_code error) {
    if (!error) AnswerWaiting(number, service_.newest());
  });
  waiting_.emplace(number, Waiting{connection, std::move(wait), pattern, std::move(timer)});
}

void HttpServer::Impl::AnswerWaiting(uint64_t number, uint64_t newest) {
  const auto node = waiting_.extract(number);
  if (node.empty()) return;  // it was answered just before its time was over
  const Waiting& done = node.mapped();
  done.connection->Respond(done.wait.answer(newest), done.pattern);
}

void HttpServer::Impl::TellNewest(uint64_t newest) {
  Post([this, newest] {
    for (auto each = waiting_.begin(); each != waiting_.end();) {
      const auto& [number, waiting] = *each++;
      if (newest > waiting.wait.after) AnswerWaiting(number, newest);
    }
  });
}

void HttpServer::Impl::EndInOrder() {
  Post([this] {
    if (is_ending_) return;
    is_ending_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    signals_.cancel(ignored);
    while (!waiting_.empty()) AnswerWaiting(waiting_.begin()->first, service_.newest());
    for (Connection* const connection : std::set(connections_)) connection->EndIfIdle();
    last_moment_.expires_after(limits_.ending_time);
    last_moment_.async_wait([this](error_code error) {
      if (error) return;
      for (Connection* const connection : std::set(connections_)) connection->Abort();
      io_.stop();
    });
    EndIfDone();
  });
}

void HttpServer::Impl::Ended(Connection* connection) {
  const auto count = of_address_.find(connection->address());
  if (count != of_address_.end() && --count->second == 0) of_address_.erase(count);
  connections_.erase(connection);
  EndIfDone();
}

void HttpServer::Impl::EndIfDone() {
  if (is_ending_ && connections_.empty()) last_moment_.cancel();
}

HttpServer::HttpServer(const Service& service, const ServerLimits& limits, Log log)
    : impl_(std::make_unique<Impl>(service, limits, std::move(log))) {}
HttpServer::~HttpServer() = default;
Result<uint16_t> HttpServer::Listen(uint16_t port) { return impl_->Listen(port); }
void HttpServer::Run(std::initializer_list<int> signals) { impl_->Run(signals); }
void HttpServer::EndInOrder() { impl_->EndInOrder(); }
void HttpServer::TellNewest(uint64_t newest) { impl_->TellNewest(newest); }
void HttpServer::Post(std::function<void()> run) { impl_->Post(std::move(run)); }

}  // namespace duebook
