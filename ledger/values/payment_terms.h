// Payment terms: when an invoice is due, in one part or in several, and what discounts an early payment earns.
//
//     terms    = discount* part | discount* P% part, P% part ...     "2/10 net 30", "30% net 0, 70% net 60 workday"
//     discount = P/D or P/D+G     P per cent if paid within D days of the invoice's date; G days more are tolerated
//     part     = step+ [workday]  steps from left to right, from the invoice's date
//     step     = net N | months M | eom | monthly C | pay D+M
//
// Words are in any case, with one or more spaces between them.

#pragma once

#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/money.h"
#include "ledger/values/work_calendar.h"

namespace duebook {

// What a payment earns that is dated up to `days` after the invoice's date, and in fact up to `tolerated` days more.
struct EarlyDiscount {
  int64_t ppm = 0;    // of what is settled, in parts per million: 2 % is 20,000; above 0, at most 100 %
  int days = 0;       // 0 to 3650
  int tolerated = 0;  // 0 to 3650

  Date Until(Date invoice) const { return invoice.AddDays(days); }
  Date ToleratedUntil(Date invoice) const { return invoice.AddDays(int64_t{days} + tolerated); }
  friend bool operator==(const EarlyDiscount&, const EarlyDiscount&) = default;
};

using EarlyDiscounts = absl::InlinedVector<EarlyDiscount, 1>;

// Returns the beginning of terms in which they say discounts; "" if there are none. At most 252 bytes of what
// PaymentTerms::Parse accepts.
std::string_view DiscountsIn(std::string_view terms);
// Returns what DiscountsIn found in such terms.
EarlyDiscounts ParseDiscounts(std::string_view text);
// Returns the discount that a payment of this date earns, which is the first that still holds; null if none does.
const EarlyDiscount* DiscountFor(const EarlyDiscounts& discounts, Date invoice, Date payment);

// One step on the way from the invoice's date to a due date.
struct TermsStep {
  enum class Kind : uint8_t {
    kNet,         // net N: N days on, 0 to 3650
    kMonths,      // months M: the same day M months on, or that month's last, 1 to 120
    kEndOfMonth,  // eom: the last day of its month
    kMonthly,     // monthly C: the first day on or after it that is the C-th, or the last of a shorter month, 1 to 31
    kPay,         // pay D+M: the D-th, or last, day of the M-th month after its month; of its own (+0) if that is not
                  // past, else of the next. D is 1 to 31, M is 0 to 12
  };
  Kind kind = Kind::kNet;
  int number = 0;
  int months = 0;  // kPay: M

  Date From(Date day) const;
  friend bool operator==(const TermsStep&, const TermsStep&) = default;
};

// A part of the invoice that is due on one day.
struct TermsPart {
  int64_t ppm = 0;  // of the invoice's amount; all parts together are 100 %
  absl::InlinedVector<TermsStep, 2> steps;
  bool workday = false;  // from a day that is not worked it moves on to the next one that is

  Date Due(Date invoice, const std::vector<YearCalendar>& calendars) const;
  friend bool operator==(const TermsPart&, const TermsPart&) = default;
};

struct PaymentTerms {
  static constexpr int64_t kPartsPerMillion = 1'000'000;
  static constexpr size_t kMaxBytes = 256;
  static constexpr size_t kMaxDiscounts = 3;
  static constexpr size_t kMaxParts = 12;

  EarlyDiscounts discounts;                 // their days ascend, their rates descend
  absl::InlinedVector<TermsPart, 1> parts;  // at least one, as they were written

  // Nothing if the text is no terms; then says in `problem` what is wrong: "'days' is no step".
  static std::optional<PaymentTerms> Parse(std::string_view text, std::string* problem = nullptr);

  // Returns what of the amount is due when, in the order of the days, each of which stands there once: shares are
  // rounded by running sums, half to even, so that they add up to the amount; what is nothing is left out. At least one
  // part for an amount above zero. The calendars are as WorkdayFrom takes them, those in force on the invoice's date
  // count.
  std::vector<std::pair<Date, Minor>> Split(Date invoice, Minor amount,
                                            const std::vector<YearCalendar>& calendars) const;

  friend bool operator==(const PaymentTerms&, const PaymentTerms&) = default;
};

}  // namespace duebook
