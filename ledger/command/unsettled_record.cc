#include "ledger/command/unsettled_record.h"

#include <algorithm>

namespace duebook {
namespace {

size_t SizeOfTexts(const RawValue& value) {
  size_t size = value.text.size();
  for (const RawMember& member : value.members) size += member.name.size() + SizeOfTexts(member.value);
  return size;
}

}  // namespace

UnsettledRecord::UnsettledRecord(const Record& record, const CommandContext& context)
    : default_actor_(context.default_actor), record_(record), context_(context) {
  size_t size = 0;
  for (const RawMember& field : record_.fields) size += field.name.size() + SizeOfTexts(field.value);
  texts_.reserve(size);  // so that no view into it moves
  RawValue all;
  all.members = std::move(record_.fields);
  TakeTexts(&all);
  record_.fields = std::move(all.members);
  context_.default_actor = default_actor_;
}

void UnsettledRecord::TakeTexts(RawValue* value) {
  const auto take = [this](std::string_view* text) {
    const size_t start = texts_.size();
    texts_.append(*text);
    *text = std::string_view(texts_).substr(start);
  };
  take(&value->text);
  for (RawMember& member : value->members) {
    take(&member.name);
    TakeTexts(&member.value);
  }
}

std::string_view UnsettledRecord::id() const {
  const auto id = std::find_if(record_.fields.begin(), record_.fields.end(),
                               [](const RawMember& field) { return field.name == "id"; });
  return id == record_.fields.end() ? std::string_view() : id->value.text;
}

MadeCommand UnsettledRecord::ReadAsNew(KnownNames* known) const {
  CommandContext context = context_;
  context.known = known;
  return MakeCommand(record_, context);
}

MadeCommand UnsettledRecord::ReadAsGiven() const {
  CommandContext context = context_;
  context.as_spelled = true;
  return MakeCommand(record_, context);
}

}  // namespace duebook
