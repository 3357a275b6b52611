// A customer's account: what moved its balance, currency by currency, and what is said of the customer. The common
// ground of the statement that the company reads and the one that the customer is sent.
//
// Applying a payment moves no balance (the payment did when it came in) and is no line; a discount taken with it does,
// and is. A write-off is a line on the day from which it is in force.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/shared/customer_description.h"
#include "projections/shared/language.h"
#include "projections/shared/report.h"

namespace duebook {

struct AccountLine {
  Date date;
  uint64_t seq;
  Sum amount;  // signed by its effect on the balance
  // For the company: the event's type, the document that it is chiefly about, and what it says.
  std::string type, document, text;
  // For the customer: what it is called, its own number, that of what it undoes or of what it changed, and what the
  // payer wrote with it.
  Term what;
  std::string number, reference;
};

struct AccountSection {
  Currency currency;
  std::vector<AccountLine> lines;  // in order of date and seq
};

struct Account {
  CustomerDescription customer;                    // on the day that is asked for
  std::map<std::string, AccountSection> sections;  // by the currency's code
};

// Returns what moved the account by the cut, and what was said of the customer by then for the day `described`.
// `language` is that of the texts. kNotFound: there is no such customer. Cost: reads the customer's events.
Result<Account> ReadAccount(const EventLog& log, const std::string& customer, const Cut& cut, Date described,
                            Language language);

// Visits the lines from a day on, or all of them, with the balance after each. Returns the balance before the first and
// behind the last of them.
template <class Visit>
std::pair<Sum, Sum> ForEachLine(const AccountSection& section, std::optional<Date> from, const Visit& visit) {
  Sum opening = 0;
  auto line = section.lines.begin();
  for (; line != section.lines.end() && from.has_value() && line->date < *from; ++line) opening += line->amount;
  Sum balance = opening;
  for (; line != section.lines.end(); ++line) {
    balance += line->amount;
    visit(*line, balance);
  }
  return {opening, balance};
}

}  // namespace duebook
