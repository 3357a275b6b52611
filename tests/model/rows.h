// What the reference model tells: the rows of its figures.

#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/command/rejection.h"
#include "ledger/values/date.h"
#include "tests/model/fact.h"

namespace duebook::model {

using Key = std::pair<std::string, std::string>;  // customer, currency

struct BalanceRow {
  Wide invoiced = 0, debited = 0, credited = 0, applied = 0, written_off = 0, open = 0, unapplied = 0, balance = 0;
  friend bool operator==(const BalanceRow&, const BalanceRow&) = default;
};

// From when the age of what is open is counted: the schedule in force, the one of the invoice, or the invoice's date.
enum class Basis { kDue, kOriginal, kInvoice };

// The part of what is open of an invoice that is due on one day.
struct OpenItem {
  const Fact* invoice = nullptr;
  Date due;
  Wide open = 0;
  Date original_due;                // the earliest day on which some of this money was due as issued
  std::optional<Date> rescheduled;  // the date of the schedule in force, if that is not the invoice's own, on any basis
  int age = 0;
  int bucket = 0;  // 0: not due; 1: the first days; ...
};

struct AgingRow {
  std::vector<Wide> buckets;
  Wide unapplied = 0;  // negative
  Wide disputed = 0, balance = 0;
  friend bool operator==(const AgingRow&, const AgingRow&) = default;
};
struct AgingOptions {
  std::vector<int> bucket_ends{30, 60, 90, 120, 180, 365};
  Basis basis = Basis::kDue;
};

struct WriteOffRow {
  std::string state;
  std::vector<std::string> approvals;
  std::set<std::string> violations, remarks;
  friend bool operator==(const WriteOffRow&, const WriteOffRow&) = default;
};

struct RoleRow {
  std::string user, role, granted_by;
  Date from;
  std::optional<Date> to;
  std::set<std::string> marks;
  friend bool operator==(const RoleRow&, const RoleRow&) = default;
};

struct DisputeRow {
  Wide open = 0;
  std::string state, kind, owner;
  Wide upheld = 0, credited = 0;
  friend bool operator==(const DisputeRow&, const DisputeRow&) = default;
};

struct ShipmentRow {
  std::set<std::string> invoices;
  std::optional<Date> invoiced;
  std::string state;
  Wide amount = 0;               // of a shipment, what did not come back
  std::optional<Wide> returned;  // of a shipment
  friend bool operator==(const ShipmentRow&, const ShipmentRow&) = default;
};

struct DifferenceRow {
  Wide amount = 0, month_total = 0;
  std::string state;
  friend bool operator==(const DifferenceRow&, const DifferenceRow&) = default;
};

struct PromiseRow {
  Wide received = 0;
  std::string state;
  friend bool operator==(const PromiseRow&, const PromiseRow&) = default;
};

// Of promises that came due.
struct RateRow {
  int promises = 0;
  std::map<std::string, int> states;
  Wide amount = 0, received = 0;
  std::optional<Wide> kept_rate;  // in hundredths of a per cent
  friend bool operator==(const RateRow&, const RateRow&) = default;
};

// Of an invoice.
struct InterestRow {
  std::optional<Date> from, through;
  Wide days = 0, accrued = 0, billed = 0;
  friend bool operator==(const InterestRow&, const InterestRow&) = default;
};

// An open invoice, as far as its customer may be reminded of it.
struct ReminderItem {
  const Fact* invoice = nullptr;
  Date x;  // the first day on which something open of it is due
  int age = 0;
  Wide open = 0, amount = 0;  // all of it; what may be reminded of
  Fact policy = {};           // that governs it
  std::optional<ReminderStep> step = {};
  bool reminded = false;
};

// What is to be done today.
struct WorkRow {
  std::string customer, currency, kind;
  std::optional<int> level;
  std::string document;
  Wide amount = 0;
  Date since;
  Wide days = 0, risk = 0;
  std::string channel, salesperson;
  Wide weight = 0;  // thousandths of the amount that are at risk
};

struct CreditRow {
  std::string state, grade, terms;
  int score = -1;
  Wide limit = 0, balance = 0, not_invoiced = 0, bills = 0, guarantees = 0, exposure = 0, room = 0, overdue = 0;
  int64_t oldest = 0;
  friend bool operator==(const CreditRow&, const CreditRow&) = default;
};

// A line of the register of overrides: an override, or a shipment that left without one and is to be seen.
struct OverrideRow {
  std::string kind, shipment;
  std::set<RejectionCode> passed;
  friend bool operator==(const OverrideRow&, const OverrideRow&) = default;
};

struct BillRow {
  std::string state;
  Date changed;  // when it came into this state
  Wide proceeds = 0;
  int64_t days = 0;
  Wide at_risk = 0;
  friend bool operator==(const BillRow&, const BillRow&) = default;
};

struct PaperRow {
  std::set<std::string> missing;
  std::optional<int64_t> days_to_sign, days_to_invoice;
  friend bool operator==(const PaperRow&, const PaperRow&) = default;
};
struct PaperOptions {
  int sign_days = 3, invoice_days = 30;
  bool iou = false;
};

// What a payment pays, and by which rule; no invoice if no rule finds one.
struct Suggestion {
  std::string payment, invoice, credit_note, rule;
  Wide amount = 0, discount = 0, difference = 0;
  Date day;
};

}  // namespace duebook::model
