// Which invoices a payment pays: the rules by which cash is applied, on plain values.
//
// Each rule gives one answer or none: what can be meant in two ways is left to people. In their order:
//
//   reference  the invoices that the payer named
//   exact      the only invoice of that amount: what is open of it, its first part, or all of it less its discount
//   subset     all that is open and not above the amount, or the only set of two or more invoices, that adds up to it
//   net        exact and subset with the customer's credit notes, which then pay first
//   near       where nothing fits, the only invoice of which a difference within the tolerance stays open, if it may
//              still be closed in the month
//   oldest     as far as the money reaches, in the order of due dates; where it is asked for
//   prc        likewise, in the order of article 560 of the Civil Code of the People's Republic of China

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/books/tolerance_policy.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// An invoice that a payment may pay, as it stands for that payment.
struct Claim {
  // What of it falls due on one day.
  struct Part {
    Date due;
    Sum open = 0;
  };

  uint32_t item = 0;  // of the history
  std::string_view number;
  Date issued;
  Date due;                  // the first day on which something of what is open falls due
  Date day;                  // the day of the application
  Sum open = 0;              // the least of it from that day on; above zero
  Sum first_part = 0;        // of which so much falls due first
  std::vector<Part> later;   // and the rest on later days, in their order
  int64_t discount_ppm = 0;  // what its terms let off for a payment of this day, of what is settled
  std::optional<TolerancePolicy> tolerance = {};  // by which a rest may be closed on that day; nothing if none may be
  Sum invoiced = 0;                               // and debited, of which the policy may say a percentage
  Sum left_in_month = 0;  // what may be closed of differences in the month of that day by whoever closes it
  bool named = false;     // by the payer
  // For the order of article 560.
  bool guaranteed = false;
  int64_t yearly_rate = 0;  // of late interest, in parts of a million

  // What the terms let off if so much is settled by this payment.
  Sum DiscountOn(Sum settled) const;
};

// How the order goes on where no rule finds an answer.
enum class CashOrder : uint8_t { kNone, kOldest, kPrc };

struct CashToMatch {
  Minor amount = 0;                // what is left of the payment; above zero
  Sum credit = 0;                  // and of the customer's credit notes in this currency
  bool names_others_only = false;  // the payer named invoices, all of them of other customers
  std::vector<Claim> claims;       // on the customer in this currency
  CashOrder order = CashOrder::kNone;
};

// What of a claim is settled. The amount is by credit notes first as far as they reach, if they are used, then by the
// payment.
struct CashShare {
  size_t claim = 0;
  Sum amount = 0;
  Minor discount = 0, difference = 0;
};

struct CashMatch {
  std::string_view rule;          // "exact"; "none"
  std::string_view reason;        // a few words
  std::vector<CashShare> shares;  // in the order in which they are paid
};

// Cost: by the number of claims; where a few of them may add up to the amount, also as FindOnlySubset.
CashMatch MatchCash(const CashToMatch& cash);

inline constexpr std::string_view kNoRule = "none";
inline constexpr std::string_view kNetRule = "net";

}  // namespace duebook
