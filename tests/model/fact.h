// What the reference model is told: an event, as a caller gives it.

#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/command/rejection.h"
#include "ledger/values/date.h"

namespace duebook::model {

// Amounts and sums of them, in minor units. An amount that a command gives fits 64 bits; no sum reaches kBeyondAll.
__extension__ typedef __int128 Wide;
inline constexpr Wide kMostOfAnAmount = INT64_MAX;
inline constexpr Wide kBeyondAll = Wide{1} << 120;

struct Instalment {
  Date due;
  Wide amount = 0;
  friend bool operator==(const Instalment&, const Instalment&) = default;
};

struct Band {
  std::optional<Wide> up_to;
  int approvals = 1;
  std::vector<std::string> roles;
  friend bool operator==(const Band&, const Band&) = default;
};

struct ReminderStep {
  int level = 1, days = 0;
  std::string channel;
  Wide charge = 0;
  friend bool operator==(const ReminderStep&, const ReminderStep&) = default;
};

// This stands in place of a customer's terms, salesperson or region that a change clears.
inline const std::string kCleared = "-";

// One event, as a caller gives it; "" and 0 are absent. A type uses only the fields that it has.
struct Fact {
  std::string type, id;
  Date date;
  std::string actor, customer, currency;
  bool imported = false;
  std::string source;                                                                   // of a retry, anything
  std::string number;                                                                   // of the document that starts
  std::string payment, credit_note, invoice, application, promise, dispute, write_off;  // documents it refers to
  std::string shipment, event, guarantee, overriding;                                   // likewise
  std::vector<std::string> invoices, shipments;
  Wide amount = 0, discount = 0, tax = 0;
  std::optional<Date> due;
  Date through;
  std::string user, role, terms, salesperson, name, region;
  std::string key, signed_by, reason;  // of SigningKeyChanged: the new key, and by which one the change is signed
  std::vector<Instalment> instalments;
  std::vector<Band> bands;
  int months = 12;
  std::string kind, outcome, owner, plan, instrument, reference, rule, channel, step, escalation;
  std::string rate, day_count, disputed, percent;
  std::optional<Wide> upheld, per_month, min_amount;
  std::optional<Date> next, until;
  int grace = 0, level = 0, gap = 3, escalate = 90, dispute_days = 30;
  std::vector<ReminderStep> steps;
  // Of credit, schedules, bills and papers.
  std::string order, method, bill, grade, prepaid;
  std::optional<Wide> limit;
  Wide fee = 0, proceeds = 0, cost = 0, overdue_amount = 0;
  int score = -1, overdue_days = 0, year = 0;
  std::optional<Date> expires, valid_until, as_of, bill_due;
  std::vector<std::string> checks, counted_guarantees, counted_bills, override_roles;  // of a CreditPolicySet
  std::vector<Date> off, on;                                                           // of a CalendarSet
  enum class Request { kAbsent, kRight, kWrong } request = Request::kAbsent;  // the hash of the request, as given
  // Set on acceptance.
  uint64_t seq = 0;
  std::optional<Date> in_force_from;      // of the approval that completes a write-off
  std::vector<std::optional<Date>> dues;  // of a reminder: of each invoice, the earliest day of what was open
  std::set<RejectionCode> passed;         // of a shipment: the checks that it failed, and left all the same

  friend bool operator==(const Fact&, const Fact&) = default;
};

// Returns whether EventReversed undoes facts of this type.
bool CanBeUndone(const std::string& type);

}  // namespace duebook::model
