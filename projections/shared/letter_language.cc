#include "projections/shared/letter_language.h"

namespace duebook {

Language LanguageOfLetter(std::string_view of_customer, const Company& company) {
  return of_customer.empty() ? company.language.value_or(Language::kChinese) : LanguageOfCode(of_customer);
}

}  // namespace duebook
