// A small ledger as the server has it, asked without sockets.

#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "tests/support/test_ledger.h"
#include "tools/server/service.h"

namespace duebook {

class ServedSmallLedger {
 public:
  ServedSmallLedger() {
    session_.ledger = folder_.path().string();
    session_.actor = "mei";
    auto ledger = folder_.Open();
    RecordAll(*ledger, ListOf(OpenCustomer("C-1"), OpenCustomer("C-2"), IssueInvoice("C-1", 1, "1000.00"),
                              IssueInvoice("C-2", 2, "80.50"), ReceivePayment("C-1", 3),
                              ApplyPayment("a1", "P3", "I1", "2.00"), ClosePeriod("close", "2025-01-31")));
    auto warm = WarmLedger::Make(std::move(ledger));
    CHECK(warm.ok());
    warm_ = std::move(*warm);
    served_ = std::make_unique<ServedLedger>(ServedLedger{*warm_, session_, limits_, sign_ins_, "build"});
    service_ = std::make_unique<Service>(*served_);
  }

  // Signs in, for all that is asked from then on.
  void SignIn() {
    const auto token = sign_ins_.SignIn(sign_ins_.NewCode());
    CHECK(token.has_value());
    cookie_ = "duebook=" + *token;
    csrf_ = sign_ins_.Find(*token)->csrf;
  }

  static HttpRequest Request(std::string method, const std::string& path) {
    return {std::move(method), path, false, {{"host", "127.0.0.1:8470"}}, "", "127.0.0.1", "r1"};
  }
  HttpResponse Ask(HttpRequest request) {
    if (!cookie_.empty()) request.fields.emplace_back("cookie", "other=1; " + cookie_);
    Service::Received received = service_->Receive(std::move(request));
    if (const auto* query = std::get_if<Service::Query>(&received.answer)) return (*query)();
    if (const auto* wait = std::get_if<Wait>(&received.answer)) return wait->answer(warm_->newest());
    return std::get<HttpResponse>(received.answer);
  }
  // Below /api/v1.
  HttpResponse Get(const std::string& path) { return Ask(Request("GET", "/api/v1" + path)); }
  // A request that changes something, as the page makes it.
  HttpRequest Changing(std::string method, const std::string& path, std::string body = "") {
    HttpRequest request = Request(std::move(method), "/api/v1" + path);
    request.fields.emplace_back("sec-fetch-site", "same-origin");
    if (!csrf_.empty()) request.fields.emplace_back("duebook-csrf", csrf_);
    if (!body.empty()) request.fields.emplace_back("content-type", "application/json");
    request.body = std::move(body);
    return request;
  }

  // Event 8: an invoice of 5 yuan, which C-1 owes from 2 February on.
  void RecordOneMore() {
    std::vector<MadeCommand> commands = ListOf(MakeTestCommand({{"type", "InvoiceIssued"},
                                                                {"id", "late"},
                                                                {"date", "2025-02-02"},
                                                                {"customer", "C-1"},
                                                                {"invoice", "LATE"},
                                                                {"amount", "5"}}));
    const auto outcomes = warm_->Record(commands);
    ASSERT_TRUE(outcomes.ok());
    ASSERT_EQ(Said(outcomes->front()), "recorded 8");
  }

  const EventLog& log() const { return warm_->log(); }
  WarmLedger& ledger() { return *warm_; }
  SignIns& sign_ins() { return sign_ins_; }
  const std::string& cookie() const { return cookie_; }
  ServerLimits& limits() { return limits_; }
  const Service& service() const { return *service_; }
  Session& session() { return session_; }
  void Pass(std::chrono::seconds time) { now_ += time; }

 private:
  const LedgerFolder folder_;
  Session session_;
  ServerLimits limits_;
  Rate::Clock::time_point now_ = Rate::Clock::time_point() + std::chrono::hours(1);
  SignIns sign_ins_{"mei", limits_, [this] { return now_; }};
  std::string cookie_, csrf_;
  std::unique_ptr<WarmLedger> warm_;
  std::unique_ptr<ServedLedger> served_;
  std::unique_ptr<Service> service_;
};

// The code of a problem, after a look at what all problems have; "" of another answer.
inline std::string ProblemCode(const HttpResponse& response) {
  const std::string* const type = response.Field("Content-Type");
  if (type == nullptr || *type != "application/problem+json") return "";
  const auto json = nlohmann::json::parse(response.body);
  const std::string code = json.at("code");
  EXPECT_EQ(json.at("type"), "urn:duebook:problem:" + code);
  EXPECT_EQ(json.at("status"), response.status);
  EXPECT_NE(json.at("title"), "");
  EXPECT_NE(json.at("detail"), "");
  return code;
}

}  // namespace duebook
