#include "ledger/books/write_off_policy.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "ledger/command/spelling.h"
#include "ledger/values/check.h"

namespace duebook {
namespace {

bool Contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

WriteOffPolicy PolicyOf(EventView event) {
  const auto& body = event.body<schema::WriteOffPolicySet>();
  WriteOffPolicy policy{event.currency(), body.months(), {}};
  for (const schema::WriteOffBand* stored : *body.bands()) {
    WriteOffBand band;
    if (stored->up_to() != nullptr) band.up_to = stored->up_to()->minor();
    band.approvals = stored->approvals();
    if (stored->roles() != nullptr) {
      for (const flatbuffers::String* role : *stored->roles()) band.roles.push_back(Nfc(EventView::Text(role)));
    }
    policy.bands.push_back(std::move(band));
  }
  return policy;
}

const DatedWriteOffPolicy* GoverningPolicy(const std::vector<DatedWriteOffPolicy>& policies, Date request_date) {
  const DatedWriteOffPolicy* last = nullptr;
  for (const DatedWriteOffPolicy& policy : policies) {
    if (policy.date <= request_date && (last == nullptr || policy.date >= last->date)) last = &policy;
  }
  return last;
}

const WriteOffPolicy* FindPolicy(const std::vector<DatedWriteOffPolicy>& policies, uint64_t seq) {
  const auto found =
      std::find_if(policies.begin(), policies.end(), [seq](const auto& policy) { return policy.seq == seq; });
  return found == policies.end() ? nullptr : &found->policy;
}

const WriteOffBand* GoverningBand(const WriteOffPolicy& policy, Currency currency, Sum sum) {
  CHECK(!policy.bands.empty());
  if (currency != policy.currency) return &policy.bands.back();
  for (const WriteOffBand& band : policy.bands) {
    if (!band.up_to.has_value() || sum <= *band.up_to) return &band;
  }
  return nullptr;
}

Date CountedAfter(Date request, int months) { return request.AddMonths(-months); }

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
