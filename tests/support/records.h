// Records for tests, written as a door would read them.

#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/command/command.h"

namespace duebook {

inline RawValue CellValue(std::string_view text) { return {RawValue::Kind::kCell, text, {}}; }
inline RawValue TextValue(std::string_view text) { return {RawValue::Kind::kText, text, {}}; }
inline RawValue NumberValue(std::string_view text) { return {RawValue::Kind::kNumber, text, {}}; }
inline RawValue BoolValue(std::string_view text) { return {RawValue::Kind::kBool, text, {}}; }
inline RawValue ListValue(std::vector<RawValue> items) {
  RawValue list{RawValue::Kind::kList, {}, {}};
  for (RawValue& item : items) list.members.emplace_back(std::string_view(), std::move(item));
  return list;
}
inline RawValue ObjectValue(std::vector<RawMember> members) {
  return {RawValue::Kind::kObject, {}, std::move(members)};
}

// A record of a CSV file or of the terminal.
inline Record CellsRecord(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  Record record;
  for (const auto& [name, text] : fields) record.fields.emplace_back(name, CellValue(text));
  record.source = "test.csv:2";
  return record;
}

// A payment as a record, and an application of it.
inline Record PaymentRecord() {
  return CellsRecord({{"type", "PaymentReceived"},
                      {"id", "e-7"},
                      {"date", "2025-03-01"},
                      {"customer", "C-1"},
                      {"payment", "RCV-7"},
                      {"amount", "1200.50"}});
}

inline Record ApplicationRecord() {
  return CellsRecord({{"type", "PaymentApplied"},
                      {"id", "a-1"},
                      {"date", "2025-03-01"},
                      {"payment", "RCV-7"},
                      {"invoice", "INV-1"},
                      {"amount", "100.5"}});
}

inline Record InvoiceRecord() {
  return CellsRecord({{"type", "InvoiceIssued"},
                      {"id", "e-1"},
                      {"date", "2025-03-01"},
                      {"customer", "C-1"},
                      {"invoice", "INV-1"},
                      {"amount", "5"}});
}

// The record with one field changed; an empty kind of value leaves the field out.
inline Record With(Record record, std::string_view name, RawValue value) {
  for (auto& [field, old] : record.fields) {
    if (field == name) {
      old = std::move(value);
      return record;
    }
  }
  record.fields.emplace_back(name, std::move(value));
  return record;
}

inline Record Without(Record record, std::string_view name) {
  std::erase_if(record.fields, [&](const auto& field) { return field.name == name; });
  return record;
}

inline CommandContext CnyContext() { return {*Currency::Parse("CNY"), "clerk", false}; }

// The command that the record makes; a refusal fails the test.
inline Command Accepted(const Record& record, const CommandContext& context = CnyContext()) {
  auto made = MakeCommand(record, context);
  if (const auto* rejection = std::get_if<Rejection>(&made)) {
    ADD_FAILURE() << CodeName(rejection->code) << ": " << rejection->sentence;
  }
  Command command = std::get<Command>(std::move(made));
  EXPECT_TRUE(VerifyEvent(command.event().bytes()));
  return command;
}

// "code field" of what the record is refused for, or "accepted".
inline std::string Answer(const Record& record, const CommandContext& context = CnyContext()) {
  const auto made = MakeCommand(record, context);
  const auto* rejection = std::get_if<Rejection>(&made);
  if (rejection == nullptr) return "accepted";
  EXPECT_FALSE(rejection->sentence.empty());
  EXPECT_FALSE(rejection->sentence.ends_with('.')) << rejection->sentence;
  EXPECT_TRUE(IsValidUtf8(rejection->sentence));
  return std::string(CodeName(rejection->code)) + ' ' + rejection->field;
}

// Why the record is refused; "" if it is not.
inline std::string SentenceOf(const Record& record, const CommandContext& context = CnyContext()) {
  const auto made = MakeCommand(record, context);
  const auto* rejection = std::get_if<Rejection>(&made);
  return rejection == nullptr ? "" : rejection->sentence;
}

// The value of a field of the body, as text.
inline std::string TextOf(const Command& command, std::string_view field) {
  const FieldInfo* info = command.event().info().FindField(field);
  CHECK(info != nullptr);
  return FieldText(command.event(), *info);
}

}  // namespace duebook
