// What is checked before goods are shipped, and who may set limits and let a shipment pass: the policies as plain
// values. The ledger enforces by them, the report of credit counts by them.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// In the order in which they are asked.
inline constexpr std::array<std::string_view, 5> kCreditChecks{"approval", "hold", "confirmation", "overdue", "limit"};
enum class CreditCheck : uint8_t { kApproval = 0, kHold = 1, kConfirmation = 2, kOverdue = 3, kLimit = 4 };
// Alone among the checks of a policy: nothing is checked.
inline constexpr std::string_view kNoCheck = "none";

inline constexpr std::array<std::string_view, 5> kGuaranteeKinds{"deposit", "bank_guarantee", "insurance", "person",
                                                                 "mortgage"};
inline constexpr std::string_view kDeposit = kGuaranteeKinds[0];
// Methods of payment by bill.
inline constexpr std::array<std::string_view, 2> kBillMethods{"bank_acceptance", "commercial_acceptance"};

// What sets limits, approves accounts, releases holds and lets shipments pass, where no band says otherwise.
inline constexpr std::string_view kCreditRole = "credit";

// Returns the place of a word among such words; nothing if it is none of them.
template <size_t kWords>
std::optional<size_t> PlaceOf(const std::array<std::string_view, kWords>& words, std::string_view word) {
  for (size_t place = 0; place < kWords; place++) {
    if (words[place] == word) return place;
  }
  return std::nullopt;
}

// Who may set and approve limits up to and including `up_to` (absent: without limit): whoever holds one of the roles.
struct CreditBand {
  std::optional<Minor> up_to;
  std::vector<std::string> roles;
};

// How overdue money is counted: by how many days after its due date it has to be late, and whether disputed money is.
struct OverdueCount {
  int32_t days = 0;
  bool disputed = false;
  friend bool operator==(const OverdueCount&, const OverdueCount&) = default;
};

struct CreditPolicy {
  Currency currency;             // of its amounts, which bind that currency alone
  std::array<bool, 5> checks{};  // by CreditCheck
  OverdueCount overdue;
  Minor overdue_amount = 0;  // so much may be overdue
  bool prepaid_passes = true;
  std::array<bool, 5> guarantees{};  // the kinds that count, by place among kGuaranteeKinds
  std::array<bool, 2> bills{};       // the methods that count, by place among kBillMethods
  std::vector<CreditBand> bands;     // ascending
  std::vector<std::string> override_roles;

  bool Checks(CreditCheck check) const { return checks[static_cast<size_t>(check)]; }
  // What may be overdue in a currency.
  Minor OverdueAllowed(Currency other) const { return other == currency ? overdue_amount : 0; }
};

// The policy that an event of type CreditPolicySet sets, with defaults for what it leaves out.
CreditPolicy CreditPolicyOf(EventView event);

struct DatedCreditPolicy {
  uint64_t seq = 0;
  Date date;
  CreditPolicy policy;
};

// Returns the policy in force on a day: of those given, which are in order of seq, the last one dated on or before it.
// Null if there is none. Points into `policies`.
const CreditPolicy* CreditPolicyOn(const std::vector<DatedCreditPolicy>& policies, Date date);

// Returns the same or, if there is none, one that checks nothing and counts as a policy does that says nothing.
const CreditPolicy& CreditCountedOn(const std::vector<DatedCreditPolicy>& policies, Date date);

// Returns the roles of which one is needed for a limit: those of its band or, where none binds its currency, `credit`.
// Empty if the limit is above the last band.
std::vector<std::string> RolesForLimit(const CreditPolicy& policy, Currency currency, Minor limit);

}  // namespace duebook
