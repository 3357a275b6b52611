#include "projections/reports/write_off_register.h"

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/values/check.h"
#include "ledger/values/source.h"

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
    case WriteOffBreak::kOneLogin:
      return "one_login";
  }
  CHECK(false);
}

std::vector<WriteOffBreak> AllWriteOffBreaks() {
  std::vector<WriteOffBreak> all;
  for (int i = 0; i <= static_cast<int>(WriteOffBreak::kOneLogin); i++) {
    all.push_back(static_cast<WriteOffBreak>(i));
  }
  return all;
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

// The request, and its approvals so far.
std::set<uint64_t> AllEvents(const WriteOffEntry& entry) {
  std::set<uint64_t> seqs{entry.seq};
  for (const DatedApprover& approver : entry.approvers) seqs.insert(approver.seq);
  return seqs;
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
  entry.customer_seq = event.Referred("customer");
  entry.invoice_seq = event.Referred("invoice");
  entry.number = EventView::Text(body.write_off());
  entry.customer = event.customer();
  entry.invoice = EventView::Text(body.invoice());
  entry.requested_by = Nfc(event.actor());
  entry.requested_from = event.source();
  entry.currency = event.currency();
  entry.amount = AmountOf(body.amount());
  entry.requested = event.date();
  const schema::ChosenBand* chosen = body.chosen();
  if (chosen != nullptr && chosen->policy() != 0) {
    entry.policy = *FindPolicy(policies_, chosen->policy());
    entry.policy_seq = chosen->policy();
    entry.band = chosen->band();
  }
  index_.emplace(entry.seq, entries_.size());
  requests_[{entry.customer_seq, entry.currency}].push_back(entries_.size());
  entries_.push_back(std::move(entry));
}

// The sum itself, and so the band, is what the request says.
std::set<uint64_t> WriteOffRegister::Evidence(const WriteOffEntry& entry, WriteOffBreak name) const {
  std::set<uint64_t> seqs = entry.breaks.at(name);
  if (name != WriteOffBreak::kSplitting) return seqs;
  for (const size_t i : requests_.at({entry.customer_seq, entry.currency})) {
    const WriteOffEntry& other = entries_[i];
    if (other.seq >= entry.seq) break;
    const bool stood = other.ended_seq > entry.seq;
    if (stood && CountsWith(other.requested, entry.requested, entry.policy->months)) seqs.insert(other.seq);
  }
  return seqs;
}

// Who approves: breaks that lie in the person.
void WriteOffRegister::JudgeApprover(WriteOffEntry& entry, const DatedApprover& approver) {
  const auto add = [&](WriteOffBreak name, uint64_t other) { entry.breaks[name].insert({other, approver.seq}); };
  if (approver.user == entry.requested_by) add(WriteOffBreak::kSelfApproval, entry.seq);
  const auto salesperson = people_->SalespersonOn(entry.customer_seq, approver.date, approver.seq);
  if (!approver.user.empty() && salesperson.has_value() && salesperson->user == approver.user) {
    add(WriteOffBreak::kSalespersonApproves, salesperson->seq);
  }
  const uint64_t payment = people_->FirstPaymentBy(entry.customer_seq, approver.user, approver.seq);
  if (payment != 0) add(WriteOffBreak::kReceiverApproves, payment);
  const WriteOffBand* band = BandOf(entry);
  if (band != nullptr && !MayApprove(*band, approver)) {
    entry.unqualified_approver = true;
    add(WriteOffBreak::kMissingRole, entry.seq);
  }
}

// Two names typed at one login are one person, or one of two who sat there in turn: the ledger cannot tell, and so does
// not refuse it. Files say nothing of who wrote them.
void WriteOffRegister::JudgeSource(WriteOffEntry& entry, EventView approval) {
  const bool typed = approval.source().starts_with(kTerminalSource);
  if (!typed || approval.source() != entry.requested_from || Nfc(approval.actor()) == entry.requested_by) return;
  entry.breaks[WriteOffBreak::kOneLogin].insert({entry.seq, approval.seq()});
}

bool WriteOffRegister::RestsOnNoAdministrator(const WriteOffEntry& entry, const DatedApprover& approver) const {
  if (!entry.policy.has_value()) return false;
  if (roles_.policies_without_administrator().contains(entry.policy_seq)) return true;
  const WriteOffBand* band = BandOf(entry);
  return band != nullptr && std::any_of(band->roles.begin(), band->roles.end(), [&](const std::string& role) {
           const RoleGrant* grant = roles_.GrantOf(approver.user, role, approver.date);
           return grant != nullptr && grant->marks.contains(RoleMark::kGrantedWithoutAdministrator);
         });
}

// Judges whether the approvals of a write-off in force sufficed. They are counted whoever gave them: that a person
// should not have approved is a break of its own.
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
    if (!missing.roles.empty()) entry.breaks[WriteOffBreak::kMissingRole].merge(AllEvents(entry));
    std::set<std::string_view> names;
    for (const WriteOffApprover& approver : people) names.insert(approver.user);
    if (static_cast<int>(names.size()) < band->approvals) {
      entry.breaks[WriteOffBreak::kMissingApproval] = AllEvents(entry);
    }
  }
  if (own != nullptr && own != band && MissingOf(*own, people).complete()) {
    entry.breaks[WriteOffBreak::kSplitting] = AllEvents(entry);
    return;
  }
  bool over_threshold = band == nullptr;
  for (const WriteOffBand& lower : entry.policy->bands) {
    if (&lower == own) break;
    over_threshold = over_threshold || MissingOf(lower, people).complete();
  }
  if (!over_threshold) return;
  std::set<uint64_t> events = AllEvents(entry);
  events.insert(entry.policy_seq);
  entry.breaks[WriteOffBreak::kOverThreshold] = std::move(events);
}

void WriteOffRegister::AddApproval(EventView event) {
  WriteOffEntry* entry = Find(event.Referred("write_off"));
  if (entry == nullptr) return;
  const auto& body = event.body<schema::WriteOffApproved>();
  const std::string actor = Nfc(event.actor());
  const DatedApprover approver{{actor, roles_.RolesOf(actor, event.date())}, event.date(), event.seq()};
  if (event.date() < entry->requested) {
    entry->breaks[WriteOffBreak::kApprovalBeforeRequest].insert({entry->seq, event.seq()});
  }
  // The ledger held the others against the rules, knowing more than a cut may see: judged by less, one could seem
  // wrong.
  if (event.imported()) JudgeApprover(*entry, approver);
  JudgeSource(*entry, event);
  entry->without_administrator = entry->without_administrator || RestsOnNoAdministrator(*entry, approver);
  entry->approvers.push_back(approver);
  const bool completes = AmountOf(body.amount()) > 0 && DateOf(*body.in_force_from()) <= effective_;
  if (completes) entry->stage = WriteOffStage::kInForce;
  if (event.imported() && entry->stage == WriteOffStage::kInForce) JudgeApprovals(*entry);
}

void WriteOffRegister::End(EventView event, WriteOffStage stage) {
  WriteOffEntry* entry = Find(event.Referred("write_off"));
  if (entry == nullptr) return;
  entry->stage = stage;
  entry->ended_seq = event.seq();
}

void WriteOffRegister::Evolve(EventView event) {
  switch (event.type()) {
    case EventType::RoleGranted:
    case EventType::RoleRevoked:
      return roles_.Evolve(event);
    case EventType::WriteOffPolicySet:
      roles_.Evolve(event);
      policies_.push_back({event.seq(), event.date(), PolicyOf(event)});
      return;
    case EventType::WriteOffRequested:
      return AddRequest(event);
    case EventType::WriteOffApproved:
      return AddApproval(event);
    case EventType::WriteOffRejected:
      return End(event, WriteOffStage::kRejected);
    case EventType::WriteOffReversed:
      return End(event, WriteOffStage::kReversed);
    case EventType::RecoveryReceived:
      if (WriteOffEntry* entry = Find(event.Referred("write_off"))) {
        entry->recovered += AmountOf(event.body<schema::RecoveryReceived>().amount());
      }
      return;
    case EventType::EventReversed:
      if (WriteOffEntry* entry = Find(event.Referred("event.document"))) {  // of a recovery
        entry->recovered -= AmountOf(event.body<schema::EventReversed>().amount());
      }
      return;
    default:
      return;
  }
}

}  // namespace duebook
