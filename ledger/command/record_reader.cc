// The record as a whole: which fields there are, which must be, and what the absent ones default to. Single values are
// read in record_texts.cc and record_scalars.cc, lists in record_lists.cc.

#include "ledger/command/record_reader.h"

#include <fmt/format.h>

#include <array>

#include "ledger/command/amount_conversion.h"
#include "ledger/command/name_index.h"
#include "ledger/event/field_form.h"
#include "ledger/values/suggestion.h"

namespace duebook {

// The fields of every type; also their slots among the fields of a record.
enum class RecordReader::Common : int {
  kType,
  kId,
  kDate,
  kActor,
  kMemo,
  kCustomer,
  kCurrency,
  kImported,
  kSeq,         // this and the following are what an export adds: accepted and ignored
  kRecordedAt,  //
  kSource,      //
  kClock,       //
};

namespace {

// The date of a record that has none, or none that can be read.
constexpr Date kNoDate = Date::FromDays(kUnsetDays);

// Slots of the fields of a body follow those of the common fields.
constexpr int kFirstBodySlot = 12;
constexpr size_t kMaxBodyFields = 64 - kFirstBodySlot;

constexpr std::array<std::string_view, kFirstBodySlot> kCommonNames = {
    "type", "id", "date", "actor", "memo", "customer", "currency", "imported", "seq", "recorded_at", "source", "clock"};

void AddCommonNames(NameIndex* names) {
  for (size_t i = 0; i < kCommonNames.size(); i++) names->Add(kCommonNames[i], static_cast<int>(i));
}

std::vector<NameIndex> FieldNamesByType() {
  std::vector<NameIndex> all(256);
  AddCommonNames(&all[0]);  // of a record without a type
  for (const EventTypeInfo& info : AllEventTypes()) {
    CHECK(info.fields.size() <= kMaxBodyFields);
    NameIndex& names = all[static_cast<size_t>(info.type)];
    AddCommonNames(&names);
    for (size_t i = 0; i < info.fields.size(); i++) {
      if (!info.fields[i].internal) names.Add(info.fields[i].name, kFirstBodySlot + static_cast<int>(i));
    }
  }
  return all;
}

// The slots of all fields that a record of this type may have.
const NameIndex& FieldNames(const EventTypeInfo* type) {
  static const std::vector<NameIndex> all = FieldNamesByType();
  return all[type == nullptr ? 0 : static_cast<size_t>(type->type)];
}

NameIndex TypeNameIndex() {
  NameIndex names;
  for (const EventTypeInfo& info : AllEventTypes()) names.Add(info.name, static_cast<int>(info.type));
  return names;
}

const EventTypeInfo* TypeNamed(std::string_view name) {
  static const NameIndex names = TypeNameIndex();
  const int number = names.Find(name);
  return number == NameIndex::kAbsent ? nullptr : FindEventType(static_cast<EventType>(number));
}

bool IsEmptyText(const RawValue& value) { return value.kind == RawValue::Kind::kText && value.text.empty(); }

std::string UnknownTypeSentence(std::string_view name) {
  std::vector<std::string_view> all;
  for (const EventTypeInfo& info : AllEventTypes()) all.push_back(info.name);
  const std::string meant = DidYouMean(name, all);
  return fmt::format("there is no event type {}{}", Quoted(name),
                     meant.empty() ? "; `duebook record --help` lists them all" : meant);
}

}  // namespace

const RecordValues* RecordReader::Read(const Record& record, const CommandContext& context) {
  Reset();
  context_ = &context;
  FindType(record);
  LikelyPlaces& places = likely_[values_.type == nullptr ? 0 : static_cast<size_t>(values_.type->type)];
  for (size_t i = 0; i < record.fields.size(); i++) {
    ReadField(record.fields[i].name, record.fields[i].value, &places[i % places.size()]);
  }
  ReadSource(record.source);
  Complete(context);
  if (!rejection_.has_value()) return &values_;
  if (spelling_rejection_.has_value() && spelling_rejection_->code <= rejection_->code) {
    rejection_ = std::move(spelling_rejection_);
  }
  if (values_.id.size() <= kMaxIdBytes && IsValidUtf8(values_.id)) rejection_->id = values_.id;
  return nullptr;
}

void RecordReader::Reset() {
  rejection_.reset();
  spelling_rejection_.reset();
  unsettled_ = false;
  spelled_.clear();
  missing_.clear();
  faults_ = 0;
  seen_ = 0;
  refused_ = 0;
  imported_.reset();
  values_.type = nullptr;
  values_.id = values_.actor = values_.source = values_.memo = values_.customer = {};
  values_.date = kNoDate;
  values_.currency = Currency();
  values_.currency_open = values_.imported = values_.customer_open = false;
  values_.fields.clear();
  values_.texts.clear();
  values_.items.clear();
}

// The type decides what the other fields mean, wherever in the record it stands.
void RecordReader::FindType(const Record& record) {
  for (const auto& [name, value] : record.fields) {
    if (name != "type") continue;
    if (value.is_text()) values_.type = TypeNamed(value.text);
    break;
  }
  if (values_.type != nullptr) values_.fields.resize(values_.type->fields.size());
}

void RecordReader::ReadField(std::string_view name, const RawValue& value, uint8_t* likely) {
  const int slot = FieldNames(values_.type).Find(name, likely);
  if (slot == NameIndex::kAbsent) return RefuseUnknownField(name);
  if ((seen_ >> slot & 1) != 0) {
    return Refuse(RejectionCode::kBadField, name, fmt::format("{} is given twice", name));
  }
  seen_ |= uint64_t{1} << slot;
  if (IsEmptyText(value)) return;  // absent
  const int faults_before = faults_;
  if (slot < kFirstBodySlot) {
    ReadCommon(static_cast<Common>(slot), name, value);
  } else {
    const auto index = static_cast<size_t>(slot - kFirstBodySlot);
    ReadBodyField(values_.type->fields[index], value, &values_.fields[index]);
  }
  if (faults_ > faults_before) refused_ |= uint64_t{1} << slot;
}

void RecordReader::ReadCommon(Common field, std::string_view name, const RawValue& value) {
  switch (field) {
    case Common::kType: {
      const std::string_view text = ReadName(name, value, Namespace());
      if (values_.type == nullptr && !text.empty()) {
        Refuse(RejectionCode::kUnknownType, name, UnknownTypeSentence(text));
      }
      return;
    }
    case Common::kId:
      values_.id = ReadName(name, value, {Namespace::kEventIds});
      return;
    case Common::kDate:
      values_.date = ReadDate(name, value);
      return;
    case Common::kActor:
      values_.actor = ReadName(name, value, {Namespace::kUsersAndRoles});
      return;
    case Common::kMemo:
      values_.memo = ReadProse(name, value);
      return;
    case Common::kCustomer:
      if (values_.type != nullptr && values_.type->customer == CustomerUse::kNone) return RefuseUnknownField(name);
      values_.customer = ReadName(name, value, {Namespace::kCustomers});
      return;
    case Common::kCurrency:
      values_.currency = ReadCurrency(value);
      return;
    case Common::kImported:
      imported_ = ReadBool(name, value);
      return;
    case Common::kSeq:
    case Common::kRecordedAt:
    case Common::kSource:
    case Common::kClock:
      return;
  }
}

void RecordReader::ReadBodyField(const FieldInfo& field, const RawValue& value, FieldValue* read) {
  read->present = true;
  switch (field.type) {
    case FieldType::kText:
      read->text = ReadName(field.path, value, NamespaceOf(field));
      read->present = !read->text.empty();
      return;
    case FieldType::kProse:
      read->text = ReadProse(field.path, value);
      read->present = !read->text.empty();
      return;
    case FieldType::kDate:
      read->date = ReadDate(field.path, value);
      return;
    case FieldType::kAmount:
      read->amount.decimal = ReadAmount(field.path, value, field.zero_allowed);
      return;
    case FieldType::kInteger:
      read->integer = ReadInteger(field, value);
      return;
    case FieldType::kHash:
      read->hash = ReadHash(field.path, value);
      return;
    case FieldType::kTextList:
    case FieldType::kItems:
      read->items = ReadList(field, value);
      read->present = read->items.count > 0;
      return;
    case FieldType::kDates:
    case FieldType::kChosenBand:
      CHECK(false);  // internal: no record can give it
  }
}

void RecordReader::RefuseUnknownField(std::string_view name) {
  if (values_.type == nullptr) return;  // what is known depends on the type
  if (rejection_.has_value() && rejection_->code <= RejectionCode::kUnknownField) return;
  std::vector<std::string_view> known(kCommonNames.begin(), kCommonNames.end());
  for (const FieldInfo& field : values_.type->fields) {
    if (!field.internal) known.push_back(field.name);
  }
  RefuseText(RejectionCode::kUnknownField, name, name,
             fmt::format("{} has no field {}{}", values_.type->name, Quoted(name), DidYouMean(name, known)));
}

// Where a record comes from is told by the door and not by the record, so it is made to fit rather than refused: a file
// may have any name.
void RecordReader::ReadSource(const std::string& source) {
  values_.source = source;
  if (source.size() <= kMaxProseBytes && IsValidUtf8(source)) return;
  plain_source_ = source.substr(source.size() - std::min(source.size(), kMaxProseBytes));
  for (char& c : plain_source_) {
    if ((c & 0x80) != 0) c = '?';
  }
  values_.source = plain_source_;
}

void RecordReader::Complete(const CommandContext& context) {
  RequireFields();
  CompleteActor(context);
  CompleteImported(context);
  if (values_.type != nullptr) {
    const bool names_documents = CountReferences();
    CompleteCustomer(names_documents);
    CompleteCurrency(names_documents, context);
  }
  RefuseMissing();
}

void RecordReader::Miss(std::string_view field, std::string shown) {
  faults_++;
  const auto is_same = [&](const MissingField& other) { return other.field == field; };
  if (std::any_of(missing_.begin(), missing_.end(), is_same)) return;
  missing_.push_back({field, shown.empty() ? std::string(field) : std::move(shown)});
}

void RecordReader::RefuseMissing() {
  if (missing_.empty()) return;
  std::string names;
  for (size_t i = 0; i < missing_.size(); i++) {
    names += i == 0 ? "" : i + 1 == missing_.size() ? " and " : ", ";
    names += missing_[i].shown;
  }
  Refuse(RejectionCode::kMissingField, missing_.front().field,
         fmt::format("{} {} missing", names, missing_.size() == 1 ? "is" : "are"));
}

void RecordReader::RequireFields() {
  const auto require = [&](int slot, bool absent, std::string_view name) {
    if (IsMissing(slot, absent)) Miss(name);
  };
  require(static_cast<int>(Common::kType), values_.type == nullptr, "type");
  require(static_cast<int>(Common::kId), values_.id.empty(), "id");
  require(static_cast<int>(Common::kDate), values_.date == kNoDate, "date");
  if (values_.type == nullptr) return;
  for (size_t i = 0; i < values_.fields.size(); i++) {
    const FieldInfo& field = values_.type->fields[i];
    if (field.required) require(kFirstBodySlot + static_cast<int>(i), !values_.fields[i].present, field.name);
  }
  RequireOneOf();
  if (values_.type->type == EventType::CustomerChanged) RequireAChange();
}

// Requires exactly one of the fields that the schema calls `one_of`.
void RecordReader::RequireOneOf() {
  const FieldInfo* first = nullptr;
  const FieldInfo* given = nullptr;
  std::string names;
  for (size_t i = 0; i < values_.fields.size(); i++) {
    const FieldInfo& field = values_.type->fields[i];
    if (!field.is_one_of) continue;
    if (first == nullptr) first = &field;
    names.append(names.empty() ? "" : " or ").append(field.name);
    const bool is_given = (seen_ >> (kFirstBodySlot + i) & 1) != 0 &&
                          (values_.fields[i].present || (refused_ >> (kFirstBodySlot + i) & 1) != 0);
    if (!is_given) continue;
    if (given != nullptr) {
      Refuse(RejectionCode::kBadField, field.name, fmt::format("{} or {}, not both", given->name, field.name));
    }
    given = &field;
  }
  if (first != nullptr && given == nullptr) Miss(first->name, names);
}

void RecordReader::RequireAChange() {
  const auto is_given = [](const FieldValue& value) { return value.present; };
  if (refused_ >> kFirstBodySlot != 0 || std::any_of(values_.fields.begin(), values_.fields.end(), is_given)) return;
  Miss("name", "what changes (name, terms, limit, salesperson or attributes)");
}

void RecordReader::CompleteActor(const CommandContext& context) {
  if (values_.actor.empty()) {
    values_.actor = SpellName("actor", context.default_actor, {Namespace::kUsersAndRoles});
  }
  if (values_.type == nullptr || values_.type->actor.empty()) return;
  if (IsMissing(static_cast<int>(Common::kActor), values_.actor.empty())) {
    Miss("actor", fmt::format("actor ({})", values_.type->actor));
  }
}

void RecordReader::CompleteImported(const CommandContext& context) {
  if (imported_ == true && !context.as_imported) {
    Refuse(RejectionCode::kBadField, "imported",
           "the record is marked as imported from another system; import it with --as-imported");
  }
  values_.imported = context.as_imported && imported_.value_or(true);
}

// Returns whether the record names a document.
bool RecordReader::CountReferences() {
  values_.references = 1;
  for (size_t i = 0; i < values_.fields.size(); i++) {
    const FieldInfo& field = values_.type->fields[i];
    if (field.names == DocumentKind::kNone || !values_.fields[i].present) continue;
    const size_t numbers = field.type == FieldType::kTextList ? values_.fields[i].items.count : 1;
    values_.references += numbers * (1 + ParentNames(field.names).size());
  }
  return values_.references > 1;
}

void RecordReader::CompleteCustomer(bool names_documents) {
  const CustomerUse use = values_.type->customer;
  if (use == CustomerUse::kNone || !IsMissing(static_cast<int>(Common::kCustomer), values_.customer.empty())) return;
  if (names_documents) {
    values_.customer_open = true;
  } else if (use != CustomerUse::kOptional && !NeedsADocument(*values_.type)) {
    Miss("customer", values_.type->names_documents ? "customer (or a document that tells it)" : "");
  }
}

void RecordReader::CompleteCurrency(bool names_documents, const CommandContext& context) {
  const bool given = !values_.currency.empty();
  if (!values_.type->has_amount) return;  // one that is given has to agree all the same
  if (!IsMissing(static_cast<int>(Common::kCurrency), !given) && !given) return;  // unknown: nothing to convert to
  values_.currency_open = !given && names_documents;
  if (values_.currency_open) return;
  if (!given) values_.currency = context.currency;
  ConvertAmounts();
}

void RecordReader::ConvertAmounts() {
  for (size_t i = 0; i < values_.fields.size(); i++) {
    const FieldInfo& field = values_.type->fields[i];
    FieldValue& value = values_.fields[i];
    if (!value.present) continue;
    if (field.type == FieldType::kAmount) ConvertAmount(field.path, &value.amount);
    if (field.type != FieldType::kItems) continue;
    for (size_t j = 0; j < value.items.count * field.items.size(); j++) {
      const FieldInfo& part = field.items[j % field.items.size()];
      FieldValue& item = values_.items[value.items.first + j];
      if (part.type == FieldType::kAmount && item.present) ConvertAmount(part.path, &item.amount);
    }
  }
}

void RecordReader::ConvertAmount(std::string_view field, AmountValue* amount) {
  const Currency currency = values_.currency;
  if (auto rejection = ConvertToMinor(amount->decimal, currency, currency.decimals(), field, &amount->minor)) {
    Refuse(rejection->code, field, std::move(rejection->sentence));
  }
}

void RecordReader::Refuse(RejectionCode code, std::string_view field, std::string sentence) {
  faults_++;
  if (rejection_.has_value() && rejection_->code <= code) return;
  rejection_ = Rejection{code, std::move(sentence), Printable(field), {}};
}

void RecordReader::RefuseText(RejectionCode code, std::string_view field, std::string_view text, std::string sentence) {
  if (IsValidUtf8(text)) return Refuse(code, field, std::move(sentence));
  Refuse(RejectionCode::kBadUtf8, field, fmt::format("{} is not UTF-8", Quoted(text)));
}

}  // namespace duebook
