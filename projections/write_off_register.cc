#include "projections/write_off_register.h"

#include <algorithm>

#include "ledger/check.h"

namespace duebook {

std::string_view BreakName(WriteOffBreak name) {
  switch (name) {
    case WriteOffBreak::kSelfApproval:
      return "self_approval";
    case WriteOffBreak::kMissingRole:
      return "missing_role";
    case WriteOffBreak::kMissingApproval:
      return "missing_approval";
    case WriteOffBreak::kOverThreshold:
      return "over_threshold";
    case WriteOffBreak::kSplitting:
      return "splitting";
    case WriteOffBreak::kApprovalBeforeRequest:
      return "approval_before_request";
    case WriteOffBreak::kSalespersonApproval:
      return "salesperson_approval";
    case WriteOffBreak::kLapping:
      return "lapping";
    case WriteOffBreak::kRepeatedApproval:
      return "repeated_approval";
  }
  CHECK(false);
}

std::string_view StageName(WriteOffStage stage) {
  switch (stage) {
    case WriteOffStage::kRequested:
      return "requested";
    case WriteOffStage::kPartlyApproved:
      return "partly approved";
    case WriteOffStage::kInForce:
      return "in force";
    case WriteOffStage::kRejected:
      return "rejected";
    case WriteOffStage::kReversed:
      return "reversed";
  }
  CHECK(false);
}

WriteOffEntry* WriteOffRegister::Find(uint64_t seq) {
  const auto entry = index_.find(seq);
  return entry == index_.end() ? nullptr : &entries_[entry->second];  // null: the cut doesn't see the request
}

void WriteOffRegister::AddRequest(EventView event) {
  const auto& body = event.body<schema::WriteOffRequested>();
  WriteOffEntry entry;
  entry.seq = event.seq();
  entry.customer_seq = event.reference(0);
  entry.invoice_seq = event.reference(1);
  entry.number = EventView::Text(body.write_off());
  entry.customer = event.customer();
  entry.invoice = EventView::Text(body.invoice());
  entry.requested_by = event.actor();
  entry.currency = event.currency();
  entry.amount = AmountOf(body.amount());
  entry.requested = event.date();
  entry.policy = GoverningPolicy(policies_, event.seq(), event.date(), event.currency());
  index_.emplace(entry.seq, entries_.size());
  of_customer_[entry.customer_seq].push_back(entries_.size());
  entries_.push_back(std::move(entry));
}

// All requests of the customer in this currency near enough in time, the entry's own included, that stand at this
// moment. At most the largest amount, which is in the last band anyway.
Minor WriteOffRegister::RequestedInWindow(const WriteOffEntry& entry) const {
  Minor sum = 0;
  for (const size_t i : of_customer_.at(entry.customer_seq)) {
    const WriteOffEntry& other = entries_[i];
    const bool stands = other.stage != WriteOffStage::kRejected && other.stage != WriteOffStage::kReversed;
    if (!stands || other.currency != entry.currency) continue;
    if (!InWindow(other.requested, entry.requested, entry.policy.window_months)) continue;
    sum = CheckedAdd(sum, other.amount).value_or(INT64_MAX);
  }
  return sum;
}

// Who approves: breaks that lie in the person.
void WriteOffRegister::JudgeApprover(WriteOffEntry& entry, const WriteOffApprover& approver) {
  if (approver.user == entry.requested_by) entry.breaks.insert(WriteOffBreak::kSelfApproval);
  const auto& before = entry.approvers;
  if (std::any_of(before.begin(), before.end(), [&](const auto& other) { return other.user == approver.user; })) {
    entry.breaks.insert(WriteOffBreak::kRepeatedApproval);
  }
  const auto salesperson = salespeople_.find(entry.customer_seq);
  if (salesperson != salespeople_.end() && salesperson->second == approver.user) {
    entry.breaks.insert(WriteOffBreak::kSalespersonApproval);
  }
  const auto recorders = payment_recorders_.find(entry.customer_seq);
  if (recorders != payment_recorders_.end() && recorders->second.contains(approver.user)) {
    entry.breaks.insert(WriteOffBreak::kLapping);
  }
  if (!MayApprove(GoverningBand(entry.policy, RequestedInWindow(entry)), approver)) {
    entry.unqualified_approver = true;
    entry.breaks.insert(WriteOffBreak::kMissingRole);
  }
}

// Whether the approvals of a write-off in force sufficed. They are counted whoever gave them: that a person should not
// have approved is a break of its own.
void WriteOffRegister::JudgeApprovals(WriteOffEntry& entry) {
  const WriteOffBand& band = GoverningBand(entry.policy, RequestedInWindow(entry));
  for (const WriteOffBreak earlier :
       {WriteOffBreak::kMissingApproval, WriteOffBreak::kOverThreshold, WriteOffBreak::kSplitting}) {
    entry.breaks.erase(earlier);  // a further approval may have made good what was missing
  }
  if (!entry.unqualified_approver) entry.breaks.erase(WriteOffBreak::kMissingRole);
  const MissingApproval missing = MissingOf(band, entry.approvers);
  if (missing.complete()) return;
  if (!missing.roles.empty()) entry.breaks.insert(WriteOffBreak::kMissingRole);
  std::set<std::string_view> people;
  for (const WriteOffApprover& approver : entry.approvers) people.insert(approver.user);
  if (static_cast<int>(people.size()) < band.approvals) entry.breaks.insert(WriteOffBreak::kMissingApproval);
  const WriteOffBand& own = GoverningBand(entry.policy, entry.amount);
  if (&own != &band && MissingOf(own, entry.approvers).complete()) {
    entry.breaks.insert(WriteOffBreak::kSplitting);
    return;
  }
  for (const WriteOffBand& lower : entry.policy.bands) {
    if (&lower == &own) break;
    if (MissingOf(lower, entry.approvers).complete()) entry.breaks.insert(WriteOffBreak::kOverThreshold);
  }
}

void WriteOffRegister::AddApproval(EventView event) {
  WriteOffEntry* entry = Find(event.reference(1));
  if (entry == nullptr) return;
  const auto& body = event.body<schema::WriteOffApproved>();
  WriteOffApprover approver{std::string(event.actor()), RolesOf(role_changes_, event.actor(), event.date())};
  if (event.date() < entry->requested) entry->breaks.insert(WriteOffBreak::kApprovalBeforeRequest);
  // The ledger held the others against the rules, knowing more than a cut may see: judged by less, one could seem
  // wrong.
  if (event.imported()) JudgeApprover(*entry, approver);
  entry->approvers.push_back(std::move(approver));
  const bool completes = AmountOf(body.amount()) > 0 && DateOf(*body.in_force_from()) <= effective_;
  if (completes) {
    entry->stage = WriteOffStage::kInForce;
  } else if (entry->stage == WriteOffStage::kRequested) {
    entry->stage = WriteOffStage::kPartlyApproved;
  }
  if (event.imported() && entry->stage == WriteOffStage::kInForce) JudgeApprovals(*entry);
}

void WriteOffRegister::Evolve(EventView event) {
  switch (event.type()) {
    case EventType::CustomerOpened:
      salespeople_[event.seq()] = EventView::Text(event.body<schema::CustomerOpened>().salesperson());
      return;
    case EventType::PaymentReceived:
      payment_recorders_[event.reference(0)].emplace(event.actor());
      return;
    case EventType::RoleGranted:
    case EventType::RoleRevoked:
      role_changes_.push_back(RoleChangeOf(event));
      return;
    case EventType::WriteOffPolicySet:
      policies_.push_back({event.seq(), event.date(), PolicyOf(event)});
      return;
    case EventType::WriteOffRequested:
      return AddRequest(event);
    case EventType::WriteOffApproved:
      return AddApproval(event);
    case EventType::WriteOffRejected:
      if (WriteOffEntry* entry = Find(event.reference(1))) entry->stage = WriteOffStage::kRejected;
      return;
    case EventType::WriteOffReversed:
      if (WriteOffEntry* entry = Find(event.reference(1))) entry->stage = WriteOffStage::kReversed;
      return;
    case EventType::RecoveryReceived:
      if (WriteOffEntry* entry = Find(event.reference(1))) {
        entry->recovered += AmountOf(event.body<schema::RecoveryReceived>().amount());
      }
      return;
    default:
      return;
  }
}

}  // namespace duebook
