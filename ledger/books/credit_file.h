// What the books keep of a customer to decide about credit: what was said of it, and, once a shipment was judged by a
// credit policy, figures that are kept up with everything that happens to its documents.

#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/books/credit_policy.h"
#include "ledger/values/daily_sum.h"
#include "ledger/values/names.h"
#include "ledger/values/timeline.h"

namespace duebook {

struct DatedLimit {
  Date date;
  Currency currency;
  Minor limit = 0;
};

struct DatedHold {
  Date date;
  bool held = false;  // else released
};

// The figures of an account in one currency, by day. Places among them:
inline constexpr size_t kBalanceFigure = 0;      // what is open of invoices, less what is unapplied
inline constexpr size_t kNotInvoicedFigure = 1;  // shipped and not invoiced
inline constexpr size_t kUnappliedFigure = 2;    // of payments and credit notes, less what prepaid shipments reserve
inline constexpr size_t kGuaranteeFigures = 3;   // by kind, until they expire
inline constexpr size_t kOverdueFigures = kGuaranteeFigures + kGuaranteeKinds.size();  // by CreditAccount::counts
using CreditFigures = std::vector<DailySum>;

// Follows from the documents of a customer and from nothing else (events/credit_accounts.h).
struct CreditAccount {
  std::vector<OverdueCount> counts;                            // all by which overdue money was asked for
  std::vector<std::pair<Currency, CreditFigures>> currencies;  // by code
  std::unordered_map<std::string_view, Timeline> reserved;     // by payment: what uninvoiced shipments reserve of it
  std::unordered_map<std::string_view, Timeline> disputed;     // by invoice
  std::unordered_map<std::string_view, std::vector<Name>> shipments;  // by invoice: those that belong to it

  // Null if there is none of the currency.
  const CreditFigures* FiguresIn(Currency currency) const {
    for (const auto& [each, figures] : currencies) {
      if (each == currency) return &figures;
    }
    return nullptr;
  }
};

struct CreditFile {
  std::string opened_by;           // in NFC; empty if nobody was named
  std::vector<DatedLimit> limits;  // in order of seq
  std::vector<DatedHold> holds;    // likewise
  Timeline approved;               // how many approvals stand
  // What follows is there only once the customer is whole: Books::CompleteCustomer.
  Date latest = Date::Min();  // the last day of all events about the customer
  // Numbers of what the account follows from, in order of seq.
  std::vector<Name> invoices, payments, credit_notes, shipments, guarantees, disputes;
  std::vector<CreditAccount> account;  // one, or none as long as none was asked for
};

// Returns the limit in force on a day; 0 if there is none. The one that was recorded last of a day counts.
inline Minor LimitOn(const std::vector<DatedLimit>& limits, Currency currency, Date date) {
  const DatedLimit* last = nullptr;
  for (const DatedLimit& each : limits) {
    if (each.currency != currency || each.date > date) continue;
    if (last == nullptr || each.date >= last->date) last = &each;
  }
  return last == nullptr ? 0 : last->limit;
}

}  // namespace duebook
