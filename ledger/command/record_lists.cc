// Lists of a record, as JSON lists and objects or joined in a CSV cell: "S-1;S-2"; of tables "2025-01-31 100.00;...",
// "1000.00 1 controller;- 2 controller+cfo". A colon does where a blank stands.

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/command/record_reader.h"
#include "ledger/event/field_form.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/trimmed.h"

namespace duebook {
namespace {

bool IsCell(const RawValue& value) { return value.kind == RawValue::Kind::kCell; }

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
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Returns whether the cell holds JSON, which a list is not written as there.
bool IsJson(std::string_view cell) { return cell.starts_with('[') || cell.starts_with('{'); }

}  // namespace

ItemRange RecordReader::ReadList(const FieldInfo& field, const RawValue& value) {
  if (field.type == FieldType::kTextList) return ReadNames(field.path, value, ';', NamespaceOf(field));
  ItemRange items{values_.items.size(), 0};
  const auto read_item = [&](const RawValue& item) {
    if (items.count >= kMaxListItems) return;
    if (IsCell(item) && item.text.empty()) {
      return Refuse(RejectionCode::kBadField, field.name, fmt::format("{} holds an empty item", field.name));
    }
    items.count++;
    ReadItem(field, item);
  };
  if (IsCell(value) && !IsJson(value.text)) {
    ForEachPart(value.text, ';', [&](std::string_view part) { read_item(CellOf(part)); });
  } else if (field.is_pairs && value.kind == RawValue::Kind::kObject) {
    for (const auto& [name, member] : value.members) {
      const RawValue name_text{RawValue::Kind::kText, name, {}};
      read_item({RawValue::Kind::kObject, {}, {{field.items[0].name, name_text}, {field.items[1].name, member}}});
    }
  } else if (value.kind == RawValue::Kind::kList) {
    for (const RawMember& item : value.members) read_item(item.value);
  } else {
    RefuseForm(field, value);
  }
  if (items.count >= kMaxListItems) {
    Refuse(RejectionCode::kBadField, field.name,
           fmt::format("{} must have fewer than {} items", field.name, kMaxListItems));
  }
  if (field.is_pairs) SortPairs(items);
  return items;
}

// The members of an object of JSON have no order, and are the same event in any.
void RecordReader::SortPairs(ItemRange items) {
  std::vector<std::pair<FieldValue, FieldValue>> pairs;
  for (size_t i = 0; i < items.count; i++) {
    pairs.emplace_back(values_.items[items.first + 2 * i], values_.items[items.first + 2 * i + 1]);
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.first.text < b.first.text; });
  for (size_t i = 0; i < items.count; i++) {
    std::tie(values_.items[items.first + 2 * i], values_.items[items.first + 2 * i + 1]) = pairs[i];
  }
}

void RecordReader::RefuseForm(const FieldInfo& field, const RawValue& value, RejectionCode code,
                              std::string_view part) {
  Refuse(code, part.empty() ? field.name : part,
         IsCell(value) ? fmt::format("{} must be written {}, such as {}", field.name, FormOf(field), SampleOf(field))
                       : fmt::format("{} must be {}, such as {}", field.name, field.is_pairs ? "an object" : "a list",
                                     JsonSampleOf(field)));
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

// Reads the members of an object that stands in a list, each at most once. One more than the list's items have fields
// is unknown or repeated, so that it looks no further.
template <class ReadMember>
void RecordReader::ReadMembers(const FieldInfo& list, const RawValue& item, ReadMember&& read_member) {
  for (size_t i = 0; i < std::min(item.members.size(), list.items.size() + 1); i++) {
    const auto& [name, value] = item.members[i];
    const auto is_same = [&, &member_name = name](const auto& other) { return other.name == member_name; };
    if (std::any_of(item.members.begin(), item.members.begin() + static_cast<std::ptrdiff_t>(i), is_same)) {
      Refuse(RejectionCode::kBadField, list.name,
             fmt::format("{} gives {} twice in one item", list.name, Quoted(name)));
    } else if (!read_member(name, value)) {
      Refuse(RejectionCode::kUnknownField, list.name,
             fmt::format("an item of {} has no field {}", list.name, Quoted(name)));
    }
  }
}

void RecordReader::ReadItem(const FieldInfo& field, const RawValue& value) {
  const size_t first = values_.items.size();
  for (const FieldInfo& part : field.items) values_.items.emplace_back().integer = part.default_integer;
  if (IsCell(value)) return ReadItemCell(field, value, first);
  if (value.kind != RawValue::Kind::kObject) return RefuseForm(field, value);
  ReadMembers(field, value, [&](std::string_view name, const RawValue& member) {
    const auto part = std::find_if(field.items.begin(), field.items.end(),
                                   [name](const FieldInfo& each) { return each.name == name; });
    if (part == field.items.end()) return false;
    const auto place = static_cast<size_t>(part - field.items.begin());
    if (part->type == FieldType::kTextList) {
      values_.items[first + place].items = ReadNames(part->path, member, '+', NamespaceOf(*part));
      values_.items[first + place].present = true;
    } else {
      ReadBodyField(*part, member, &values_.items[first + place]);
    }
    return true;
  });
  for (size_t i = 0; i < field.items.size(); i++) {
    if (field.items[i].required && !values_.items[first + i].present) Miss(field.items[i].path);
  }
}

// The words of a cell are the fields, in order; the last one has all that is left. A hyphen, or nothing, leaves out one
// that need not be there. Numbers are always written, as a word would be taken for the one behind it.
void RecordReader::ReadItemCell(const FieldInfo& field, const RawValue& value, size_t first) {
  std::string_view rest = value.text;
  const char sign = SignOf(rest);
  std::vector<RawValue> words;
  for (size_t i = 0; i + 1 < field.items.size(); i++) words.push_back(TakeWord(rest, sign));
  words.push_back(CellOf(rest));
  for (size_t i = 0; i < words.size(); i++) {
    const FieldInfo& part = field.items[i];
    const bool is_wrong =
        part.type == FieldType::kInteger ? !IsNumber(words[i].text) : part.required && words[i].text.empty();
    if (!is_wrong) continue;
    const bool is_amount = part.type == FieldType::kAmount;
    return RefuseForm(field, value, is_amount ? RejectionCode::kBadAmount : RejectionCode::kBadField, part.path);
  }
  for (size_t i = 0; i < words.size(); i++) {
    const FieldInfo& part = field.items[i];
    FieldValue& read = values_.items[first + i];
    if (!part.required && (words[i].text.empty() || words[i].text == "-")) continue;
    if (part.type == FieldType::kTextList) {
      read.items = ReadNames(part.path, words[i], '+', NamespaceOf(part));
      read.present = true;
    } else {
      ReadBodyField(part, words[i], &read);
    }
  }
}

}  // namespace duebook
