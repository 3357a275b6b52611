#include "ledger/command/command.h"

#include <cstring>

#include "ledger/command/amount_conversion.h"
#include "ledger/command/encode/command_encoder.h"
#include "ledger/command/record_reader.h"
#include "ledger/command/unsettled_record.h"

namespace duebook {
namespace {

schema::Event* MutableEvent(std::string& bytes) { return schema::GetMutableEvent(bytes.data()); }

}  // namespace

std::string_view RawValue::kind_name() const {
  switch (kind) {
    case Kind::kCell:
    case Kind::kText:
      return "a text";
    case Kind::kNumber:
      return "a number";
    case Kind::kBool:
      return "true or false";
    case Kind::kList:
      return "a list";
    case Kind::kObject:
      return "an object";
  }
  return "";
}

std::optional<Rejection> Command::SetCurrency(Currency currency) {
  CHECK(event().info().has_amount && !currency.empty());
  const int decimals = currency.decimals();
  Minor minor = 0;
  for (const OpenAmount& open : open_amounts_) {
    if (auto rejection = ConvertToMinor(open.value, currency, decimals, open.field, &minor)) return rejection;
  }
  for (const OpenAmount& open : open_amounts_) {
    CHECK(!ConvertToMinor(open.value, currency, decimals, open.field, &minor).has_value());
    const schema::Amount amount(minor);
    std::memcpy(&bytes_[open.offset], &amount, sizeof(amount));
  }
  CHECK(MutableEvent(bytes_)->mutate_currency(currency.packed()));
  return std::nullopt;
}

void Command::SetSequence(uint64_t seq, Time recorded_at) {
  schema::Event* event = MutableEvent(bytes_);
  CHECK(event->mutate_seq(seq) && event->mutate_recorded_at(recorded_at.microseconds));
}

void Command::SetReference(size_t index, uint64_t seq) {
  auto* references = MutableEvent(bytes_)->mutable_references();
  CHECK(references != nullptr && index < references->size());
  references->Mutate(static_cast<flatbuffers::uoffset_t>(index), seq);
}

bool Command::IsGiven(const FieldInfo& field) const {
  CHECK(field.filled);
  const auto place = static_cast<size_t>(&field - event().info().fields.data());
  return (left_open_ >> place & 1) == 0;
}

bool Command::IsGiven(std::string_view field) const {
  const FieldInfo* info = event().info().FindField(field);
  CHECK(info != nullptr);
  return IsGiven(*info);
}

template <class Struct>
Struct* Command::MutableStruct(std::string_view field, FieldType type) {
  const FieldInfo* info = event().info().FindField(field);
  CHECK(info != nullptr && (info->internal || info->filled) && info->type == type);
  auto* body = static_cast<flatbuffers::Table*>(MutableEvent(bytes_)->mutable_body());
  auto* value = body->GetStruct<Struct*>(info->vtable_offset);
  CHECK(value != nullptr);
  return value;
}

void Command::Set(std::string_view field, Minor amount) {
  MutableStruct<schema::Amount>(field, FieldType::kAmount)->mutate_minor(amount);
}

void Command::Set(std::string_view field, Date date) {
  MutableStruct<schema::Date>(field, FieldType::kDate)->mutate_days(date.days());
}

void Command::Set(std::string_view field, const Hash& hash) {
  auto* stored = MutableStruct<schema::Hash>(field, FieldType::kHash);
  std::memcpy(stored->mutable_bytes()->data(), hash.data(), hash.size());
}

void Command::Set(std::string_view field, std::span<const std::optional<Date>> dates) {
  const FieldInfo* info = event().info().FindField(field);
  CHECK(info != nullptr && info->type == FieldType::kDates);
  auto* body = static_cast<flatbuffers::Table*>(MutableEvent(bytes_)->mutable_body());
  auto* stored = body->GetPointer<flatbuffers::Vector<const schema::Date*>*>(info->vtable_offset);
  CHECK(stored != nullptr && stored->size() == dates.size());
  for (flatbuffers::uoffset_t i = 0; i < stored->size(); i++) {
    if (dates[i].has_value()) stored->GetMutableObject(i)->mutate_days(dates[i]->days());
  }
}

void Command::Set(std::string_view field, const schema::ChosenBand& chosen) {
  *MutableStruct<schema::ChosenBand>(field, FieldType::kChosenBand) = chosen;
}

// The text is last in the bytes, so it can be of any length: a string is its length, its bytes and a zero byte. The end
// stays a multiple of eight, as everything in an event is aligned from its beginning.
void Command::SetCustomer(std::string_view customer) {
  CHECK(open_customer_ != 0 && customer.size() <= kMaxNumberBytes);
  const auto length = flatbuffers::EndianScalar(static_cast<flatbuffers::uoffset_t>(customer.size()));
  bytes_.resize(open_customer_);
  bytes_.append(reinterpret_cast<const char*>(&length), sizeof(length));
  bytes_.append(customer);
  bytes_.push_back('\0');
  bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
}

MadeCommand MakeCommand(const Record& record, const CommandContext& context) {
  static thread_local RecordReader reader;
  static thread_local CommandEncoder encoder;
  const RecordValues* values = reader.Read(record, context);
  std::shared_ptr<const UnsettledRecord> unsettled;
  if (reader.unsettled()) unsettled = std::make_shared<const UnsettledRecord>(record, context);
  if (values == nullptr) {
    Rejection rejection = reader.rejection();
    rejection.unsettled = std::move(unsettled);
    return rejection;
  }
  Command command = encoder.Encode(*values);
  command.unsettled_ = std::move(unsettled);
  return command;
}

}  // namespace duebook
