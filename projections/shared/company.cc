#include "projections/shared/company.h"

#include "ledger/event/event_fields.h"
#include "projections/history/visible_events.h"

namespace duebook {

namespace {

Company CompanyOf(const schema::CompanyDescribed& body) {
  const auto text = [](const flatbuffers::String* field) { return std::string(EventView::Text(field)); };
  Company company{text(body.name()),
                  text(body.address()),
                  text(body.registration()),
                  text(body.bank_details()),
                  text(body.phone()),
                  text(body.email()),
                  std::nullopt,
                  std::nullopt};
  if (body.logo() != nullptr) company.logo = HashOf(*body.logo());
  if (body.language() != nullptr) company.language = LanguageOfCode(EventView::Text(body.language()));
  return company;
}

}  // namespace

Result<Company> CompanyAt(const EventLog& log, const Cut& cut) {
  Company company;
  company.name = log.identity().company;
  const auto seqs = log.FindOfType(EventType::CompanyDescribed);
  RETURN_IF_ERROR(seqs);
  Date since = Date::Min();
  RETURN_IF_ERROR(ForEachVisible(log, *seqs, cut, [&](EventView event) {
    if (event.date() < since) return;
    since = event.date();
    company = CompanyOf(event.body<schema::CompanyDescribed>());
  }));
  return company;
}

Result<std::optional<Date>> NextDescription(const EventLog& log, Date day) {
  const auto seqs = log.FindOfType(EventType::CompanyDescribed);
  RETURN_IF_ERROR(seqs);
  std::optional<Date> next;
  RETURN_IF_ERROR(ForEachVisible(log, *seqs, {Date::Max(), log.last_seq()}, [&](EventView event) {
    if (event.date() > day && event.date() < next.value_or(Date::Max())) next = event.date();
  }));
  return next;
}

}  // namespace duebook
