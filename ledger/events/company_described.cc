// What the company says of itself in its letters, from a day on.

#include "ledger/events/event_kind.h"
#include "ledger/events/keepers.h"
#include "ledger/events/letter_language.h"
#include "ledger/values/trimmed.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckCompany(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::CompanyDescribed>();
  if (Trimmed(EventView::Text(body.name())).empty()) {
    return Rejection{RejectionCode::kBadField, "the name has nothing but blanks", "name"};
  }
  return CheckLetterLanguage(EventView::Text(body.language()));
}

}  // namespace

// Whoever could change where customers are to pay could have the money: an administrator does, once there is one.
const EventKind kCompanyDescribed{
    .chinese = "公司资料",
    .sentence =
        "Company described as {name}[, address {address}][, registration {registration}][, customers pay to "
        "{bank_details}][, phone {phone}][, email {email}][, logo {logo}][, language {language}]",
    .chinese_sentence =
        "公司资料：{name}[，地址 {address}][，登记号 {registration}][，收款账户 {bank_details}][，电话 {phone}][，邮箱 "
        "{email}][，标志 {logo}][，语言 {language}]",
    .check_fields = CheckCompany,
    .decide = CheckAdministrator,
};

}  // namespace duebook
