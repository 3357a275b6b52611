// The only source that sees Beast, which takes long to compile.

#include "tools/server/connection.h"

#include <fmt/core.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "ledger/values/ascii.h"
#include "tools/server/head_check.h"
#include "tools/server/http_server.h"
#include "tools/server/problem.h"

namespace duebook {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr size_t kReadBytes = size_t{16} << 10;
// What was sent beyond an answer that ends a connection is read and dropped for so long, so that the answer arrives.
constexpr std::chrono::milliseconds kLinger{2'000};

class BeastConnection final : public Connection, public std::enable_shared_from_this<BeastConnection> {
 public:
  BeastConnection(asio::ip::tcp::socket socket, std::string address, ConnectionOwner& owner)
      : stream_(std::move(socket)), address_(std::move(address)), owner_(owner) {}
  ~BeastConnection() override { owner_.Ended(this); }

  void Start() override {
    stream_.expires_after(owner_.limits().header_time);
    Begin();
    Read();
  }

  void Respond(HttpResponse response, std::string_view pattern) override;

  void EndIfIdle() override {
    if (!is_answering_) Abort();
  }
  void Abort() override { stream_.close(); }
  const std::string& address() const override { return address_; }

 private:
  using Clock = std::chrono::steady_clock;

  // For the next request.
  void Begin() {
    parser_.emplace();
    parser_->header_limit(static_cast<uint32_t>(owner_.limits().header_bytes));
    parser_->body_limit(owner_.limits().body_bytes);
    has_head_ = false;
  }
  void Read();
  void Parse();
  void OnHead();
  void OnRequest();
  void Next();
  // Answers what is wrong with what was read, and reads no further.
  void Refuse(const ProblemKind& kind, std::string_view detail);
  void Write();
  void OnWritten();
  void Linger();

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  const std::string address_;
  ConnectionOwner& owner_;

  bool is_idle_ = false;       // nothing of a further request has come yet
  bool has_head_ = false;      // of the request that is being read
  bool is_answering_ = false;  // from the whole request on until the answer is written
  bool closes_ = false;        // once it is
  HttpRequest request_;        // its body is read last
  Clock::time_point began_;
  AnsweredRequest answered_;
  std::string head_, body_;  // of the answer
  size_t written_ = 0;
  size_t dropped_ = 0;
};

void BeastConnection::Read() {
  stream_.async_read_some(buffer_.prepare(kReadBytes), [self = shared_from_this()](error_code error, size_t bytes) {
    if (error) return;  // the other side ended, or its time is over
    self->buffer_.commit(bytes);
    if (std::exchange(self->is_idle_, false)) self->stream_.expires_after(self->owner_.limits().header_time);
    self->Parse();
  });
}

void BeastConnection::Parse() {
  while (true) {
    error_code error;
    const size_t used = parser_->put(buffer_.data(), error);
    buffer_.consume(used);
    const bool needs_more = error == http::error::need_more;
    const bool is_long_head = needs_more && !has_head_ && buffer_.size() > owner_.limits().header_bytes;
    if (error == http::error::header_limit || is_long_head) {
      return Refuse(problems::kHeadTooLarge,
                    fmt::format("the head is longer than {} bytes", owner_.limits().header_bytes));
    }
    if (error == http::error::body_limit) {
      return Refuse(problems::kTooLarge, fmt::format("the body is longer than {} bytes", owner_.limits().body_bytes));
    }
    // Beyond any head, and any part of a body that says its length, this much is waited for by nothing that is right.
    if (needs_more && buffer_.size() < 2 * kReadBytes) return Read();
    if (error) return Refuse(problems::kBadRequest, "what was sent is not HTTP");
    if (!has_head_ && parser_->is_header_done()) {
      has_head_ = true;
      OnHead();
      if (is_answering_) return;
      parser_->eager(true);
      if (!parser_->is_done()) continue;
    }
    if (parser_->is_done()) return OnRequest();
    return Read();
  }
}

void BeastConnection::OnHead() {
  const auto& head = parser_->get();
  request_ = {};
  request_.method = std::string(head.method_string());
  request_.target = std::string(head.target());
  request_.is_http_1_0 = head.version() == 10;
  request_.address = address_;
  request_.id = owner_.NewRequestId();
  for (const auto& field : head) {
    std::string name(field.name_string());
    for (char& c : name) c = LowerCase(c);
    request_.fields.emplace_back(std::move(name), std::string(field.value()));
  }
  began_ = Clock::now();
  if (auto refused = CheckHead(request_, owner_.hosts(), owner_.limits())) {
    is_answering_ = true;
    closes_ = true;
    return Respond(std::move(*refused), "");
  }
  const uint64_t bytes = parser_->content_length().value_or(owner_.limits().body_bytes);
  if (bytes > owner_.limits().body_bytes) {
    return Refuse(problems::kTooLarge, fmt::format("the body is longer than {} bytes", owner_.limits().body_bytes));
  }
  stream_.expires_after(owner_.limits().header_time +
                        std::chrono::seconds(bytes / owner_.limits().body_bytes_a_second));
}

void BeastConnection::OnRequest() {
  stream_.expires_never();
  is_answering_ = true;
  closes_ = !parser_->keep_alive();
  request_.body = std::move(parser_->get().body());
  answered_.id = request_.id;
  owner_.Answer(shared_from_this(), request_);
}

void BeastConnection::Refuse(const ProblemKind& kind, std::string_view detail) {
  if (!has_head_) {
    request_ = {};
    request_.id = owner_.NewRequestId();
    began_ = Clock::now();
  }
  is_answering_ = true;
  closes_ = true;
  Respond(Problem(kind, detail, request_.id), "");
}

void BeastConnection::Respond(HttpResponse response, std::string_view pattern) {
  Service::Finish(request_.id, &response);
  closes_ = closes_ || response.closes || owner_.is_ending();
  head_ = fmt::format("HTTP/1.1 {} {}\r\n", response.status, ReasonOf(response.status));
  const bool has_body = response.status != 204 && response.status != 304;
  if (has_body) head_ += fmt::format("Content-Length: {}\r\n", response.body.size());
  for (const auto& [name, value] : response.fields) head_ += fmt::format("{}: {}\r\n", name, value);
  head_ += closes_ ? "Connection: close\r\n\r\n" : request_.is_http_1_0 ? "Connection: keep-alive\r\n\r\n" : "\r\n";
  body_ = has_body && request_.method != "HEAD" ? std::move(response.body) : "";
  written_ = 0;
  answered_ = {request_.method, pattern, response.status, 0, body_.size(), request_.id};
  Write();
}

void BeastConnection::Write() {
  const size_t all = head_.size() + body_.size();
  if (written_ == all) return OnWritten();
  const size_t of_head = std::min(written_, head_.size());
  const size_t of_body = written_ - of_head;
  const std::array<asio::const_buffer, 2> rest = {asio::const_buffer(head_.data() + of_head, head_.size() - of_head),
                                                  asio::const_buffer(body_.data() + of_body, body_.size() - of_body)};
  stream_.expires_after(owner_.limits().write_stall);
  stream_.async_write_some(rest, [self = shared_from_this()](error_code error, size_t bytes) {
    self->written_ += bytes;
    if (!error) return self->Write();
    self->closes_ = true;
    self->OnWritten();
  });
}

void BeastConnection::OnWritten() {
  answered_.milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began_).count();
  owner_.Log(answered_);
  is_answering_ = false;
  head_.clear();
  body_.clear();
  if (closes_ || owner_.is_ending()) return Linger();
  Next();
}

void BeastConnection::Next() {
  Begin();
  is_idle_ = buffer_.size() == 0;
  stream_.expires_after(is_idle_ ? owner_.limits().idle_time : owner_.limits().header_time);
  if (!is_idle_) {
    // Not from within the call that wrote: many requests at once would go as deep.
    asio::post(stream_.get_executor(), [self = shared_from_this()] { self->Parse(); });
  } else {
    Read();
  }
}

void BeastConnection::Linger() {
  error_code ignored;
  stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  stream_.expires_after(kLinger);
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(kReadBytes), [self = shared_from_this()](error_code error, size_t bytes) {
    self->dropped_ += bytes;
    if (!error && self->dropped_ <= self->owner_.limits().body_bytes) self->Linger();
  });
}

}  // namespace

std::shared_ptr<Connection> Connection::Make(asio::ip::tcp::socket socket, std::string address,
                                             ConnectionOwner& owner) {
  return std::make_shared<BeastConnection>(std::move(socket), std::move(address), owner);
}

}  // namespace duebook
