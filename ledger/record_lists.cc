// Lists of a record, as JSON lists and objects or joined in a CSV cell: "S-1;S-2", instalments "2025-01-31 100.00;...",
// bands "1000.00 1 controller;- 2 controller+cfo".

#include <fmt/format.h>

#include <algorithm>

#include "ledger/record_reader.h"
#include "ledger/suggestion.h"

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

// Takes the text up to the next space off the front of a part of a cell.
RawValue TakeWord(std::string_view& text) {
  const size_t end = std::min(text.find(' '), text.size());
  const RawValue word = CellOf(text.substr(0, end));
  text = Trimmed(text.substr(end));
  return word;
}

}  // namespace

ItemRange RecordReader::ReadList(const FieldInfo& field, const RawValue& value) {
  if (field.type == FieldType::kTextList) return ReadNames(field.name, value, ';', NamespaceOf(field));
  const auto size = [&] { return field.type == FieldType::kBands ? values_.bands.size() : values_.instalments.size(); };
  const auto read_item = [&](const RawValue& item) {
    if (size() >= kMaxListItems) return;
    if (IsCell(item) && item.text.empty()) {
      return Refuse(RejectionCode::kBadField, field.name, fmt::format("{} holds an empty item", field.name));
    }
    field.type == FieldType::kBands ? ReadBand(item) : ReadInstalment(item);
  };
  if (IsCell(value)) {
    ForEachPart(value.text, ';', [&](std::string_view part) { read_item(CellOf(part)); });
  } else if (value.kind == RawValue::Kind::kList) {
    for (const RawMember& item : value.members) read_item(item.value);
  } else {
    Refuse(RejectionCode::kBadField, field.name, fmt::format("{} must be a list", field.name));
  }
  if (size() >= kMaxListItems) {
    Refuse(RejectionCode::kBadField, field.name,
           fmt::format("{} must have fewer than {} items", field.name, kMaxListItems));
  }
  return {0, size()};
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

void RecordReader::ReadInstalment(const RawValue& value) {
  static constexpr std::string_view kList = "instalments";
  InstalmentValue& instalment = values_.instalments.emplace_back();
  const auto read_due = [&](const RawValue& due) { instalment.due = ReadDate("instalments.due", due); };
  const auto read_amount = [&](const RawValue& amount) {
    instalment.amount.decimal = ReadAmount("instalments.amount", amount, false);
  };
  if (IsCell(value)) {
    std::string_view rest = value.text;
    read_due(TakeWord(rest));
    return read_amount(CellOf(rest));
  }
  if (value.kind != RawValue::Kind::kObject) {
    return Refuse(RejectionCode::kBadField, kList, "each of instalments must be an object with due and amount");
  }
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
  if (!has_due) Refuse(RejectionCode::kMissingField, "instalments.due", "an instalment has no due date");
  if (!has_amount) Refuse(RejectionCode::kMissingField, "instalments.amount", "an instalment has no amount");
}

void RecordReader::ReadBand(const RawValue& value) {
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
    const RawValue up_to = TakeWord(rest);
    if (up_to.text != "-") read_up_to(up_to);
    read_approvals(TakeWord(rest));
    band.roles = ReadNames("bands.roles", CellOf(rest), '+', {Namespace::kUsersAndRoles});
    return;
  }
  if (value.kind != RawValue::Kind::kObject) {
    return Refuse(RejectionCode::kBadField, kList, "each of bands must be an object with up_to, approvals and roles");
  }
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
