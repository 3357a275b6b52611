// How customers stand for credit at a cut (RULES.md, section 13): of each what was approved, rated and stopped, and in
// each currency what it may owe, what it owes, what is shipped and not invoiced, what secures it, and what is overdue.
// The gate of shipments decides by the same figures (ledger/events/credit_gate.h), which the books keep otherwise.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/books/credit_policy.h"
#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/reports/open_escalations.h"

namespace duebook {

// In one currency.
struct CreditStanding {
  uint32_t customer = 0;
  Currency currency;
  Minor limit = 0;  // in force; 0 if there is none
  Date limit_date = Date::Min();
  Sum balance = 0;       // what is open of invoices, less what is unapplied
  Sum not_invoiced = 0;  // shipped, not returned, and on no live invoice
  Sum bills = 0;         // at risk, by the methods that the policy counts
  Sum guarantees = 0;    // left, of the kinds that it counts, until they expire
  Sum late = 0;       // open and overdue by more than the policy's days, less what is disputed of it, if that is exempt
  Sum unapplied = 0;  // of payments and credit notes, less what prepaid shipments reserve
  int64_t oldest = 0;       // the greatest number of days by which something open is overdue
  int64_t oldest_late = 0;  // likewise of what is late

  Sum Exposure() const { return balance + not_invoiced + bills - guarantees; }
  Sum Room() const { return limit - Exposure(); }
  Sum NetOverdue() const { return late > unapplied ? late - unapplied : Sum{0}; }
};

// Whatever its currencies.
struct CreditOfCustomer {
  bool approved = false;
  bool trades = false;             // there is an invoice, payment, credit note or shipment
  std::optional<Date> held;        // since when shipments are stopped by a hold, if they are
  std::optional<uint32_t> rating;  // the fact of the last one: its key is the grade, its number the score and one
};

class CreditBook {
 public:
  // `history` has the parts kFigures, kShipments and kFacts, and must outlive it. Cost: a few passes over its columns.
  // Errors of reading the policy's event.
  static Result<CreditBook> Make(const EventLog& log, const History& history, const Cut& cut);

  // The policy in force; null if there is none.
  const CreditPolicy* policy() const { return policy_.has_value() ? &*policy_ : nullptr; }

  // By customer's row in the history.
  const CreditOfCustomer& Of(uint32_t customer) const { return customers_[customer]; }
  bool IsHeld(uint32_t customer) const { return Of(customer).held.has_value() || escalations_.IsOnHold(customer); }
  // "opened" until its account is approved or something is dealt in, then "trading"; "held" while shipments are
  // stopped.
  std::string_view StateOf(uint32_t customer) const;

  // Each customer that the cut sees in the ledger's currency, and in each other one in which it has a document, a limit
  // or a guarantee; in no order.
  const std::vector<CreditStanding>& standings() const { return standings_; }
  // The same in order of the customers' numbers, and of the currencies' codes.
  std::vector<CreditStanding> Sorted() const;
  // Returns what may be overdue in a currency by the policy, if there is one.
  Minor OverdueAllowed(Currency currency) const { return policy_.has_value() ? policy_->OverdueAllowed(currency) : 0; }

 private:
  CreditBook(const History& history, const Cut& cut, Currency currency, std::optional<CreditPolicy> policy);
  CreditStanding& At(uint32_t customer, Currency currency);
  CreditStanding& AtItem(uint32_t item) { return At(history_->items.customer[item], history_->items.currency[item]); }
  void AddCustomers();
  void AddFacts();
  void AddGuarantees();
  void AddBills();
  void AddShipments();
  void AddItems();
  void AddLimits();

  const History* history_;
  Cut cut_;
  Currency currency_;  // the ledger's
  std::optional<CreditPolicy> policy_;
  CreditPolicy counted_;  // the policy, or what counts without one
  OpenEscalations escalations_;
  std::vector<CreditOfCustomer> customers_;
  std::vector<CreditStanding> standings_;          // first those in the ledger's currency, by customer
  std::unordered_map<uint64_t, uint32_t> others_;  // by customer and currency: the place of the other ones
  std::unordered_map<uint32_t, Sum> reserved_;     // by item: what uninvoiced shipments reserve of the payment
};

// Returns the policy that a cut has in force, if there is one. The history has the part kFacts.
Result<std::optional<CreditPolicy>> CreditPolicyAt(const EventLog& log, const History& history, const Cut& cut);
// Returns by what credit is counted on a day: by the policy, or as where there is none.
inline CreditPolicy CountedBy(const std::optional<CreditPolicy>& policy, Date day) {
  return policy.has_value() ? *policy : CreditCountedOn({}, day);
}

}  // namespace duebook
