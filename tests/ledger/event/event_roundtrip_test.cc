// Whatever a door can say survives every form an event takes: bytes, the text of its cells, JSON.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ledger/event/event_clock.h"
#include "ledger/event/event_json.h"
#include "tests/support/random_records.h"
#include "tests/support/seed.h"

namespace duebook {
namespace {

constexpr int kRounds = 60;  // of every type

Command MustMake(const Record& record, const CommandContext& context) {
  auto made = MakeCommand(record, context);
  if (const auto* rejection = std::get_if<Rejection>(&made)) {
    ADD_FAILURE() << CodeName(rejection->code) << " " << rejection->field << ": " << rejection->sentence;
  }
  return std::get<Command>(std::move(made));
}

// A command as it is once the ledger has filled it in.
Command Admitted(Command command) {
  const EventTypeInfo& info = command.event().info();
  if (info.has_amount && command.event().currency().empty()) {
    EXPECT_FALSE(command.SetCurrency(*Currency::Parse("KWD")).has_value());
  }
  if (info.names_documents && info.customer != CustomerUse::kNone && command.event().customer().empty()) {
    if (ReferenceCount(command.event()) > 1) command.SetCustomer("C-filled");
  }
  for (const FieldInfo& field : info.fields) {
    if (!field.filled || command.IsGiven(field)) continue;
    if (field.type == FieldType::kDate) command.Set(field.name, *Date::Parse("2030-01-01"));
    if (field.type == FieldType::kHash) command.Set(field.name, Sha256("request"));
    if (field.type == FieldType::kAmount) command.Set(field.name, Minor{100});
  }
  command.SetSequence(7, Time{1});
  return command;
}

template <class Check>
void ForRandomRecords(Check&& check) {
  const uint32_t seed = TestSeed(12);
  TRACE_SEED(seed);
  RandomRecords records(seed);
  for (const EventTypeInfo& info : AllEventTypes()) {
    SCOPED_TRACE(info.name);
    for (int i = 0; i < kRounds && !testing::Test::HasFailure(); i++) {
      CommandContext context = CnyContext();
      context.as_imported = records.Below(2) == 0;
      check(records.Make(info), context);
    }
  }
}

// The event's fields as cells of a CSV file.
Record CellsOf(EventView event, std::vector<std::string>* kept) {
  const auto add = [&](Record& record, std::string_view name, std::string text) {
    if (!text.empty()) record.fields.emplace_back(name, CellValue(kept->emplace_back(std::move(text))));
  };
  kept->reserve(64);
  Record record;
  add(record, "type", event.info().name);
  add(record, "id", std::string(event.id()));
  add(record, "date", event.date().ToString());
  add(record, "actor", std::string(event.actor()));
  add(record, "memo", std::string(event.memo()));
  add(record, "customer", std::string(event.customer()));
  add(record, "currency", event.currency().ToString());
  for (const FieldInfo& field : event.info().fields) {
    if (!field.internal) add(record, field.name, FieldText(event, field));
  }
  return record;
}

RawValue ValueOf(const nlohmann::json& json, std::deque<std::string>* kept) {
  if (json.is_string()) return TextValue(kept->emplace_back(json.get<std::string>()));
  if (json.is_boolean()) return BoolValue(json.get<bool>() ? "true" : "false");
  if (json.is_number()) return NumberValue(kept->emplace_back(json.dump()));
  RawValue value;
  if (json.is_array()) {
    value.kind = RawValue::Kind::kList;
    for (const auto& item : json) value.members.emplace_back(std::string_view(), ValueOf(item, kept));
  } else {
    value.kind = RawValue::Kind::kObject;
    for (const auto& [name, member] : json.items()) {
      value.members.emplace_back(kept->emplace_back(name), ValueOf(member, kept));
    }
  }
  return value;
}

TEST(EventRoundtripTest, BytesAreWellFormedAndSayTheSameAgain) {
  ForRandomRecords([](const Record& record, const CommandContext& context) {
    const Command command = MustMake(record, context);
    ASSERT_TRUE(VerifyEvent(command.event().bytes()));
    const Command admitted = Admitted(command);
    ASSERT_TRUE(VerifyEvent(admitted.event().bytes()));
    EXPECT_TRUE(SameContent(command, admitted.event()));
    EXPECT_EQ(MustMake(record, context).event().bytes(), command.event().bytes())
        << "encoding depends on something else";
  });
}

TEST(EventRoundtripTest, CellsSayTheSameAgain) {
  ForRandomRecords([](const Record& record, const CommandContext& context) {
    const Command admitted = Admitted(MustMake(record, context));
    std::vector<std::string> kept;
    const Command again = MustMake(CellsOf(admitted.event(), &kept), context);
    EXPECT_TRUE(SameContent(again, admitted.event()));
    for (const FieldInfo& field : admitted.event().info().fields) {
      if (!field.internal) {
        EXPECT_EQ(FieldText(again.event(), field), FieldText(admitted.event(), field)) << field.name;
      }
    }
  });
}

TEST(EventRoundtripTest, JsonSaysTheSameAgain) {
  ForRandomRecords([](const Record& record, const CommandContext& context) {
    const Command admitted = Admitted(MustMake(record, context));
    std::string line;
    AppendEventJson(admitted.event(), &line);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    std::deque<std::string> kept;
    Record read;
    read.fields = ValueOf(nlohmann::json::parse(line), &kept).members;
    const Command again = MustMake(read, context);
    EXPECT_TRUE(SameContent(again, admitted.event())) << line;
    EXPECT_EQ(again.event().imported(), admitted.event().imported());
    EXPECT_EQ(again.event().actor(), admitted.event().actor());
  });
}

// With what a clock said it is encoded anew, and means the same.
TEST(EventRoundtripTest, AClocksReadingIsBesideAllElse) {
  const Time clock{1'234'567'890};
  ForRandomRecords([clock](const Record& record, const CommandContext& context) {
    const Command command = MustMake(record, context);
    const Command admitted = Admitted(command);
    const StoredEvent event(WithClockReading(admitted.event(), clock));
    ASSERT_TRUE(VerifyEvent(event.bytes()));
    EXPECT_EQ(event.bytes().size() % 8, 0U);
    EXPECT_EQ(event.view().clock(), clock);
    EXPECT_EQ(admitted.event().clock(), std::nullopt);
    EXPECT_TRUE(SameContent(command, event.view()));
    for (size_t i = 0; i < admitted.event().reference_count(); i++) {
      EXPECT_EQ(event.view().reference(i), admitted.event().reference(i));
    }
    for (const FieldInfo& field : event.view().info().fields) {
      EXPECT_EQ(FieldText(event.view(), field), FieldText(admitted.event(), field)) << field.name;
    }
    std::string without, with;
    AppendEventJson(admitted.event(), &without);
    AppendEventJson(event.view(), &with);
    auto json = nlohmann::json::parse(with);
    std::deque<std::string> kept;
    Record read;
    read.fields = ValueOf(json, &kept).members;
    EXPECT_TRUE(SameContent(MustMake(read, context), event.view())) << with;
    EXPECT_EQ(json["clock"], clock.ToString());
    json.erase("clock");
    EXPECT_EQ(json, nlohmann::json::parse(without));
  });
}

TEST(EventRoundtripTest, EveryChangedFieldIsAnotherContent) {
  ForRandomRecords([](const Record& record, const CommandContext& context) {
    const Command admitted = Admitted(MustMake(record, context));
    for (size_t i = 0; i < record.fields.size(); i++) {
      const auto& [name, value] = record.fields[i];
      const bool text = value.kind == RawValue::Kind::kText || value.kind == RawValue::Kind::kCell;
      const FieldInfo* field = admitted.event().info().FindField(name);
      if (!text || field == nullptr || (field->type != FieldType::kText && field->type != FieldType::kProse)) continue;
      Record changed = record;
      const std::string other = "another " + std::string(name);
      changed.fields[i].value.text = other;
      EXPECT_FALSE(SameContent(MustMake(changed, context), admitted.event())) << name;
    }
  });
}

TEST(EventJsonTest, WritesWhatImportReads) {
  Record record = CellsRecord({{"type", "InvoiceIssued"},
                               {"id", "e\"1"},
                               {"date", "2025-03-01"},
                               {"actor", "anna"},
                               {"customer", "C-1"},
                               {"memo", "two\nlines"},
                               {"invoice", "INV-1"},
                               {"amount", "5"},
                               {"due", "2025-05-01"},
                               {"shipments", "S-1;S-2"},
                               {"currency", "CNY"},
                               {"instalments", "2025-04-01 2;2025-05-01 3"}});
  Command command = MustMake(record, CnyContext());
  command.SetSequence(3, Time{1'740'000'000'000'001});
  std::string line;
  AppendEventJson(command.event(), &line);
  EXPECT_EQ(line, R"({"seq":3,"recorded_at":"2025-02-19T21:20:00.000001Z","type":"InvoiceIssued","id":"e\"1",)"
                  R"("date":"2025-03-01","customer":"C-1","currency":"CNY","actor":"anna",)"
                  R"("source":"test.csv:2","memo":"two\nlines","imported":false,"invoice":"INV-1","amount":"5.00",)"
                  R"("due":"2025-05-01","shipments":["S-1","S-2"],)"
                  R"("instalments":[{"due":"2025-04-01","amount":"2.00"},{"due":"2025-05-01","amount":"3.00"}]})");
}

TEST(EventJsonTest, LeavesOutTheHashOfARequest) {
  Command command = MustMake(CellsRecord({{"type", "WriteOffApproved"},
                                          {"id", "e-1"},
                                          {"date", "2025-03-01"},
                                          {"write_off", "W-1"},
                                          {"currency", "CNY"}}),
                             CnyContext());
  command.Set("request", Sha256("request"));
  command.Set("amount", Minor{5});
  std::string line;
  AppendEventJson(command.event(), &line);
  EXPECT_EQ(line.find("request"), std::string::npos) << line;
  EXPECT_EQ(line.find("amount"), std::string::npos) << line;
}

}  // namespace
}  // namespace duebook
