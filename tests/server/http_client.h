// What clients send, byte by byte, and what comes back.

#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "ledger/values/check.h"

namespace duebook {

struct ReceivedAnswer {
  int status = 0;    // 0: the connection ended without one
  std::string head;  // with its first line
  std::string body;
};

class HttpClient {
 public:
  explicit HttpClient(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(port);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // A test that waits so long has failed.
    const timeval patience{60, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    is_connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0;
  }
  ~HttpClient() { ::close(socket_); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  bool is_connected() const { return is_connected_; }
  // What nobody takes any more is dropped.
  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
  }
  // The next answer, whole; that to a HEAD has no body.
  ReceivedAnswer Receive(bool has_body = true) {
    ReceivedAnswer answer;
    size_t end = 0;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
      if (!ReadMore()) return answer;
    }
    answer.head = unread_.substr(0, end + 2);
    unread_.erase(0, end + 4);
    answer.status = std::atoi(answer.head.c_str() + std::string_view("HTTP/1.1 ").size());
    const std::string length = Field(answer.head, "Content-Length");
    const size_t bytes = length.empty() || !has_body ? 0 : std::stoul(length);
    while (unread_.size() < bytes) {
      if (!ReadMore()) return answer;
    }
    answer.body = unread_.substr(0, bytes);
    unread_.erase(0, bytes);
    return answer;
  }
  ReceivedAnswer Ask(std::string_view bytes) {
    Send(bytes);
    return Receive();
  }
  // Waits for the end of the connection, whatever comes before it.
  void AwaitEnd() {
    while (ReadMore()) unread_.clear();
  }

  // "" if the head has no such field.
  static std::string Field(const std::string& head, const std::string& name) {
    const size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "";
    const size_t from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
  }

 private:
  bool ReadMore() {
    char bytes[4096];
    const ssize_t read = ::recv(socket_, bytes, sizeof bytes, 0);
    if (read <= 0) return false;
    unread_.append(bytes, static_cast<size_t>(read));
    return true;
  }

  int socket_;
  bool is_connected_ = false;
  std::string unread_;
};

}  // namespace duebook
