// Which open invoices unapplied payments pay, at a cut: each payment in order of day and recording, on what those
// before it leave.
//
// What is suggested is what the ledger admits: of an invoice and of a payment the least that is left from the day of
// the application on, which is the later of both days and the first day that is not closed. What had been applied and
// was not from a later day on, as the application was reversed, is there from that day on. A credit note that pays
// beside a payment is applied no earlier than the payment came in.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "projections/reports/cash_matcher.h"
#include "projections/shared/projection.h"

namespace duebook {

// An invoice that is paid, by the payment or by a credit note.
struct SuggestedApplication {
  uint32_t invoice = kNoItem;
  uint32_t credit_note = kNoItem;  // kNoItem: by the payment
  Date day;
  Minor amount = 0, discount = 0;
  Minor difference = 0;  // what is closed of the rest
};

struct CashSuggestion {
  uint32_t payment = kNoItem;
  Minor unapplied = 0;
  std::string_view rule;  // CashMatch::rule
  std::string_view reason;
  std::vector<SuggestedApplication> applications;  // in the order in which they are to be recorded
};

struct CashSuggestions {
  History history;  // that has their items
  std::vector<CashSuggestion> payments;
};

// Of every payment of which something is unapplied, or of the one that the request names. kNotFound: there is no such
// payment. Cost: some passes over the history, the claims on its customer for each payment, and MatchCash.
Result<CashSuggestions> SuggestCash(const ReportRequest& request);

}  // namespace duebook
