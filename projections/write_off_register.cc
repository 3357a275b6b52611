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
    case WriteOffBreak::kSalespersonApproves:
      return "salesperson_approves";
    case WriteOffBreak::kReceiverApproves:
      return "receiver_approves";
  }
  CHECK(false);
}

std::string_view StageName(WriteOffStage stage) {
  switch (stage) {
    case WriteOffStage::kRequested:
      return "requested";
    case WriteOffStage::kInForce:
      return "in force";
    case WriteOffStage::kRejected:
      return "rejected";
    case WriteOffStage::kReversed:
      return "reversed";
  }
  CHECK(false);
}

namespace {

// The band that governs it; null if there is no policy, or what it is added up to is above the last band.
const WriteOffBand* BandOf(const WriteOffEntry& entry) {
  return entry.policy.has_value() && entry.band >= 0 ? &entry.policy->bands[entry.band] : nullptr;
}

std::vector<WriteOffApprover> PeopleOf(const WriteOffEntry& entry) {
  return {entry.approvers.begin(), entry.approvers.end()};
}

}  // namespace

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
  const schema::ChosenBand* chosen = body.chosen();
  if (chosen != nullptr && chosen->policy() != 0) {
    entry.policy = *FindPolicy(policies_, chosen->policy());
    entry.band = chosen->band();
  }
  index_.emplace(entry.seq, entries_.size());
  entries_.push_back(std::move(entry));
}

// Who approves: breaks that lie in the person.
void WriteOffRegister::JudgeApprover(WriteOffEntry& entry, const DatedApprover& approver) {
  if (approver.user == entry.requested_by) entry.breaks.insert(WriteOffBreak::kSelfApproval);
  if (!approver.user.empty() && approver.user == TextOn(salespeople_[entry.customer_seq], approver.date)) {
    entry.breaks.insert(WriteOffBreak::kSalespersonApproves);
  }
  const auto recorders = payment_recorders_.find(entry.customer_seq);
  if (recorders != payment_recorders_.end() && recorders->second.contains(approver.user)) {
    entry.breaks.insert(WriteOffBreak::kReceiverApproves);
  }
  const WriteOffBand* band = BandOf(entry);
  if (band != nullptr && !MayApprove(*band, approver)) {
    entry.unqualified_approver = true;
    entry.breaks.insert(WriteOffBreak::kMissingRole);
  }
}

// Whether the approvals of a write-off in force sufficed. They are counted whoever gave them: that a person should not
// have approved is a break of its own.
void WriteOffRegister::JudgeApprovals(WriteOffEntry& entry) {
  if (!entry.policy.has_value()) return;
  for (const WriteOffBreak earlier :
       {WriteOffBreak::kMissingApproval, WriteOffBreak::kOverThreshold, WriteOffBreak::kSplitting}) {
    entry.breaks.erase(earlier);  // a further approval may have made good what was missing
  }
  if (!entry.unqualified_approver) entry.breaks.erase(WriteOffBreak::kMissingRole);
  const std::vector<WriteOffApprover> people = PeopleOf(entry);
  const WriteOffBand* band = BandOf(entry);
  const WriteOffBand* own = GoverningBand(*entry.policy, entry.currency, entry.amount);
  if (band != nullptr) {
    const MissingApproval missing = MissingOf(*band, people);
    if (missing.complete()) return;
    if (!missing.roles.empty()) entry.breaks.insert(WriteOffBreak::kMissingRole);
    std::set<std::string_view> names;
    for (const WriteOffApprover& approver : people) names.insert(approver.user);
    if (static_cast<int>(names.size()) < band->approvals) entry.breaks.insert(WriteOffBreak::kMissingApproval);
  }
  if (own != nullptr && own != band && MissingOf(*own, people).complete()) {
    entry.breaks.insert(WriteOffBreak::kSplitting);
    return;
  }
  if (band == nullptr) entry.breaks.insert(WriteOffBreak::kOverThreshold);
  for (const WriteOffBand& lower : entry.policy->bands) {
    if (&lower == own) break;
    if (MissingOf(lower, people).complete()) entry.breaks.insert(WriteOffBreak::kOverThreshold);
  }
}

void WriteOffRegister::Assign(EventView event, const flatbuffers::String* salesperson) {
  if (salesperson == nullptr || salesperson->size() == 0) return;
  const uint64_t customer = event.type() == EventType::CustomerOpened ? event.seq() : event.reference(0);
  salespeople_[customer].push_back({event.date(), salesperson->str()});
}

void WriteOffRegister::AddApproval(EventView event) {
  WriteOffEntry* entry = Find(event.reference(1));
  if (entry == nullptr) return;
  const auto& body = event.body<schema::WriteOffApproved>();
  const DatedApprover approver{{std::string(event.actor()), RolesOf(role_changes_, event.actor(), event.date())},
                               event.date()};
  if (event.date() < entry->requested) entry->breaks.insert(WriteOffBreak::kApprovalBeforeRequest);
  // The ledger held the others against the rules, knowing more than a cut may see: judged by less, one could seem
  // wrong.
  if (event.imported()) JudgeApprover(*entry, approver);
  entry->approvers.push_back(approver);
  const bool completes = AmountOf(body.amount()) > 0 && DateOf(*body.in_force_from()) <= effective_;
  if (completes) entry->stage = WriteOffStage::kInForce;
  if (event.imported() && entry->stage == WriteOffStage::kInForce) JudgeApprovals(*entry);
}

void WriteOffRegister::Evolve(EventView event) {
  switch (event.type()) {
    case EventType::CustomerOpened:
      return Assign(event, event.body<schema::CustomerOpened>().salesperson());
    case EventType::CustomerChanged:
      return Assign(event, event.body<schema::CustomerChanged>().salesperson());
    case EventType::SalespersonAssigned:
      return Assign(event, event.body<schema::SalespersonAssigned>().salesperson());
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
    case EventType::EventReversed:
      if (WriteOffEntry* entry = Find(event.reference(2))) {  // of a recovery
        entry->recovered -= AmountOf(event.body<schema::EventReversed>().amount());
      }
      return;
    default:
      return;
  }
}

}  // namespace duebook
