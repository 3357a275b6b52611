#include "tools/import/rows/xml_record.h"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "ledger/values/trimmed.h"

namespace duebook {

namespace {

// Makes one list of those that have a name in common.
void MakeLists(std::vector<RawMember>* members) {
  std::unordered_map<std::string_view, size_t> places;
  std::vector<RawMember> listed;
  for (RawMember& member : *members) {
    const auto [found, is_new] = places.try_emplace(member.name, listed.size());
    if (is_new) {
      listed.push_back(std::move(member));
      continue;
    }
    RawValue& first = listed[found->second].value;
    if (first.kind != RawValue::Kind::kList) {
      RawValue list{RawValue::Kind::kList, {}, {}};
      list.members.emplace_back(std::string_view(), std::exchange(first, RawValue()));
      first = std::move(list);
    }
    first.members.emplace_back(std::string_view(), std::move(member.value));
  }
  *members = std::move(listed);
}

// Each text with its length before it, so that none can pass for another.
void Write(std::string_view text, std::string* likeness) { *likeness += fmt::format("{}:{}", text.size(), text); }

void Write(const std::vector<RawMember>& members, std::string* likeness) {
  std::vector<const RawMember*> ordered;
  ordered.reserve(members.size());
  for (const RawMember& member : members) ordered.push_back(&member);
  const auto attributes_end = std::stable_partition(ordered.begin(), ordered.end(),
                                                    [](const auto* member) { return member->name.starts_with('@'); });
  std::stable_sort(ordered.begin(), attributes_end, [](const auto* a, const auto* b) { return a->name < b->name; });
  *likeness += '(';
  for (const RawMember* member : ordered) {
    Write(member->name, likeness);
    Write(member->value.text, likeness);
    if (!member->value.members.empty()) Write(member->value.members, likeness);
  }
  *likeness += ')';
}

}  // namespace

std::optional<Rejection> XmlRecordReader::Read(std::string_view text, Record* record) {
  record->fields.clear();
  kept_.clear();
  open_.clear();
  root_ = RawValue();
  parser_.Reset();
  if (const Status parsed = parser_.Parse(text, true); !parsed.ok()) {
    return Rejection{RejectionCode::kBadField, parsed.error().sentence, ""};
  }
  record->fields = std::move(root_.members);
  return std::nullopt;
}

void XmlRecordReader::OnStart(std::string_view element, const Attributes& attributes) {
  RawValue* value = &root_;
  if (!open_.empty()) {
    open_.back().has_elements = true;
    value = &open_.back().value->members.emplace_back(Keep(std::string(element)), RawValue()).value;
  }
  for (const auto& [name, text] : attributes) {
    value->members.emplace_back(Keep(fmt::format("@{}", name)),
                                RawValue{RawValue::Kind::kText, Keep(std::string(text)), {}});
  }
  open_.push_back({value, ""});
}

void XmlRecordReader::OnEnd(std::string_view) {
  const Open& ended = open_.back();
  RawValue& value = *ended.value;
  value.kind = value.members.empty() ? RawValue::Kind::kText : RawValue::Kind::kObject;
  if (!ended.has_elements) value.text = Keep(std::string(Trimmed(ended.text, kXmlBlanks)));
  MakeLists(&value.members);
  open_.pop_back();
}

std::string XmlRecordReader::Likeness(const Record& record) {
  std::string likeness;
  Write(record.fields, &likeness);
  return likeness;
}

}  // namespace duebook
