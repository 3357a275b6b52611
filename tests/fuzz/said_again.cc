#include "tests/fuzz/said_again.h"

#include <algorithm>
#include <deque>
#include <string>

#include "ledger/event/event_clock.h"
#include "ledger/event/event_fields.h"
#include "ledger/event/event_json.h"
#include "tests/fuzz/promises.h"
#include "tools/import/rows/json_record.h"

namespace duebook {

namespace {

// What the books would add to a command: false if they would refuse it, because an amount does not fit the currency of
// the documents it names.
bool Admit(Command* command) {
  const EventTypeInfo& info = command->event().info();
  if (info.has_amount && command->event().currency().empty()) {
    if (const auto rejection = command->SetCurrency(*Currency::Parse("KWD"))) {
      CheckSentence(rejection->sentence);
      return false;
    }
  }
  const bool names_documents = ReferenceCount(command->event()) > 1;
  if (names_documents && info.customer != CustomerUse::kNone && command->event().customer().empty()) {
    command->SetCustomer("C-filled");
  }
  for (const FieldInfo& field : info.fields) {
    if (!field.filled || command->IsGiven(field)) continue;
    if (field.type == FieldType::kDate) command->Set(field.name, *Date::Parse("2030-01-01"));
    if (field.type == FieldType::kHash) command->Set(field.name, Sha256("request"));
    if (field.type == FieldType::kAmount) command->Set(field.name, Minor{100});
  }
  command->SetSequence(7, Time{1});
  return true;
}

void CheckAmount(const schema::Amount* amount, bool zero_allowed) {
  if (amount == nullptr) return;
  CHECK(amount->minor() > 0 || (zero_allowed && amount->minor() == 0));
}

void CheckAmounts(const flatbuffers::Table& table, const std::vector<FieldInfo>& fields) {
  for (const FieldInfo& field : fields) {
    if (field.internal) continue;
    if (field.type == FieldType::kAmount) CheckAmount(StructField<schema::Amount>(table, field), field.zero_allowed);
    const auto* items = field.type == FieldType::kItems ? PointerField<ItemVector>(table, field) : nullptr;
    if (items == nullptr) continue;
    for (const flatbuffers::Table* item : *items) CheckAmounts(*item, field.items);
  }
}

// What the record makes means the event.
Command MakeSame(Record record, EventView event) {
  record.source = event.source();
  CommandContext context = FuzzContext();
  context.as_imported = event.imported();
  auto made = MakeCommand(record, context);
  CHECK(std::holds_alternative<Command>(made));
  auto& command = std::get<Command>(made);
  CHECK(SameContent(command, event));
  return std::move(command);
}

void CheckJson(EventView event) {
  std::string line;
  AppendEventJson(event, &line);
  CHECK(line.find('\n') == std::string::npos);
  const size_t size = line.size();
  line.append(simdjson::SIMDJSON_PADDING, ' ');
  JsonRecordReader reader;
  Record record;
  CHECK(!reader.Read(std::string_view(line).substr(0, size), &record).has_value());
  Command again = MakeSame(record, event);
  CHECK(Admit(&again));
  std::string line_again;
  AppendEventJson(again.event(), &line_again);
  CHECK(line_again == std::string_view(line).substr(0, size));
}

void CheckClockReading(const Command& command, EventView event) {
  const StoredEvent with(WithClockReading(event, Time{-1}));
  CHECK(VerifyEvent(with.bytes()));
  CHECK(with.view().clock() == Time{-1});
  CHECK(SameContent(command, with.view()));
}

bool HasAnyOf(const TextVector* list, std::string_view signs) {
  return list != nullptr && std::any_of(list->begin(), list->end(), [&](const flatbuffers::String* item) {
           const std::string_view text = EventView::Text(item);
           return text.find_first_of(signs) != std::string_view::npos || text.starts_with(' ') || text.ends_with(' ');
         });
}

// Items of lists that cells cannot say: those with the signs that join them, or with spaces around them.
bool FitCells(const flatbuffers::Table& table, const std::vector<FieldInfo>& fields, std::string_view signs) {
  return std::all_of(fields.begin(), fields.end(), [&](const FieldInfo& field) {
    if (field.type == FieldType::kTextList) return !HasAnyOf(PointerField<TextVector>(table, field), signs);
    const auto* items = field.type == FieldType::kItems ? PointerField<ItemVector>(table, field) : nullptr;
    return items == nullptr || std::all_of(items->begin(), items->end(), [&](const flatbuffers::Table* item) {
             return FitCells(*item, field.items, ";+");
           });
  });
}

void CheckCells(EventView event) {
  std::deque<std::string> kept;
  Record record;
  const auto add = [&](std::string_view name, std::string text) {
    if (text.empty()) return;
    record.fields.emplace_back(name, RawValue{RawValue::Kind::kCell, kept.emplace_back(std::move(text)), {}});
  };
  add("type", event.info().name);
  add("id", std::string(event.id()));
  add("date", event.date().ToString());
  add("actor", std::string(event.actor()));
  add("memo", std::string(event.memo()));
  add("customer", std::string(event.customer()));
  add("currency", event.currency().ToString());
  for (const FieldInfo& field : event.info().fields) {
    if (!field.internal) add(field.name, FieldText(event, field));
  }
  const Command again = MakeSame(record, event);
  for (const FieldInfo& field : event.info().fields) {
    CHECK(field.internal || FieldText(again.event(), field) == FieldText(event, field));
  }
}

}  // namespace

void CheckSaidAgain(const Command& command) {
  CHECK(VerifyEvent(command.event().bytes()));
  Command admitted = command;
  if (!Admit(&admitted)) return;
  const EventView event = admitted.event();
  CHECK(VerifyEvent(event.bytes()));
  CHECK(SameContent(command, event));
  CheckAmounts(event.body_table(), event.info().fields);
  CheckClockReading(command, event);
  CheckJson(event);
  if (FitCells(event.body_table(), event.info().fields, ";")) CheckCells(event);
}

}  // namespace duebook
