// Values of events that are words rather than names, in the languages of people: terms of payment, and those methods of
// payment and channels of contact that are usual. Others are shown as they were recorded.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/event/event.h"
#include "projections/shared/language.h"

namespace duebook {

// "2/10 net 30" in Chinese. Nothing if the text is no terms of payment.
std::optional<std::string> ChineseTerms(std::string_view text);

// The field's value, as FieldText gives it, in that language.
std::string ValueInWords(EventView event, const FieldInfo& field, Language language);

}  // namespace duebook
