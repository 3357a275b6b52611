// The server on a free port of this machine: what reaches routes, and what is cut off before.

#include "tools/server/http_server.h"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tests/server/http_client.h"
#include "tests/server/served_ledger.h"
#include "tools/server/query_threads.h"

namespace duebook {
namespace {

using testing::HasSubstr;

class HttpServerTest : public testing::Test {
 protected:
  ~HttpServerTest() override {
    if (server_ != nullptr && thread_.joinable()) End();
  }

  void Start() {
    served_.SignIn();
    server_ = std::make_unique<HttpServer>(served_.service(), served_.limits(), [this](const AnsweredRequest& request) {
      const std::lock_guard lock(mutex_);
      log_.push_back(fmt::format("{} {} {}", request.method, request.pattern, request.status));
    });
    const auto port = server_->Listen(0);
    ASSERT_TRUE(port.ok());
    port_ = *port;
    served_.ledger().OnNewer([this](uint64_t newest) { server_->TellNewest(newest); });
    thread_ = std::thread([this] { server_->Run(); });
  }
  void End() {
    server_->EndInOrder();
    thread_.join();
  }
  std::string Host() const { return fmt::format("Host: 127.0.0.1:{}\r\n", port_); }
  std::string Get(const std::string& path) const {
    return fmt::format("GET /api/v1{} HTTP/1.1\r\n{}Cookie: {}\r\n\r\n", path, Host(), served_.cookie());
  }
  // On a connection of its own, which ends with it.
  ReceivedAnswer AskAlone(const std::string& bytes) {
    HttpClient client(port_);
    const ReceivedAnswer answer = client.Ask(bytes);
    client.AwaitEnd();
    return answer;
  }

  ServedSmallLedger served_;
  std::unique_ptr<HttpServer> server_;
  uint16_t port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> log_;
  std::thread thread_;
};

TEST_F(HttpServerTest, OneConnectionAsksAgainAndAgain) {
  Start();
  HttpClient client(port_);
  EXPECT_EQ(client.Ask(Get("/health/live")).body, "{\"status\":\"ok\"}\n");
  const ReceivedAnswer report = client.Ask(Get("/reports/balance?effective=2025-03-31"));
  EXPECT_EQ(report.status, 200);
  EXPECT_EQ(report.body, served_.Get("/reports/balance?effective=2025-03-31").body);
  EXPECT_EQ(HttpClient::Field(report.head, "Cache-Control"), "no-store");
  const std::string tag = HttpClient::Field(report.head, "ETag");
  const ReceivedAnswer kept =
      client.Ask(fmt::format("GET {} HTTP/1.1\r\n{}Cookie: {}\r\nIf-None-Match: {}\r\n\r\n",
                             HttpClient::Field(report.head, "Content-Location"), Host(), served_.cookie(), tag));
  EXPECT_EQ(kept.status, 304);
  // Several at once are answered in their order.
  client.Send(Get("/health/ready") + Get("/events/1") + Get("/nothing"));
  EXPECT_EQ(client.Receive().status, 200);
  EXPECT_THAT(client.Receive().body, HasSubstr("CustomerOpened"));
  EXPECT_EQ(client.Receive().status, 404);
  End();
  EXPECT_THAT(log_, testing::ElementsAre("GET /health/live 200", "GET /reports/{name} 200", "GET /reports/{name} 304",
                                         "GET /health/ready 200", "GET /events/{seq} 200", "GET  404"));
}

TEST_F(HttpServerTest, AHeadAloneHasNoBody) {
  Start();
  HttpClient client(port_);
  for (const std::string path : {"/api/v1/health/live", "/api/v1/nothing", "/"}) {
    client.Send("HEAD " + path + " HTTP/1.1\r\n" + Host() + "\r\n" + Get("/health/live"));
    const ReceivedAnswer head = client.Receive(false);
    EXPECT_NE(HttpClient::Field(head.head, "Content-Length"), "0");
    EXPECT_EQ(head.status, path == "/api/v1/nothing" ? 404 : 200) << path;
    EXPECT_EQ(client.Receive().body, "{\"status\":\"ok\"}\n");
  }
}

TEST_F(HttpServerTest, HostileHeadsEndTheirConnections) {
  Start();
  const std::string get = "GET /api/v1/health/live HTTP/1.1\r\n";
  for (const std::string& bytes : std::vector<std::string>{
           get + "\r\n",
           get + Host() + Host() + "\r\n",
           get + "Host: evil.example\r\n\r\n",
           get + Host() + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
           get + Host() + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
           get + Host() + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "GET /api/v1/health/live HTTP/1.0\r\n" + Host() + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           get + Host() + "X : 1\r\n\r\n",
           get + Host() + std::string("X: a\0b\r\n\r\n", 10),
           get + Host() + "X: a\x01z\r\n\r\n",
           "GET /\x01 HTTP/1.1\r\n" + Host() + "\r\n",
           "GET / HTTP/9.9\r\n" + Host() + "\r\n",
           "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a greeting of TLS \r\n\r\n",
       }) {
    EXPECT_EQ(AskAlone(bytes).status, 400) << bytes;
  }
  EXPECT_EQ(AskAlone(get + Host() + "X: " + std::string(9'000, 'a') + "\r\n\r\n").status, 431);
  std::string many = get + Host();
  for (int i = 0; i < 64; i++) many += "X: 1\r\n";
  EXPECT_EQ(AskAlone(many + "\r\n").status, 431);
  EXPECT_EQ(AskAlone("POST /api/v1/session HTTP/1.1\r\n" + Host() + "Content-Length: 1048577\r\n\r\n").status, 413);
  const std::string chunk = fmt::format("{:x}\r\n{}\r\n", 600'000, std::string(600'000, 'a'));
  EXPECT_EQ(
      AskAlone("POST /api/v1/session HTTP/1.1\r\n" + Host() + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk)
          .status,
      413);
  EXPECT_EQ(AskAlone("POST /api/v1/session HTTP/1.1\r\n" + Host() + "Transfer-Encoding: chunked\r\n\r\n1;" +
                     std::string(50'000, 'a'))
                .status,
            400);
  EXPECT_EQ(AskAlone(get + Host() + "Connection: close\r\n\r\n").status, 200);
}

TEST_F(HttpServerTest, WhoIsSlowIsCutOff) {
  served_.limits().header_time = std::chrono::milliseconds(50);
  Start();
  HttpClient silent(port_);
  HttpClient slow(port_);
  slow.Send("GET / HTTP/1.1\r\nHost");
  HttpClient without_body(port_);
  without_body.Send("POST /api/v1/session HTTP/1.1\r\n" + Host() + "Content-Length: 10\r\n\r\n{");
  silent.AwaitEnd();
  slow.AwaitEnd();
  without_body.AwaitEnd();
}

TEST_F(HttpServerTest, WhoAsksNoMoreIsCutOff) {
  served_.limits().idle_time = std::chrono::milliseconds(50);
  Start();
  HttpClient idle(port_);
  EXPECT_EQ(idle.Ask(Get("/health/live")).status, 200);
  idle.AwaitEnd();
}

TEST_F(HttpServerTest, AnAddressHasSoManyConnections) {
  served_.limits().connections_an_address = 2;
  Start();
  const std::string get = Get("/health/live");
  HttpClient first(port_);
  auto second = std::make_unique<HttpClient>(port_);
  EXPECT_EQ(first.Ask(get).status, 200);
  EXPECT_EQ(second->Ask(get).status, 200);
  EXPECT_EQ(HttpClient(port_).Ask(get).status, 0);
  second.reset();
  // The server hears of it a moment later.
  while (HttpClient(port_).Ask(get).status != 200) std::this_thread::yield();
}

TEST_F(HttpServerTest, WhoWaitsHearsOfTheNextEvent) {
  Start();
  HttpClient waiting(port_);
  waiting.Send(Get("/seq?after=7"));
  HttpClient impatient(port_);
  EXPECT_EQ(impatient.Ask(Get("/seq?after=7&wait=0")).status, 204);
  served_.RecordOneMore();
  EXPECT_EQ(waiting.Receive().body, "{\"seq\":8}\n");
}

TEST_F(HttpServerTest, EndsInOrderWhileOthersWait) {
  Start();
  HttpClient waiting(port_);
  waiting.Send(Get("/seq?after=7"));
  HttpClient idle(port_);
  EXPECT_EQ(idle.Ask(Get("/health/live")).status, 200);
  // What was sent before on another connection has arrived by then.
  End();
  EXPECT_FALSE(HttpClient(port_).is_connected());
  idle.AwaitEnd();
  waiting.AwaitEnd();
}

TEST(QueryThreads, TurnAwayWhatWouldWaitTooLong) {
  std::mutex gate;
  std::optional<std::unique_lock<std::mutex>> held(std::in_place, gate);
  std::atomic<int> begun = 0, done = 0;
  {
    QueryThreads threads(2, 3);
    const auto query = [&] {
      begun++;
      const std::lock_guard lock(gate);
      done++;
    };
    EXPECT_TRUE(threads.Take(query));
    EXPECT_TRUE(threads.Take(query));
    while (begun < 2) std::this_thread::yield();
    for (int i = 0; i < 3; i++) EXPECT_TRUE(threads.Take(query));
    EXPECT_FALSE(threads.Take(query));
    held.reset();
  }
  EXPECT_EQ(done, 5);
}

}  // namespace
}  // namespace duebook
