// The statement of an account that the customer is sent.

#pragma once

#include <optional>

#include "ledger/values/cut.h"
#include "ledger/values/date.h"
#include "projections/shared/letter.h"
#include "projections/shared/projection.h"

namespace duebook {

// What all letters of one request have in common, whoever they go to.
struct StatementSending {
  Cut cut;
  std::optional<Time> recorded_at;  // of the last event that they know; nothing if there is none
  // The day on which they are sent: the last one of the statement, or that on which the last event was recorded that
  // they know, if that is later. As that moment the latest day anywhere on earth counts, 14 hours ahead of UTC: up to
  // 09:59 UTC that is the day of UTC, and from 10:00 UTC on the next one.
  Date day;
  Company company;  // what it says of itself on that day
};

// Returns what the letters of the request have in common. kInvalidArgument: the statement would begin behind its last
// day. Cost: reads all that the company ever said of itself.
Result<StatementSending> SendingOf(const ReportRequest& request);

// Returns the letter to the customer whom the request is about: what moved the account from its first day on, what is
// due by the last day and what later, where to pay, what is open of each invoice and left of each payment and credit
// note, and the aging. Who it goes to, and what the company says of itself, is as of the day of sending. Its language
// is the one asked for, else the customer's, else the company's, else English. kNotFound: there is no such customer.
// kInvalidArgument: the days or buckets are wrong.
Result<Letter> StatementLetter(const ReportRequest& request);

// Returns the same of many letters of the request, for which what they have in common is worked out once.
Result<Letter> StatementLetter(const ReportRequest& request, const StatementSending& sending);

}  // namespace duebook
