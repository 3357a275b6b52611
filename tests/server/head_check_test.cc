#include "tools/server/head_check.h"

#include <gtest/gtest.h>

#include "tests/server/served_ledger.h"

namespace duebook {
namespace {

HttpRequest WithFields(HttpFields fields) {
  HttpRequest request;
  request.method = "GET";
  request.target = "/";
  request.fields = std::move(fields);
  return request;
}

bool IsRefused(const HttpRequest& request) {
  const auto refused = CheckHead(request, HostsOf(8470), ServerLimits());
  EXPECT_TRUE(!refused.has_value() || refused->closes);
  return refused.has_value();
}

TEST(HeadCheck, HostsAreThoseOfThisMachine) {
  for (const char* host : {"127.0.0.1:8470", "localhost:8470", "LOCALHOST:8470", "[::1]:8470"}) {
    EXPECT_FALSE(IsRefused(WithFields({{"host", host}}))) << host;
  }
  for (const char* host : {"", "127.0.0.1", "127.0.0.1:80", "evil.example:8470", "localhost:8470.evil.example"}) {
    EXPECT_TRUE(IsRefused(WithFields({{"host", host}}))) << host;
  }
  EXPECT_TRUE(IsRefused(WithFields({})));
  EXPECT_TRUE(IsRefused(WithFields({{"host", "localhost:8470"}, {"host", "localhost:8470"}})));
}

TEST(HeadCheck, ALengthIsToldOnce) {
  const std::pair<std::string, std::string> host{"host", "localhost:8470"}, length{"content-length", "2"},
      encoding{"transfer-encoding", "chunked"};
  EXPECT_FALSE(IsRefused(WithFields({host, length})));
  EXPECT_FALSE(IsRefused(WithFields({host, encoding})));
  EXPECT_TRUE(IsRefused(WithFields({host, length, length})));
  EXPECT_TRUE(IsRefused(WithFields({host, encoding, encoding})));
  EXPECT_TRUE(IsRefused(WithFields({host, length, encoding})));
  HttpRequest old = WithFields({host, encoding});
  old.is_http_1_0 = true;
  EXPECT_TRUE(IsRefused(old));
}

TEST(HeadCheck, ControlCharactersAndManyFieldsAreRefused) {
  EXPECT_TRUE(IsRefused(WithFields({{"host", "localhost:8470"}, {"x", "a\x01z"}})));
  EXPECT_TRUE(IsRefused(WithFields({{"host", "localhost:8470"}, {"x", "a\x7fz"}})));
  EXPECT_FALSE(IsRefused(WithFields({{"host", "localhost:8470"}, {"x", "a\tz"}})));
  HttpFields fields(63, {"x", "1"});
  fields.emplace_back("host", "localhost:8470");
  EXPECT_FALSE(IsRefused(WithFields(fields)));
  fields.emplace_back("x", "1");
  EXPECT_EQ(CheckHead(WithFields(fields), HostsOf(8470), ServerLimits())->status, 431);
}

}  // namespace
}  // namespace duebook
