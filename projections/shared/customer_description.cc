#include "projections/shared/customer_description.h"

#include <utility>

namespace duebook {

void CustomerDescription::Evolve(EventView event) {
  const bool describes = event.type() == EventType::CustomerOpened || event.type() == EventType::CustomerChanged ||
                         event.type() == EventType::TermsSet || event.type() == EventType::SalespersonAssigned;
  if (!describes || event.date() > day_) return;
  for (const FieldInfo& field : event.info().fields) {
    std::string text = FieldText(event, field);
    if (!text.empty()) Say(field.name, event.date(), std::move(text));
  }
  if (event.type() != EventType::CustomerChanged) return;
  const auto* cleared = event.body<schema::CustomerChanged>().clear();
  if (cleared == nullptr) return;
  for (const flatbuffers::String* field : *cleared) Say(EventView::Text(field), event.date(), "");
}

std::string CustomerDescription::Of(std::string_view field) const {
  const auto found = said_.find(field);
  return found == said_.end() ? "" : found->second.text;
}

void CustomerDescription::Say(std::string_view field, Date date, std::string text) {
  const auto found = said_.find(field);
  if (found == said_.end()) {
    said_.emplace(field, Said{date, std::move(text)});
  } else if (date >= found->second.date) {
    found->second = {date, std::move(text)};
  }
}

}  // namespace duebook
