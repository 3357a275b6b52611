// How much approval a write-off needs: the arithmetic of policies, bands and roles, on plain values. The ledger
// enforces by it, the register of write-offs (projections/reports/write_off_register.h) reports breaks by it.

#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// Who must approve amounts up to and including `up_to` (absent: without limit).
struct WriteOffBand {
  std::optional<Minor> up_to;
  int approvals = 1;               // distinct people, at least
  std::vector<std::string> roles;  // each must be held by one of them, and each of them must hold one; empty: anybody
  friend bool operator==(const WriteOffBand&, const WriteOffBand&) = default;
};

// Bands ascend by `up_to`, in the currency of the ledger; there is at least one.
struct WriteOffPolicy {
  Currency currency;  // of the ledger
  int months = 12;    // requests this near to each other are added up when the band is chosen
  std::vector<WriteOffBand> bands;
  friend bool operator==(const WriteOffPolicy&, const WriteOffPolicy&) = default;
};

// The policy that an event of type WriteOffPolicySet sets.
WriteOffPolicy PolicyOf(EventView event);

// A policy with the event that set it.
struct DatedWriteOffPolicy {
  uint64_t seq = 0;
  Date date;
  WriteOffPolicy policy;
  friend bool operator==(const DatedWriteOffPolicy&, const DatedWriteOffPolicy&) = default;
};

// Returns what governs a request: of the policies recorded before it (`policies`, in order of seq), the last one
// effective on or before its date; of one day, the last one recorded. Null if there is none. Points into `policies`.
const DatedWriteOffPolicy* GoverningPolicy(const std::vector<DatedWriteOffPolicy>& policies, Date request_date);

// The policy that the event of this seq set; null if there is none. Points into `policies`.
const WriteOffPolicy* FindPolicy(const std::vector<DatedWriteOffPolicy>& policies, uint64_t seq);

// The band for a sum: the first whose `up_to` is not below it, so a sum of exactly `up_to` is in the lower band. In
// another currency than the policy's: the highest band. Null if the sum is above all bands. Points into `policy`.
const WriteOffBand* GoverningBand(const WriteOffPolicy& policy, Currency currency, Sum sum);

// The day after which requests count with one of this date: so many months earlier.
Date CountedAfter(Date request, int months);
// Returns whether an earlier recorded request dated `other` is added to one dated `request`: it is dated after that
// day, however late.
inline bool CountsWith(Date other, Date request, int months) { return other > CountedAfter(request, months); }

// A person who approved, with the roles held at the moment of the approval.
struct WriteOffApprover {
  std::string user;
  std::vector<std::string> roles;
};

// What a band still asks for.
struct MissingApproval {
  int approvals = 0;               // further people
  std::vector<std::string> roles;  // that no approver held, in the band's order
  bool complete() const { return approvals == 0 && roles.empty(); }
};

// Returns whether this person's approval counts towards the band: it asks for no role, or the person holds one of its
// roles.
bool MayApprove(const WriteOffBand& band, const WriteOffApprover& approver);

// One person counts once, however often they approved; who may not approve does not count.
MissingApproval MissingOf(const WriteOffBand& band, const std::vector<WriteOffApprover>& approvers);

}  // namespace duebook
