#include "ledger/books/write_off_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace duebook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Currency Code(std::string_view code) { return Currency::Parse(code).value(); }
Date Day(std::string_view text) { return Date::Parse(text).value(); }

WriteOffPolicy CnyPolicy() {
  return {Code("CNY"),
          12,
          {{100000, 1, {"controller"}}, {5000000, 2, {"controller", "cfo"}}, {std::nullopt, 2, {"cfo", "board"}}}};
}

TEST(WriteOffPolicy, SumOfExactlyUpToBelongsToTheLowerBand) {
  const WriteOffPolicy policy = CnyPolicy();
  struct {
    Minor sum;
    size_t band;
  } cases[] = {
      {1, 0}, {99999, 0}, {100000, 0}, {100001, 1}, {5000000, 1}, {5000001, 2}, {INT64_MAX, 2},
  };
  for (const auto& c : cases) EXPECT_EQ(GoverningBand(policy, policy.currency, c.sum), &policy.bands[c.band]) << c.sum;
}

TEST(WriteOffPolicy, NobodyMayApproveASumAboveAllBands) {
  const WriteOffPolicy policy{Code("CNY"), 12, {{100, 1, {}}, {200, 2, {}}}};
  EXPECT_EQ(GoverningBand(policy, Code("CNY"), 200), &policy.bands[1]);
  EXPECT_EQ(GoverningBand(policy, Code("CNY"), 201), nullptr);
}

TEST(WriteOffPolicy, AnotherCurrencyIsInTheHighestBandWhateverTheSum) {
  const WriteOffPolicy policy{Code("CNY"), 12, {{100, 1, {}}, {200, 2, {}}}};
  EXPECT_EQ(GoverningBand(policy, Code("USD"), 1), &policy.bands[1]);
  EXPECT_EQ(GoverningBand(policy, Code("USD"), 201), &policy.bands[1]);
}

TEST(WriteOffPolicy, RequestsCountThatAreDatedAfterTheDateLessTheMonths) {
  struct {
    const char* other;
    const char* request;
    int months;
    bool counts;
  } cases[] = {
      {"2024-03-15", "2025-03-15", 12, false}, {"2024-03-16", "2025-03-15", 12, true},
      {"2026-12-31", "2025-03-15", 12, true},  {"2025-03-15", "2025-03-15", 0, false},
      {"2025-03-16", "2025-03-15", 0, true},   {"2024-02-29", "2025-02-28", 12, true},
      {"2024-02-29", "2024-03-31", 1, false},  {"2024-03-01", "2024-03-31", 1, true},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(CountsWith(Day(c.other), Day(c.request), c.months), c.counts) << c.other << " " << c.request;
  }
}

TEST(WriteOffPolicy, MissingIsWhatTheBandStillAsksFor) {
  const WriteOffApprover li{"li", {"controller"}}, wang{"wang", {"cfo"}}, zhao{"zhao", {"controller", "cfo"}},
      nobody{"nobody", {"clerk"}};
  struct {
    std::string name;
    WriteOffBand band;
    std::vector<WriteOffApprover> approvers;
    int approvals;
    std::vector<std::string> roles;
  } cases[] = {
      {"nobody yet", {{}, 2, {"controller", "cfo"}}, {}, 2, {"controller", "cfo"}},
      {"one of two", {{}, 2, {"controller", "cfo"}}, {li}, 1, {"cfo"}},
      {"both", {{}, 2, {"controller", "cfo"}}, {li, wang}, 0, {}},
      {"all roles in one person, but two people asked", {{}, 2, {"controller", "cfo"}}, {zhao}, 1, {}},
      {"all roles in one person suffice for one", {{}, 1, {"controller", "cfo"}}, {zhao}, 0, {}},
      {"a person counts once", {{}, 2, {"controller"}}, {li, li}, 1, {}},
      {"without a role of the band nobody counts", {{}, 1, {"controller"}}, {nobody}, 1, {"controller"}},
      {"more people than asked, role still missing", {{}, 1, {"controller", "cfo"}}, {li}, 0, {"cfo"}},
      {"no roles asked: anybody", {{}, 1, {}}, {nobody}, 0, {}},
  };
  for (const auto& c : cases) {
    const MissingApproval missing = MissingOf(c.band, c.approvers);
    EXPECT_EQ(missing.approvals, c.approvals) << c.name;
    EXPECT_EQ(missing.roles, c.roles) << c.name;
    EXPECT_EQ(missing.complete(), c.approvals == 0 && c.roles.empty()) << c.name;
  }
}

TEST(WriteOffPolicy, TheLastOneEffectiveOnTheDateOfTheRequestGoverns) {
  const auto bands = [](int approvals) { return std::vector<WriteOffBand>{{std::nullopt, approvals, {}}}; };
  const std::vector<DatedWriteOffPolicy> policies{
      {10, Day("2025-01-01"), {Code("CNY"), 12, bands(1)}},
      {20, Day("2025-06-01"), {Code("CNY"), 12, bands(2)}},
      {30, Day("2025-03-01"), {Code("CNY"), 12, bands(3)}},
      {40, Day("2025-03-01"), {Code("CNY"), 12, bands(4)}},
  };
  EXPECT_EQ(GoverningPolicy(policies, Day("2024-12-31")), nullptr);
  EXPECT_EQ(GoverningPolicy(policies, Day("2025-02-28"))->policy.bands[0].approvals, 1);
  EXPECT_EQ(GoverningPolicy(policies, Day("2025-03-01"))->policy.bands[0].approvals, 4);
  EXPECT_EQ(GoverningPolicy(policies, Day("2025-06-01"))->policy.bands[0].approvals, 2);
}

TEST(WriteOffPolicy, ReadsTheEvent) {
  flatbuffers::FlatBufferBuilder builder;
  const std::vector<flatbuffers::Offset<flatbuffers::String>> names{builder.CreateString("controller"),
                                                                    builder.CreateString("cfo")};
  const auto roles = builder.CreateVector(names);
  const schema::Amount up_to(100000);
  const std::vector<flatbuffers::Offset<schema::WriteOffBand>> bands{
      schema::CreateWriteOffBand(builder, &up_to, 1, roles), schema::CreateWriteOffBand(builder, nullptr, 2)};
  const auto body = schema::CreateWriteOffPolicySet(builder, builder.CreateVector(bands), 6);
  const auto id = builder.CreateString("policy-1");
  schema::EventBuilder event(builder);
  event.add_id(id);
  event.add_actor(id);
  event.add_currency(Code("CNY").packed());
  event.add_body_type(EventType::WriteOffPolicySet);
  event.add_body(body.Union());
  builder.Finish(event.Finish());

  const WriteOffPolicy policy = PolicyOf(
      EventView(std::string_view(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize())));
  EXPECT_EQ(policy.currency, Code("CNY"));
  EXPECT_EQ(policy.months, 6);
  ASSERT_EQ(policy.bands.size(), 2u);
  EXPECT_EQ(policy.bands[0].up_to, 100000);
  EXPECT_THAT(policy.bands[0].roles, ElementsAre("controller", "cfo"));
  EXPECT_EQ(policy.bands[1].up_to, std::nullopt);
  EXPECT_EQ(policy.bands[1].approvals, 2);
  EXPECT_THAT(policy.bands[1].roles, IsEmpty());
}

}  // namespace
}  // namespace duebook
