// How much approval a write-off needs: the arithmetic of policies, bands and roles, on plain values. The ledger
// enforces by it, the register of write-offs (projections/write_offs.h) reports breaks by it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/date.h"
#include "ledger/event.h"
#include "ledger/money.h"

namespace duebook {

// Who must approve amounts up to and including `up_to` (absent: without limit).
struct WriteOffBand {
  std::optional<Minor> up_to;
  int approvals = 1;               // distinct people, at least
  std::vector<std::string> roles;  // each must be held by one of them, and each of them must hold one; empty: anybody
  template <class Archive>
  void Describe(Archive& archive) {
    archive(up_to, approvals, roles);
  }
  friend bool operator==(const WriteOffBand&, const WriteOffBand&) = default;
};

// Bands ascend by `up_to`; there is at least one.
struct WriteOffPolicy {
  Currency currency;
  int window_months = 12;  // requests this near to each other are added up when the band is chosen
  std::vector<WriteOffBand> bands;
  template <class Archive>
  void Describe(Archive& archive) {
    archive(currency, window_months, bands);
  }
  friend bool operator==(const WriteOffPolicy&, const WriteOffPolicy&) = default;
};

// The policy that an event of type WriteOffPolicySet sets.
WriteOffPolicy PolicyOf(EventView event);

// What governs a request in `currency`, given the newest policy of each currency that has one. Its own currency's, if
// there is one. If only others have policies, a policy with the strictest of their last bands for every amount, so that
// a write-off is not made easier by a currency nobody thought of. If there is none at all, one approval by anybody.
WriteOffPolicy GoverningPolicy(const std::vector<WriteOffPolicy>& in_force, Currency currency);

// A policy with the event that set it.
struct DatedWriteOffPolicy {
  uint64_t seq = 0;
  Date date;
  WriteOffPolicy policy;
  template <class Archive>
  void Describe(Archive& archive) {
    archive(seq, date, policy);
  }
  friend bool operator==(const DatedWriteOffPolicy&, const DatedWriteOffPolicy&) = default;
};

// What governs a request with this seq and date: of each currency, the newest policy dated on or before it and recorded
// before it. `policies` in order of seq.
WriteOffPolicy GoverningPolicy(const std::vector<DatedWriteOffPolicy>& policies, uint64_t request_seq,
                               Date request_date, Currency currency);

// The band for a sum: the first whose `up_to` is not below it, so a sum of exactly `up_to` is in the lower band. A sum
// above all bands is in the last one. The reference is into `policy`.
const WriteOffBand& GoverningBand(const WriteOffPolicy& policy, Minor sum);

// Whether requests dated `a` and `b` are added up: the later day is at most `months` months after the earlier. The day
// exactly `months` later is still in the window.
bool InWindow(Date a, Date b, int months);

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

// Whether this person's approval counts towards the band: it asks for no role, or the person holds one of its roles.
bool MayApprove(const WriteOffBand& band, const WriteOffApprover& approver);

// One person counts once, however often they approved; who may not approve does not count.
MissingApproval MissingOf(const WriteOffBand& band, const std::vector<WriteOffApprover>& approvers);

}  // namespace duebook
