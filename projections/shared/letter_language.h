// In which language customers are written to.

#pragma once

#include <string_view>

#include "projections/shared/letter.h"

namespace duebook {

// Returns the language of every letter to a customer: the customer's own, "en" or "zh", else the company's, else
// Chinese. `of_customer` is "" where nobody said one of the customer.
Language LanguageOfLetter(std::string_view of_customer, const Company& company);

}  // namespace duebook
