#include "ledger/events/preceding.h"

#include <fmt/core.h>

#include "ledger/command/encode/command_encoder.h"

namespace duebook {

namespace {

// The customer, and each document that the fields name with its parents.
size_t ReferencesOf(const RecordValues& values) {
  size_t references = 1;
  for (size_t i = 0; i < values.fields.size(); i++) {
    const DocumentKind named = values.type->fields[i].names;
    if (values.fields[i].present && named != DocumentKind::kNone) references += 1 + ParentNames(named).size();
  }
  return references;
}

}  // namespace

void Precede(RuleCase& rule_case, EventType type, std::initializer_list<PrecedingField> fields) {
  const EventView event = rule_case.event;
  const std::string id = fmt::format("{}:{}", event.id(), rule_case.preceding.size() + 1);
  RecordValues values;
  values.type = &InfoOf(type);
  values.id = id;
  values.date = event.date();
  values.actor = event.actor();
  values.source = event.source();
  values.imported = event.imported();
  values.customer_open = true;
  values.fields.resize(values.type->fields.size());
  for (const PrecedingField& said : fields) {
    const FieldInfo* field = values.type->FindField(said.name);
    FieldValue& value = values.fields[static_cast<size_t>(field - values.type->fields.data())];
    value.present = true;
    value.text = said.text;
    if (field->type != FieldType::kAmount) continue;
    value.amount.minor = said.amount;
    values.currency = event.currency();
  }
  values.references = ReferencesOf(values);
  rule_case.preceding.push_back(CommandEncoder().Encode(values));
}

}  // namespace duebook
