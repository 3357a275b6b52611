// Payment terms: when an invoice is due, and what discount an early payment earns.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace duebook {

struct PaymentTerms {
  static constexpr int64_t kPartsPerMillion = 1'000'000;

  int net_days = 0;          // due this many days after the invoice's date: 0 to 3650
  int discount_days = 0;     // a payment dated up to this many days after the invoice's date earns the discount
  int64_t discount_ppm = 0;  // of the invoice's amount, in parts per million: 2 % is 20,000; 0: none; at most 100 %

  bool HasDiscount() const { return discount_ppm > 0; }

  // "net N", or "P/D net N" for P per cent within D days: "net 30", "2/10 net 30", "2.5/10 net 45". P has up to four
  // decimals and is above 0; D is at most N. Between the words one or more spaces; "net" in any case. Else nothing.
  static std::optional<PaymentTerms> Parse(std::string_view text);

  friend bool operator==(const PaymentTerms&, const PaymentTerms&) = default;
};

}  // namespace duebook
