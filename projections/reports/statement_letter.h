// The statement of an account that the customer is sent.

#pragma once

#include "projections/shared/letter.h"
#include "projections/shared/projection.h"

namespace duebook {

// Returns the letter to the customer whom the request is about: what moved the account from its first day on, what is
// due by the last day and what later, where to pay, what is open of each invoice and left of each payment and credit
// note, and the aging. Who it goes to, and what the company says of itself, is as of the day of sending: the last day,
// or that on which the last event was recorded that it knows, if that is later. Its language is the one asked for, else
// the customer's, else the company's, else English. kNotFound: there is no such customer. kInvalidArgument: the days or
// buckets are wrong.
Result<Letter> StatementLetter(const ReportRequest& request);

}  // namespace duebook
