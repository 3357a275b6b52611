// What an event refers to, by name: where it stands among `references` follows from the schema and from which fields
// the event has.

#include <algorithm>
#include <array>
#include <string>

#include "ledger/event/event_fields.h"

namespace duebook {
namespace {

constexpr std::array<std::string_view, 1> kInvoice = {"invoice"};
constexpr std::array<std::string_view, 2> kOfApplication = {"invoice", "funding"};
constexpr std::array<std::string_view, 2> kOfEvent = {"document", "invoice"};

// A field that names documents.
struct NamingField {
  const FieldInfo* field;
  size_t size;  // references of each document, with its parents
};

// A name by which something is referred to.
struct ReferenceName {
  std::string name;
  size_t field;  // the place of its field among those that name documents
  size_t place;  // among the references of one document: 0 the document itself, then its parents
};

struct TypeReferences {
  std::vector<NamingField> fields;  // in schema order
  std::vector<ReferenceName> names;
};

TypeReferences ReadReferences(const EventTypeInfo& info) {
  TypeReferences all;
  for (const FieldInfo& field : info.fields) {
    if (field.names == DocumentKind::kNone) continue;
    const auto parents = ParentNames(field.names);
    all.names.push_back({field.name, all.fields.size(), 0});
    for (size_t i = 0; i < parents.size(); i++) {
      all.names.push_back({field.name + "." + std::string(parents[i]), all.fields.size(), i + 1});
    }
    all.fields.push_back({&field, parents.size() + 1});
  }
  return all;
}

std::vector<TypeReferences> ReadAllReferences() {
  std::vector<TypeReferences> all(256);
  for (const EventTypeInfo& info : AllEventTypes()) all[static_cast<size_t>(info.type)] = ReadReferences(info);
  return all;
}

const TypeReferences& ReferencesOf(EventType type) {
  static const std::vector<TypeReferences> all = ReadAllReferences();
  return all[static_cast<size_t>(type)];
}

size_t DocumentsIn(EventView event, const FieldInfo& field) {
  if (field.type == FieldType::kTextList) {
    const auto* list = PointerField<TextVector>(event.body_table(), field);
    return list == nullptr ? 0 : list->size();
  }
  return PointerField<flatbuffers::String>(event.body_table(), field) == nullptr ? 0 : 1;
}

// The references before those of a field: the customer, and what the fields before it name.
size_t ReferencesBefore(EventView event, const TypeReferences& all, size_t field) {
  size_t count = 1;
  for (size_t i = 0; i < field; i++) count += DocumentsIn(event, *all.fields[i].field) * all.fields[i].size;
  return count;
}

const ReferenceName& FindName(const TypeReferences& all, std::string_view name) {
  const auto found =
      std::find_if(all.names.begin(), all.names.end(), [name](const ReferenceName& each) { return each.name == name; });
  CHECK(found != all.names.end());
  return *found;
}

}  // namespace

std::span<const std::string_view> ParentNames(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kApplication:
      return kOfApplication;
    case DocumentKind::kEvent:
      return kOfEvent;
    case DocumentKind::kWriteOff:
    case DocumentKind::kDispute:
      return kInvoice;
    default:
      return {};
  }
}

uint64_t EventView::Referred(std::string_view name) const {
  if (name == "customer") return reference(0);
  const TypeReferences& all = ReferencesOf(type());
  const ReferenceName& found = FindName(all, name);
  const FieldInfo& field = *all.fields[found.field].field;
  CHECK(field.type == FieldType::kText);
  if (DocumentsIn(*this, field) == 0) return 0;
  return reference(ReferencesBefore(*this, all, found.field) + found.place);
}

std::vector<uint64_t> EventView::AllReferred(std::string_view field) const {
  const TypeReferences& all = ReferencesOf(type());
  const ReferenceName& found = FindName(all, field);
  CHECK(found.place == 0);
  std::vector<uint64_t> seqs(DocumentsIn(*this, *all.fields[found.field].field));
  const size_t first = ReferencesBefore(*this, all, found.field);
  for (size_t i = 0; i < seqs.size(); i++) seqs[i] = reference(first + i * all.fields[found.field].size);
  return seqs;
}

size_t ReferenceCount(EventView event) {
  const TypeReferences& all = ReferencesOf(event.type());
  return ReferencesBefore(event, all, all.fields.size());
}

}  // namespace duebook
