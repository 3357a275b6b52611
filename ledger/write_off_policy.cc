#include "ledger/write_off_policy.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "ledger/check.h"

namespace duebook {
namespace {

bool Contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// Orders policies by how much their last bands ask for; the currency's code only breaks ties, so that the choice does
// not depend on the order of the list.
bool LessStrict(const WriteOffPolicy& a, const WriteOffPolicy& b) {
  const WriteOffBand& band_a = a.bands.back();
  const WriteOffBand& band_b = b.bands.back();
  return std::tuple(band_a.approvals, band_a.roles.size(), a.currency) <
         std::tuple(band_b.approvals, band_b.roles.size(), b.currency);
}

}  // namespace

WriteOffPolicy PolicyOf(EventView event) {
  const auto& body = event.body<schema::WriteOffPolicySet>();
  WriteOffPolicy policy{event.currency(), body.window_months(), {}};
  for (const schema::WriteOffBand* stored : *body.bands()) {
    WriteOffBand band;
    if (stored->up_to() != nullptr) band.up_to = stored->up_to()->minor();
    band.approvals = stored->approvals();
    if (stored->roles() != nullptr) {
      for (const flatbuffers::String* role : *stored->roles()) band.roles.emplace_back(EventView::Text(role));
    }
    policy.bands.push_back(std::move(band));
  }
  return policy;
}

WriteOffPolicy GoverningPolicy(const std::vector<WriteOffPolicy>& in_force, Currency currency) {
  for (const WriteOffPolicy& policy : in_force) {
    CHECK(!policy.bands.empty());
    if (policy.currency == currency) return policy;
  }
  if (in_force.empty()) return WriteOffPolicy{currency, 12, {WriteOffBand{}}};
  const WriteOffPolicy& strictest = *std::max_element(in_force.begin(), in_force.end(), LessStrict);
  WriteOffBand band = strictest.bands.back();
  band.up_to.reset();
  return WriteOffPolicy{currency, strictest.window_months, {std::move(band)}};
}

WriteOffPolicy GoverningPolicy(const std::vector<DatedWriteOffPolicy>& policies, uint64_t request_seq,
                               Date request_date, Currency currency) {
  std::vector<const DatedWriteOffPolicy*> newest;
  for (const DatedWriteOffPolicy& policy : policies) {
    if (policy.seq > request_seq || policy.date > request_date) continue;
    const auto same = std::find_if(newest.begin(), newest.end(), [&](const DatedWriteOffPolicy* other) {
      return other->policy.currency == policy.policy.currency;
    });
    if (same == newest.end()) {
      newest.push_back(&policy);
    } else if (policy.date >= (*same)->date) {
      *same = &policy;
    }
  }
  std::vector<WriteOffPolicy> in_force;
  in_force.reserve(newest.size());
  for (const DatedWriteOffPolicy* policy : newest) in_force.push_back(policy->policy);
  return GoverningPolicy(in_force, currency);
}

const WriteOffBand& GoverningBand(const WriteOffPolicy& policy, Minor sum) {
  CHECK(!policy.bands.empty());
  for (const WriteOffBand& band : policy.bands) {
    if (!band.up_to.has_value() || sum <= *band.up_to) return band;
  }
  return policy.bands.back();
}

bool InWindow(Date a, Date b, int months) { return std::max(a, b) <= std::min(a, b).AddMonths(months); }

bool MayApprove(const WriteOffBand& band, const WriteOffApprover& approver) {
  return band.roles.empty() || std::any_of(band.roles.begin(), band.roles.end(),
                                           [&](const std::string& role) { return Contains(approver.roles, role); });
}

MissingApproval MissingOf(const WriteOffBand& band, const std::vector<WriteOffApprover>& approvers) {
  std::set<std::string_view> people;
  std::set<std::string_view> roles;
  for (const WriteOffApprover& approver : approvers) {
    if (!MayApprove(band, approver)) continue;
    people.insert(approver.user);
    roles.insert(approver.roles.begin(), approver.roles.end());
  }
  MissingApproval missing;
  missing.approvals = std::max(0, band.approvals - static_cast<int>(people.size()));
  for (const std::string& role : band.roles) {
    if (!roles.contains(role)) missing.roles.push_back(role);
  }
  return missing;
}

}  // namespace duebook
