// The letters of reminders: who they go to, and what their templates name.

#pragma once

#include <string>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"
#include "projections/reports/interest_book.h"
#include "projections/reports/reminder_items.h"
#include "projections/reports/work_entries.h"
#include "projections/shared/letter.h"
#include "tools/letters/reminder_templates.h"

namespace duebook {

// What all letters of a run have in common.
struct ReminderSending {
  const EventLog* log;
  const Collecting* collecting;
  std::vector<InvoiceInterest> interest;  // of the same cut, in order of item
  Company company;
  std::string logo;  // the bytes of its picture, or ""
  bool separates_thousands = true;
};

struct ReminderLetter {
  std::string bytes;
  bool is_html = false;
  std::string to;  // where it goes by its channel, or the contact; "" if nobody said
};

// Returns the letter, in the language of the customer, else of the company, else in Chinese. Cost: reads what events
// say of the customer.
Result<ReminderLetter> LetterOf(const Reminder& reminder, const ReminderSending& sending,
                                const ReminderTemplates& templates);

// Returns what is charged for the letter, in minor units of its currency.
Minor ChargeOf(const Reminder& reminder, const Collecting& collecting);

}  // namespace duebook
