// The reminders that are sent where no template of one's own is there.

#pragma once

#include <cstdint>
#include <string>

#include "projections/shared/language.h"

namespace duebook {

// How a reminder speaks: of what falls due, of what is overdue, and of what has been so for long.
enum class ReminderTone : uint8_t { kNotice, kReminder, kUrgent };

// Returns the tone for a letter whose oldest invoice has been due for so many days.
ReminderTone ReminderToneOf(int64_t days);

// Returns a template (letter_template.h) in HTML, for one sheet of A4 or as many as the invoices need.
std::string BuiltInReminder(Language language, ReminderTone tone);

}  // namespace duebook
