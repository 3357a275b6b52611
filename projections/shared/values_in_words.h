// Values of events that are words rather than names, in the languages of people: terms of payment, and those methods of
// payment, channels of contact, kinds, steps and outcomes that are usual. Others are shown as they were recorded.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/event/event.h"
#include "projections/shared/language.h"

namespace duebook {

// "2/10 net 30" in Chinese. Nothing if the text is no terms of payment.
std::optional<std::string> ChineseTerms(std::string_view text);

// The Chinese word for a value of a field of this name, such as "phone" of `channel`. Nothing if it is none that is
// usual, or fields of this name have no words.
std::optional<std::string_view> ChineseWordOf(std::string_view field, std::string_view value);

// Whether fields of this name have words. Their other values are free text, and no words of ours by chance.
bool HasWords(std::string_view field);

// The field's value, as FieldText gives it, in that language.
std::string ValueInWords(EventView event, const FieldInfo& field, Language language);

}  // namespace duebook
