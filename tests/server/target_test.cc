#include "tools/server/target.h"

#include <gtest/gtest.h>

namespace duebook {
namespace {

TEST(Target, IsDecoded) {
  const auto target = ReadTarget("/api/v1/reports/open-items?where=open%3E5&x=a+b&y&customer=%E5%8D%8E#part");
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->path, "/api/v1/reports/open-items");
  const std::vector<std::pair<std::string, std::string>> parameters{
      {"where", "open>5"}, {"x", "a b"}, {"y", ""}, {"customer", "华"}};
  EXPECT_EQ(target->parameters, parameters);
  EXPECT_EQ(*target->One("x"), "a b");
  EXPECT_EQ(*target->One("z"), std::nullopt);
  EXPECT_FALSE(target->One("y").ok());
}

TEST(Target, WhatIsNoTextIsRefused) {
  for (const char* target :
       {"", "x", "*", "http://127.0.0.1/", "/%", "/%4", "/%zz", "/%00", "/a%0d%0ab", "/?a=%7f", "/%ff", "/?%c0%80=1"}) {
    EXPECT_FALSE(ReadTarget(target).ok()) << target;
  }
}

TEST(Target, IsTheSameWhenItIsEncodedAndRead) {
  const std::string text = "a b+&=%#?/华:,~";
  const auto target = ReadTarget("/?x=" + EncodedForTarget(text));
  EXPECT_EQ(*target->One("x"), text);
}

}  // namespace
}  // namespace duebook
