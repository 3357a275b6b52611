// Bills of exchange and what became of them, at a cut (RULES.md, section 5): each payment by bill, in the state to
// which the steps that the cut sees have brought it. Rules see to it that those are always the first few.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/books/credit_policy.h"
#include "ledger/values/cut.h"
#include "projections/history/history.h"

namespace duebook {

inline constexpr std::string_view kHeldState = "held", kEndorsedState = "endorsed", kDiscountedState = "discounted",
                                  kHonouredState = "honoured", kDishonouredState = "dishonoured",
                                  kReversedState = "reversed";

struct BookedBill {
  uint32_t fact;                           // a row of the history's facts: what its payment says of it
  uint32_t item;                           // its payment, a row of the history's items
  std::string_view state;                  // one of the above
  Date changed;                            // since when: of the last step, or of the last one undone, or the payment
  std::optional<uint32_t> passed_on = {};  // the fact of its endorsement or discount, if that is in force

  bool IsHeld() const { return state == kHeldState; }
  // Returns whether its acceptor may still fail to pay it on a day no earlier than `changed`: while it is held and,
  // once it was passed on, for some days behind its due date.
  bool MayComeBackOn(const History& history, Date day) const;
};

// Every bill that the cut sees, in order of seq. The history has the part kFacts. Cost: a pass over facts and, if there
// are bills, over movements.
std::vector<BookedBill> BillsAt(const History& history, const Cut& cut);

// Returns whether a bill is a risk, on a day no earlier than it changed, by the methods that a credit policy counts.
bool IsAtRisk(const History& history, const BookedBill& bill, const CreditPolicy& counted, Date day);

}  // namespace duebook
