// One of those whose approval a write-off needs gives it; the last one puts it in force.

#include <fmt/format.h>

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/write_offs.h"

namespace duebook {

namespace {

// Returns whether nothing is missing once this person has approved, too.
bool Completes(const WriteOff& write_off, const WriteOffApprover& approver) {
  std::vector<WriteOffApprover> approvers;
  for (const Approval& approval : write_off.approvals) approvers.push_back({approval.actor, approval.roles});
  approvers.push_back(approver);
  return MissingOf(write_off.band, approvers).complete();
}

// Who may approve. None of this is asked of an approval from another system; the register reports it.
std::optional<Rejection> CheckApprover(const RuleCase& rule_case, const WriteOff& write_off,
                                       const WriteOffApprover& approver) {
  const std::string_view actor = approver.user;
  const auto refuse = [](RejectionCode code, std::string sentence) {
    return Rejection{code, std::move(sentence), "actor"};
  };
  if (actor == write_off.requester) {
    return refuse(RejectionCode::kSelfApproval,
                  fmt::format("{} requested this write-off and cannot approve it", actor));
  }
  if (!MayApprove(write_off.band, approver)) {
    return refuse(
        RejectionCode::kMissingRole,
        fmt::format("{} holds none of the roles that must approve {}{} (this and the customer's other requests "
                    "in the window): {}",
                    actor, Shown(write_off.added_up, write_off.currency), OrMore(write_off.added_up),
                    fmt::join(write_off.band.roles, ", ")));
  }
  if (actor == TextOn(rule_case.customer->salespersons, rule_case.event.date())) {
    return refuse(RejectionCode::kSalespersonApproves,
                  fmt::format("{} is the customer's salesperson and cannot approve its write-offs", actor));
  }
  const auto& recorders = rule_case.customer->payment_recorders;
  if (std::find(recorders.begin(), recorders.end(), actor) != recorders.end()) {
    return refuse(RejectionCode::kReceiverApproves,
                  fmt::format("{} recorded payments of the customer and cannot approve its write-offs", actor));
  }
  for (const Approval& approval : write_off.approvals) {
    if (approval.actor != actor) continue;
    return refuse(RejectionCode::kApprovedTwice,
                  fmt::format("{} approved this write-off on {} already", actor, approval.date.ToString()));
  }
  return std::nullopt;
}

Date InForceFrom(const WriteOff& write_off, Date approved) {
  Date latest = std::max(write_off.date, approved);
  for (const Approval& approval : write_off.approvals) latest = std::max(latest, approval.date);
  return latest;
}

// The first approval from another system counts as what completed it there; further ones are kept as evidence.
bool IsFurtherEvidence(const RuleCase& rule_case, const WriteOff& write_off) {
  return rule_case.event.imported() && write_off.state == WriteOffState::kInForce;
}

std::optional<Rejection> CheckAwaitsApproval(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::WriteOffApproved>();
  const NamedDocument& named = rule_case.named.By("write_off");
  const auto& write_off = named.Get<WriteOff>();
  if (rule_case.command.IsGiven("request") &&
      !std::equal(write_off.request.begin(), write_off.request.end(), body.request()->bytes()->begin())) {
    return Rejection{RejectionCode::kUnknownReference,
                     fmt::format("the approval is for another request than {}, whose hash is {}", named.number(),
                                 ToHex(write_off.request)),
                     "request"};
  }
  if (write_off.state == WriteOffState::kPending || IsFurtherEvidence(rule_case, write_off)) return std::nullopt;
  return RefuseState(RejectionCode::kNotPending, named, "pending");
}

std::optional<Rejection> CheckApprovalsAscend(RuleCase& rule_case) {
  const auto& write_off = rule_case.named.Get<WriteOff>("write_off");
  if (rule_case.event.imported() || write_off.approvals.empty()) return std::nullopt;
  const Approval& last = write_off.approvals.back();
  if (rule_case.event.date() >= last.date) return std::nullopt;
  return RefuseCausal(fmt::format("the approval by {}", last.actor), rule_case.event.date(), last.date);
}

std::optional<Rejection> DecideWriteOffApproved(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  const NamedDocument& named = rule_case.named.By("write_off");
  const auto& write_off = named.Get<WriteOff>();
  const Date date = rule_case.event.date();
  const bool imported = rule_case.event.imported();
  const WriteOffApprover approver{std::string(rule_case.event.actor()),
                                  RolesStillOf(rule_case.books.control().role_changes, rule_case.event.actor(), date)};
  const bool completes = !IsFurtherEvidence(rule_case, write_off) && (imported || Completes(write_off, approver));
  const Date in_force_from = completes ? InForceFrom(write_off, date) : Date();
  if (completes) {
    if (auto rejection = CheckOpenToWriteOff(named.parents[0], in_force_from, write_off.amount)) {
      return rejection;
    }
  }
  if (!imported) {
    if (auto rejection = CheckApprover(rule_case, write_off, approver)) return rejection;
  }
  // From here on it succeeds.
  if (!rule_case.command.IsGiven("request")) rule_case.command.Set("request", write_off.request);
  if (completes) {
    rule_case.command.Set("in_force_from", in_force_from);
    rule_case.command.Set("amount", write_off.amount);
  }
  return std::nullopt;
}

// Returns whether this approval completed the write-off.
bool PutsInForce(const schema::WriteOffApproved& body) {
  return body.in_force_from() != nullptr && body.in_force_from()->days() != kUnsetDays;
}

void EvolveWriteOffApproved(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::WriteOffApproved>();
  auto& write_off = evolve_case.Mutable<WriteOff>("write_off");
  const std::string actor = Nfc(event.actor());
  write_off.approvals.push_back({actor, event.date(), RolesStillOf(books.control().role_changes, actor, event.date())});
  if (!PutsInForce(body)) return;
  write_off.state = WriteOffState::kInForce;
  write_off.in_force_from = DateOf(*body.in_force_from());
  auto& invoice = books.Mutable<Invoice>(evolve_case.named.By("write_off").parents[0]);
  Settle(invoice, write_off.in_force_from, write_off.amount);
}

void MoveWriteOffApproved(EventView event, Figures& figures) {
  const auto& body = event.body<schema::WriteOffApproved>();
  if (!PutsInForce(body)) return;
  figures.Move(event.Referred("write_off.invoice"), MovementKind::kWrittenOff, -AmountOf(body.amount()),
               DateOf(*body.in_force_from()));
}

}  // namespace

const EventKind kWriteOffApproved{
    .chinese = "坏账批准",
    .sentence =
        "Write-off {write_off} approved[ as requested in {request}][, {amount} in force from {in_force_from}][: "
        "{reason}]",
    .chinese_sentence =
        "批准坏账核销 {write_off}[，所批申请 {request}][，自 {in_force_from} 起生效，金额 {amount}][：{reason}]",
    .check_state = CheckAwaitsApproval,
    .check_dates = CheckApprovalsAscend,
    .imported_may_predate = true,
    .decide = DecideWriteOffApproved,
    .evolve = EvolveWriteOffApproved,
    .moves = MoveWriteOffApproved,
};

}  // namespace duebook
