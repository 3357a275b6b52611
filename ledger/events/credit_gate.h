// The gate of shipments: whether the old account allows the next delivery, by the credit policy in force on its day and
// by all that is recorded.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/events/event_kind.h"

namespace duebook {

// A shipment that is to leave. The customer and the payment, if one is given, are there.
struct ShipmentToJudge {
  std::string_view customer;
  Date date;
  Currency currency;
  Minor amount = 0;
  std::string_view order = {};  // empty: of no order
  bool is_invoiced = false;     // it names its invoice, and so adds nothing to what the customer owes
  Books::Found payment = {};    // that pays for it in advance
};

// What one check says of it.
struct CheckedCredit {
  enum class Verdict : uint8_t {
    kPassed,
    kFailed,
    kPrepaid,  // it is paid for in advance, and so not asked
    kOff,      // the policy does not ask it, or there is no policy
  };

  CreditCheck check = CreditCheck::kApproval;
  Verdict verdict = Verdict::kPassed;
  // What it compared, in which currency: what is overdue, or the exposure with the shipment; and what is allowed.
  Currency currency = {};
  std::optional<Sum> figure = {};
  Sum allowed = 0;
  Rejection rejection = {};  // why it failed, if it did
};

// Returns every check with its verdict, in the order in which they are asked. Makes the customer's account if there is
// none yet. Cost: look-ups in timelines, once the account is there.
std::vector<CheckedCredit> JudgeShipment(Books& books, const ShipmentToJudge& shipment);

// Returns the codes of the checks that it fails, in their order, and the first reason; cheaper where there is no
// policy.
struct FailedChecks {
  std::vector<std::string_view> codes;
  std::optional<Rejection> first;
};
FailedChecks ChecksFailed(Books& books, const ShipmentToJudge& shipment);

}  // namespace duebook
