// What is recorded over HTTP.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/served_ledger.h"

namespace duebook {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class PostEventsTest : public testing::Test {
 protected:
  PostEventsTest() { served_.SignIn(); }

  HttpResponse Post(const json& body, const std::string& parameters = "",
                    std::vector<std::pair<std::string, std::string>> fields = {}) {
    HttpRequest request = served_.Changing("POST", "/events" + parameters, body.dump());
    for (auto& field : fields) request.fields.push_back(std::move(field));
    return served_.Ask(std::move(request));
  }
  static json Note(const std::string& id) {
    return {{"type", "NoteAdded"}, {"id", id}, {"date", "2025-02-03"}, {"customer", "C-1"}, {"text", "called"}};
  }
  static json Invoice(const std::string& number, const std::string& amount) {
    return {{"type", "InvoiceIssued"}, {"id", "id-" + number}, {"date", "2025-02-03"},
            {"customer", "C-1"},       {"invoice", number},    {"amount", amount}};
  }
  uint64_t newest() { return served_.ledger().newest(); }

  ServedSmallLedger served_;
};

TEST_F(PostEventsTest, RecordsAsWhoIsSignedInAndSaysWhatBecameOfIt) {
  const HttpResponse response = Post(Invoice("NEW", "12.50"));
  ASSERT_EQ(response.status, 201) << response.body;
  const json outcome = json::parse(response.body)["outcomes"][0];
  EXPECT_EQ(outcome["outcome"], "recorded");
  EXPECT_EQ(outcome["seq"], 8);
  EXPECT_EQ(newest(), 8U);
  const auto event = served_.log().Get(8);
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->view().actor(), "mei");
  EXPECT_EQ(event->view().source(), "web");
  // Reports know it at once.
  EXPECT_THAT(served_.Get("/reports/open-items?where=invoice%20%3D%20NEW").body, HasSubstr("12.50"));
}

TEST_F(PostEventsTest, TheSameIdIsRecordedOnce) {
  EXPECT_EQ(Post(Note("n1")).status, 201);
  const HttpResponse again = Post(Note("n1"));
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(json::parse(again.body)["outcomes"][0]["outcome"], "duplicate");
  EXPECT_EQ(newest(), 8U);
  json other = Note("n1");
  other["text"] = "wrote";
  const HttpResponse conflict = Post(other);
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(json::parse(conflict.body)["code"], "id_conflict");
}

TEST_F(PostEventsTest, AnIdempotencyKeyStandsForTheIds) {
  json first = Note(""), second = Note("");
  first.erase("id");
  second.erase("id");
  EXPECT_EQ(json::parse(Post(first).body)["code"], "no_id");
  const HttpResponse recorded = Post(json::array({first, second}), "", {{"idempotency-key", "form 7"}});
  ASSERT_EQ(recorded.status, 201) << recorded.body;
  const json outcomes = json::parse(recorded.body)["outcomes"];
  EXPECT_EQ(outcomes[0]["id"].get<std::string>().size(), 24U);
  EXPECT_EQ(outcomes[1]["id"], outcomes[0]["id"].get<std::string>() + ":2");
  EXPECT_EQ(Post(json::array({first, second}), "", {{"idempotency-key", "form 7"}}).status, 200);
  EXPECT_EQ(newest(), 9U);
}

TEST_F(PostEventsTest, NobodyRecordsAsSomebodyElseOrAsAnotherSystem) {
  json note = Note("n1");
  note["actor"] = "li";
  EXPECT_EQ(json::parse(Post(note).body)["code"], "actor_differs");
  note["actor"] = "mei";
  note["imported"] = true;
  EXPECT_EQ(json::parse(Post(note).body)["code"], "imported_refused");
  EXPECT_EQ(newest(), 7U);
  note["imported"] = false;
  EXPECT_EQ(Post(note).status, 201);
}

TEST_F(PostEventsTest, ARefusalCostsOnlyItselfUnlessNoneMayStandAlone) {
  const json both = json::array({Invoice("A", "1.00"), Invoice("B", "-1.00")});
  const HttpResponse together = Post(both, "?atomic=1");
  EXPECT_EQ(together.status, 422) << together.body;
  EXPECT_EQ(json::parse(together.body)["code"], "bad_amount");
  EXPECT_EQ(json::parse(together.body)["outcomes"][0]["outcome"], "would_be_recorded");
  EXPECT_EQ(newest(), 7U);
  const HttpResponse apart = Post(both);
  EXPECT_EQ(apart.status, 207);
  EXPECT_EQ(json::parse(apart.body)["outcomes"][1]["field"], "amount");
  EXPECT_EQ(newest(), 8U);
}

TEST_F(PostEventsTest, ARehearsalRecordsNothing) {
  const HttpResponse response = Post(json::array({Invoice("A", "1.00"), Invoice("A", "2.00")}), "?rehearse=1");
  EXPECT_EQ(response.status, 200);
  const json outcomes = json::parse(response.body)["outcomes"];
  EXPECT_EQ(outcomes[0]["outcome"], "would_be_recorded");
  EXPECT_EQ(outcomes[1]["outcome"], "refused");
  EXPECT_EQ(newest(), 7U);
}

TEST_F(PostEventsTest, WhatRestsOnOlderKnowledgeIsNotRecorded) {
  EXPECT_EQ(Post(Note("n1"), "", {{"if-known", "7"}}).status, 201);
  const HttpResponse changed = Post(Note("n2"), "", {{"if-known", "7"}});
  EXPECT_EQ(changed.status, 412);
  EXPECT_THAT(json::parse(changed.body)["detail"], HasSubstr("newer events than 7: 8"));
  EXPECT_EQ(newest(), 8U);
  json of_other = Note("n3");
  of_other["customer"] = "C-2";
  EXPECT_EQ(Post(of_other, "", {{"if-known", "7"}}).status, 201);
  EXPECT_EQ(Post(Note("n4"), "", {{"if-known", "x"}}).status, 400);
}

TEST_F(PostEventsTest, WhatIsNoRecordIsSaid) {
  for (const char* body : {"7", "[]", "[7]", "[{}", "", "{\"a\":1}{}"}) {
    HttpRequest request = served_.Changing("POST", "/events", body);
    const HttpResponse response = served_.Ask(std::move(request));
    EXPECT_EQ(response.status, 400) << body << response.body;
  }
  EXPECT_EQ(Post(json::array_t(501, Note("n"))).status, 413);
  EXPECT_EQ(Post(Note("n"), "?atomically=1").status, 400);
  EXPECT_EQ(json::parse(Post({{"type", "Nonsense"}, {"id", "x"}}).body)["code"], "unknown_type");
}

TEST_F(PostEventsTest, ManyRecordAtTheSameTime) {
  constexpr int kThreads = 6, kEach = 20;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; thread++) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < kEach; i++) {
        std::vector<MadeCommand> commands;
        commands.push_back(MakeTestCommand({{"type", "NoteAdded"},
                                            {"id", std::to_string(thread) + "-" + std::to_string(i)},
                                            {"date", "2025-02-03"},
                                            {"customer", "C-1"},
                                            {"text", "x"}}));
        const auto outcomes = served_.ledger().Record(commands);
        ASSERT_TRUE(outcomes.ok());
        const auto* recorded = std::get_if<Recorded>(&outcomes->front());
        ASSERT_NE(recorded, nullptr);
        ASSERT_GE(served_.ledger().newest(), recorded->seq);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(newest(), 7U + kThreads * kEach);
}

TEST_F(PostEventsTest, TellsWhatCanBeRecorded) {
  const json types = json::parse(served_.Get("/types").body);
  const auto contact =
      std::find_if(types.begin(), types.end(), [](const json& type) { return type["name"] == "ContactLogged"; });
  ASSERT_NE(contact, types.end());
  EXPECT_EQ((*contact)["group"], "collection");
  const json& fields = (*contact)["fields"];
  EXPECT_TRUE(std::any_of(fields.begin(), fields.end(),
                          [](const json& field) { return field["name"] == "customer" && field["needed"] == true; }));
}

}  // namespace
}  // namespace duebook
