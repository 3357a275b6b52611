// Lists of a record, as JSON lists and objects or joined in a CSV cell: "S-1;S-2", instalments "2025-01-31 100.00;...",
// bands "1000.00 1 controller;- 2 controller+cfo". A colon does where a blank stands.

#include <fmt/format.h>

#include <algorithm>

#include "ledger/command/record_reader.h"
#include "ledger/event/field_form.h"
#include "ledger/values/suggestion.h"

namespace duebook {
namespace {

// More than any item has, so that one more is unknown or repeated.
constexpr size_t kMaxMembers = 8;

bool IsCell(const RawValue& value) { return value.kind == RawValue::Kind::kCell; }

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

RawValue CellOf(std::string_view text) { return {RawValue::Kind::kCell, Trimmed(text), {}}; }

// Calls visit(text) for each part of a cell; an empty cell has none.
template <class Visit>
void ForEachPart(std::string_view cell, char sign, Visit&& visit) {
  if (Trimmed(cell).empty()) return;
  for (;;) {
    const size_t end = cell.find(sign);
    visit(cell.substr(0, end));
    if (end == std::string_view::npos) return;
    cell.remove_prefix(end + 1);
  }
}

// The sign between the words of a part of a cell, by the first one: a blank or a colon; 0 if there is just one word.
char SignOf(std::string_view text) {
  const size_t place = text.find_first_of(" :");
  return place == std::string_view::npos ? '\0' : text[place];
}

// Takes the text up to the next sign off the front of a part of a cell, and the sign with it.
RawValue TakeWord(std::string_view& text, char sign) {
  const size_t end = std::min(text.find(sign), text.size());
  const RawValue word = CellOf(text.substr(0, end));
  text = Trimmed(text.substr(std::min(end + 1, text.size())));
  return word;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether the cell holds JSON, which a list is not written as there.
bool IsJson(std::string_view cell) { return cell.starts_with('[') || cell.starts_with('{'); }

}  // namespace

ItemRange RecordReader::ReadList(const FieldInfo& field, const RawValue& value) {
  if (field.type == FieldType::kTextList) return ReadNames(field.name, value, ';', NamespaceOf(field));
  const auto size = [&] { return field.type == FieldType::kBands ? values_.bands.size() : values_.instalments.size(); };
  const auto read_item = [&](const RawValue& item) {
    if (size() >= kMaxListItems) return;
    if (IsCell(item) && item.text.empty()) {
      return Refuse(RejectionCode::kBadField, field.name, fmt::format("{} holds an empty item", field.name));
    }
    field.type == FieldType::kBands ? ReadBand(field, item) : ReadInstalment(field, item);
  };
  if (IsCell(value) && !IsJson(value.text)) {
    ForEachPart(value.text, ';', [&](std::string_view part) { read_item(CellOf(part)); });
  } else if (value.kind == RawValue::Kind::kList) {
    for (const RawMember& item : value.members) read_item(item.value);
  } else {
    RefuseForm(field, value);
  }
  if (size() >= kMaxListItems) {
    Refuse(RejectionCode::kBadField, field.name,
           fmt::format("{} must have fewer than {} items", field.name, kMaxListItems));
  }
  return {0, size()};
}

void RecordReader::RefuseForm(const FieldInfo& field, const RawValue& value, RejectionCode code,
                              std::string_view part) {
  Refuse(code, part.empty() ? field.name : part,
         IsCell(value) ? fmt::format("{} must be written {}, such as {}", field.name, FormOf(field), SampleOf(field))
                       : fmt::format("{} must be a list, such as {}", field.name, JsonSampleOf(field)));
}

ItemRange RecordReader::ReadNames(std::string_view field, const RawValue& value, char sign, const Namespace& among) {
  ItemRange items{values_.texts.size(), 0};
  const auto read_item = [&](const RawValue& item) {
    const std::string_view text = ReadName(field, item, among);
    if (text.empty()) Refuse(RejectionCode::kBadField, field, fmt::format("{} holds an empty item", field));
    values_.texts.push_back(text);
    items.count++;
  };
  if (IsCell(value)) {
    ForEachPart(value.text, sign, [&](std::string_view part) { read_item(CellOf(part)); });
  } else if (value.kind == RawValue::Kind::kList) {
    for (const RawMember& item : value.members) read_item(item.value);
  } else {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} must be a list of texts", field));
  }
  if (items.count > kMaxListItems) {
    Refuse(RejectionCode::kBadField, field, fmt::format("{} has more than {} items", field, kMaxListItems));
  }
  RefuseRepeated(field, items);
  return items;
}

void RecordReader::RefuseRepeated(std::string_view field, ItemRange items) {
  if (items.count < 2) return;
  const auto first = values_.texts.begin() + static_cast<std::ptrdiff_t>(items.first);
  sorted_.assign(first, first + static_cast<std::ptrdiff_t>(items.count));
  std::sort(sorted_.begin(), sorted_.end());
  const auto repeated = std::adjacent_find(sorted_.begin(), sorted_.end());
  if (repeated == sorted_.end() || repeated->empty()) return;
  Refuse(RejectionCode::kBadField, field, fmt::format("{} names {} twice", field, Quoted(*repeated)));
}

// Members of an object that stands in a list, each at most once. Looks no further than past an unknown or repeated one.
template <class ReadMember>
void RecordReader::ReadMembers(std::string_view list, const RawValue& item, ReadMember&& read_member) {
  for (size_t i = 0; i < std::min(item.members.size(), kMaxMembers); i++) {
    const auto& [name, value] = item.members[i];
    const auto is_same = [&, &member_name = name](const auto& other) { return other.name == member_name; };
    if (std::any_of(item.members.begin(), item.members.begin() + static_cast<std::ptrdiff_t>(i), is_same)) {
      Refuse(RejectionCode::kBadField, list, fmt::format("{} gives {} twice in one item", list, Quoted(name)));
    } else if (!read_member(name, value)) {
      Refuse(RejectionCode::kUnknownField, list, fmt::format("an item of {} has no field {}", list, Quoted(name)));
    }
  }
}

void RecordReader::ReadInstalment(const FieldInfo& field, const RawValue& value) {
  static constexpr std::string_view kList = "instalments";
  InstalmentValue& instalment = values_.instalments.emplace_back();
  const auto read_due = [&](const RawValue& due) { instalment.due = ReadDate("instalments.due", due); };
  const auto read_amount = [&](const RawValue& amount) {
    instalment.amount.decimal = ReadAmount("instalments.amount", amount, false);
  };
  if (IsCell(value)) {
    std::string_view rest = value.text;
    const char sign = SignOf(rest);
    if (sign == '\0') return RefuseForm(field, value, RejectionCode::kBadAmount, "instalments.amount");
    read_due(TakeWord(rest, sign));
    return read_amount(CellOf(rest));
  }
  if (value.kind != RawValue::Kind::kObject) return RefuseForm(field, value);
  bool has_due = false, has_amount = false;
  ReadMembers(kList, value, [&](std::string_view name, const RawValue& member) {
    if (name == "due") {
      has_due = true;
      read_due(member);
    } else if (name == "amount") {
      has_amount = true;
      read_amount(member);
    } else {
      return false;
    }
    return true;
  });
  if (!has_due) Miss("instalments.due");
  if (!has_amount) Miss("instalments.amount");
}

void RecordReader::ReadBand(const FieldInfo& field, const RawValue& value) {
  static constexpr std::string_view kList = "bands";
  BandValue& band = values_.bands.emplace_back();
  const auto read_up_to = [&](const RawValue& up_to) {
    band.limited = true;
    band.up_to.decimal = ReadAmount("bands.up_to", up_to, false);
  };
  const auto read_approvals = [&](const RawValue& approvals) {
    band.approvals = ReadInteger("bands.approvals", approvals);
  };
  if (IsCell(value)) {
    std::string_view rest = value.text;
    const char sign = SignOf(rest);
    const RawValue up_to = TakeWord(rest, sign);
    const RawValue approvals = TakeWord(rest, sign);
    if (sign == '\0' || !IsNumber(approvals.text)) {
      return RefuseForm(field, value, RejectionCode::kBadField, "bands.approvals");
    }
    if (!up_to.text.empty() && up_to.text != "-") read_up_to(up_to);
    read_approvals(approvals);
    band.roles = ReadNames("bands.roles", CellOf(rest), '+', {Namespace::kUsersAndRoles});
    return;
  }
  if (value.kind != RawValue::Kind::kObject) return RefuseForm(field, value);
  ReadMembers(kList, value, [&](std::string_view name, const RawValue& member) {
    if (name == "up_to") {
      read_up_to(member);
    } else if (name == "approvals") {
      read_approvals(member);
    } else if (name == "roles") {
      band.roles = ReadNames("bands.roles", member, '+', {Namespace::kUsersAndRoles});
    } else {
      return false;
    }
    return true;
  });
}

}  // namespace duebook
