// Write-offs: request, approval by as many as the policy asks, rejection, reversal, recovery.

#include <fmt/format.h>

#include <algorithm>

#include "ledger/command/spelling.h"
#include "ledger/rules/rule.h"

namespace duebook {

namespace {

const WriteOff& NamedWriteOff(RuleCase& rule_case, std::string_view number) {
  return *rule_case.books.FindDocument<WriteOff>(DocumentKind::kWriteOff, number);
}

std::string_view StateText(WriteOffState state) {
  switch (state) {
    case WriteOffState::kPending:
      return "pending";
    case WriteOffState::kInForce:
      return "in force";
    case WriteOffState::kRejected:
      return "rejected";
    case WriteOffState::kReversed:
      return "reversed";
  }
  CHECK(false);
}

Rejection RefuseState(RejectionCode code, std::string_view number, WriteOffState state, std::string_view needed) {
  return {code, fmt::format("write-off {} is {}, not {}", number, StateText(state), needed), "write_off"};
}

Rejection RefuseCausal(std::string_view what, Date date, Date earliest) {
  return {RejectionCode::kBeforeItsCause,
          fmt::format("dated {}, before {} on {}", date.ToString(), what, earliest.ToString()), "date"};
}

std::optional<Rejection> CheckOpen(Books& books, std::string_view number, Date date, Minor amount) {
  const auto& invoice = *books.FindDocument<Invoice>(DocumentKind::kInvoice, number);
  const Timeline::Extreme least = invoice.open.LeastFrom(date);
  if (least.value >= amount) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanOpen,
      fmt::format("writing off {} of invoice {}, of which {} is open on {}", Shown(amount, invoice.currency), number,
                  Shown(least.value, invoice.currency), least.date.ToString()),
      "amount"};
}

// Of one currency; the end if nothing was requested in it.
template <class Requested>
auto FindRequested(Requested& requested, Currency currency) {
  return std::find_if(requested.begin(), requested.end(), [&](const auto& each) { return each.first == currency; });
}

// Changes what was requested of the customer by this write-off's amount, taken `sign` times.
void ChangeRequested(Books& books, const WriteOff& write_off, int sign) {
  auto& all = books.MutableCustomer(write_off.customer).requested;
  auto requested = FindRequested(all, write_off.currency);
  if (requested == all.end()) requested = all.insert(all.end(), {write_off.currency, Timeline()});
  requested->second.Add(write_off.date, sign * write_off.amount);
}

// What the request is added up with: the customer's others in this currency, pending or in force, dated after its date
// less the policy's months, or later. With the request itself.
Sum AddedUp(const Customer& customer, EventView request, Minor amount, int months) {
  const auto others = FindRequested(customer.requested, request.currency());
  if (others == customer.requested.end()) return amount;
  return amount + others->second.At(Date::Max()) - others->second.At(CountedAfter(request.date(), months));
}

struct Chosen {
  const DatedWriteOffPolicy* policy;
  Sum added_up;
  int32_t band;  // -1: above the last one
};

// By what is known now: later policies and requests change nothing. Nothing if there is no policy.
std::optional<Chosen> ChooseBand(Books& books, const Customer& customer, EventView request, Minor amount) {
  const DatedWriteOffPolicy* governing = GoverningPolicy(books.control().policies, request.date());
  if (governing == nullptr) return std::nullopt;
  const WriteOffPolicy& policy = governing->policy;
  const Sum sum = AddedUp(customer, request, amount, policy.months);
  const WriteOffBand* band = GoverningBand(policy, request.currency(), sum);
  return Chosen{governing, sum, band == nullptr ? -1 : static_cast<int32_t>(band - policy.bands.data())};
}

// Whether nothing is missing once this person has approved, too.
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

// --- request ---

std::optional<Rejection> DecideWriteOffRequested(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  const auto& body = rule_case.event.body<schema::WriteOffRequested>();
  const EventView event = rule_case.event;
  const Minor amount = body.amount()->minor();
  if (auto rejection = CheckOpen(rule_case.books, EventView::Text(body.invoice()), event.date(), amount)) {
    return rejection;
  }
  const auto chosen = ChooseBand(rule_case.books, *rule_case.customer, event, amount);
  if (!chosen.has_value()) return std::nullopt;
  // Imported, it may be above the last band: then nobody's approval suffices, and the register says so.
  if (chosen->band < 0 && !event.imported()) {
    return Rejection{
        RejectionCode::kOverThreshold,
        fmt::format("{} (this and the customer's other requests in the window) is above {}, the last band of "
                    "the policy: nobody may approve it",
                    Shown(chosen->added_up, event.currency()),
                    Shown(*chosen->policy->policy.bands.back().up_to, event.currency())),
        "amount"};
  }
  // From here on it succeeds.
  rule_case.command.SetInternal(
      "chosen",
      schema::ChosenBand(chosen->policy->seq, ToMinor(chosen->added_up).value_or(kMostAddedUp), chosen->band));
  return std::nullopt;
}

void EvolveWriteOffRequested(Books& books, EventView event) {
  const auto& body = event.body<schema::WriteOffRequested>();
  const std::string_view number = EventView::Text(body.write_off());
  auto& write_off = books.CreateDocument<WriteOff>(DocumentKind::kWriteOff, number);
  EvolveBase(books, write_off, event, body.amount());
  write_off.invoice = books.DocumentName(DocumentKind::kInvoice, EventView::Text(body.invoice()));
  write_off.invoice_seq = books.GetDocument<Invoice>(DocumentKind::kInvoice, write_off.invoice).seq;
  write_off.requester = Nfc(event.actor());
  write_off.request = LeafHash(event.bytes());
  write_off.added_up = write_off.amount;
  const schema::ChosenBand* chosen = body.chosen();
  if (chosen != nullptr && chosen->policy() != 0) {
    const WriteOffPolicy* policy = FindPolicy(books.control().policies, chosen->policy());
    if (policy == nullptr || chosen->band() >= static_cast<int32_t>(policy->bands.size())) {
      return books.Distrust("it is judged by a policy that no event before it set");
    }
    write_off.added_up = chosen->added_up();
    write_off.band = chosen->band() < 0 ? policy->bands.back() : policy->bands[chosen->band()];
  }
  ChangeRequested(books, write_off, 1);
}

// --- approval ---

const WriteOff& ApprovedWriteOff(RuleCase& rule_case) {
  return NamedWriteOff(rule_case, EventView::Text(rule_case.event.body<schema::WriteOffApproved>().write_off()));
}

// The first approval from another system counts as what completed it there; further ones are kept as evidence.
bool IsFurtherEvidence(const RuleCase& rule_case, const WriteOff& write_off) {
  return rule_case.event.imported() && write_off.state == WriteOffState::kInForce;
}

std::optional<Rejection> CheckAwaitsApproval(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::WriteOffApproved>();
  const std::string_view number = EventView::Text(body.write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  if (rule_case.command.request_given() &&
      !std::equal(write_off.request.begin(), write_off.request.end(), body.request()->bytes()->begin())) {
    return Rejection{
        RejectionCode::kUnknownReference,
        fmt::format("the approval is for another request than {}, whose hash is {}", number, ToHex(write_off.request)),
        "request"};
  }
  if (write_off.state == WriteOffState::kPending || IsFurtherEvidence(rule_case, write_off)) return std::nullopt;
  return RefuseState(RejectionCode::kNotPending, number, write_off.state, "pending");
}

std::optional<Rejection> CheckApprovalsAscend(RuleCase& rule_case) {
  const WriteOff& write_off = ApprovedWriteOff(rule_case);
  if (rule_case.event.imported() || write_off.approvals.empty()) return std::nullopt;
  const Approval& last = write_off.approvals.back();
  if (rule_case.event.date() >= last.date) return std::nullopt;
  return RefuseCausal(fmt::format("the approval by {}", last.actor), rule_case.event.date(), last.date);
}

std::optional<Rejection> DecideWriteOffApproved(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  const WriteOff& write_off = ApprovedWriteOff(rule_case);
  const Date date = rule_case.event.date();
  const bool imported = rule_case.event.imported();
  const WriteOffApprover approver{std::string(rule_case.event.actor()),
                                  RolesStillOf(rule_case.books.control().role_changes, rule_case.event.actor(), date)};
  const bool completes = !IsFurtherEvidence(rule_case, write_off) && (imported || Completes(write_off, approver));
  const Date in_force_from = completes ? InForceFrom(write_off, date) : Date();
  if (completes) {
    if (auto rejection = CheckOpen(rule_case.books, write_off.invoice, in_force_from, write_off.amount)) {
      return rejection;
    }
  }
  if (!imported) {
    if (auto rejection = CheckApprover(rule_case, write_off, approver)) return rejection;
  }
  // From here on it succeeds.
  if (!rule_case.command.request_given()) rule_case.command.SetRequest(write_off.request);
  if (completes) {
    rule_case.command.SetInternal("in_force_from", in_force_from);
    rule_case.command.SetInternal("amount", write_off.amount);
  }
  return std::nullopt;
}

void EvolveWriteOffApproved(Books& books, EventView event) {
  const auto& body = event.body<schema::WriteOffApproved>();
  const std::string_view number = EventView::Text(body.write_off());
  auto& write_off = books.MutableDocument<WriteOff>(DocumentKind::kWriteOff, number);
  const std::string actor = Nfc(event.actor());
  write_off.approvals.push_back({actor, event.date(), RolesStillOf(books.control().role_changes, actor, event.date())});
  if (body.in_force_from() == nullptr || body.in_force_from()->days() == kUnsetDays) return;
  write_off.state = WriteOffState::kInForce;
  write_off.in_force_from = DateOf(*body.in_force_from());
  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, write_off.invoice);
  Settle(invoice, write_off.in_force_from, write_off.amount);
}

// --- rejection ---

std::optional<Rejection> CheckIsPending(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<schema::WriteOffRejected>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  if (write_off.state == WriteOffState::kPending) return std::nullopt;
  return RefuseState(RejectionCode::kNotPending, number, write_off.state, "pending");
}

std::optional<Rejection> DecideWriteOffRejected(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  return std::nullopt;
}

void EvolveWriteOffRejected(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::WriteOffRejected>().write_off());
  auto& write_off = books.MutableDocument<WriteOff>(DocumentKind::kWriteOff, number);
  write_off.state = WriteOffState::kRejected;
  ChangeRequested(books, write_off, -1);
}

// --- reversal and recovery ---

template <class Body>
std::optional<Rejection> CheckIsInForce(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<Body>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  if (write_off.state == WriteOffState::kInForce) return std::nullopt;
  return RefuseState(RejectionCode::kNotInForce, number, write_off.state, "in force");
}

template <class Body>
std::optional<Rejection> CheckCameIntoForce(RuleCase& rule_case) {
  const std::string_view number = EventView::Text(rule_case.event.body<Body>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  if (rule_case.event.date() >= write_off.in_force_from) return std::nullopt;
  return RefuseCausal("it came into force", rule_case.event.date(), write_off.in_force_from);
}

std::optional<Rejection> CheckMayBeReversed(RuleCase& rule_case) {
  if (auto rejection = CheckIsInForce<schema::WriteOffReversed>(rule_case)) return rejection;
  const std::string_view number = EventView::Text(rule_case.event.body<schema::WriteOffReversed>().write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  const Timeline::Extreme recovered = write_off.recovered.MostFrom(rule_case.event.date());
  if (recovered.value <= 0) return std::nullopt;
  return Rejection{RejectionCode::kRecovered,
                   fmt::format("{} was recovered on write-off {}; what came in as income cannot be owed again",
                               Shown(recovered.value, write_off.currency), number),
                   "write_off"};
}

std::optional<Rejection> DecideWriteOffReversed(RuleCase& rule_case) {
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  const auto& body = rule_case.event.body<schema::WriteOffReversed>();
  // From here on it succeeds.
  rule_case.command.SetInternal("amount", NamedWriteOff(rule_case, EventView::Text(body.write_off())).amount);
  return std::nullopt;
}

void EvolveWriteOffReversed(Books& books, EventView event) {
  const std::string_view number = EventView::Text(event.body<schema::WriteOffReversed>().write_off());
  auto& write_off = books.MutableDocument<WriteOff>(DocumentKind::kWriteOff, number);
  write_off.state = WriteOffState::kReversed;
  auto& invoice = books.MutableDocument<Invoice>(DocumentKind::kInvoice, write_off.invoice);
  Settle(invoice, event.date(), -write_off.amount);
  ChangeRequested(books, write_off, -1);
}

std::optional<Rejection> DecideRecoveryReceived(RuleCase& rule_case) {
  const auto& body = rule_case.event.body<schema::RecoveryReceived>();
  const std::string_view number = EventView::Text(body.write_off());
  const WriteOff& write_off = NamedWriteOff(rule_case, number);
  const Minor amount = body.amount()->minor();
  const Sum recovered = write_off.recovered.MostFrom(rule_case.event.date()).value;
  if (amount > write_off.amount - recovered) {
    return Rejection{RejectionCode::kMoreThanWrittenOff,
                     fmt::format("recovering {} on write-off {} of {}, of which {} was recovered before",
                                 Shown(amount, write_off.currency), number, Shown(write_off.amount, write_off.currency),
                                 Shown(recovered, write_off.currency)),
                     "amount"};
  }
  return std::nullopt;
}

void EvolveRecoveryReceived(Books& books, EventView event) {
  const auto& body = event.body<schema::RecoveryReceived>();
  EvolveBase(books, books.CreateDocument<PlainDocument>(DocumentKind::kRecovery, EventView::Text(body.recovery())),
             event, body.amount());
  const std::string_view number = EventView::Text(body.write_off());
  books.MutableDocument<WriteOff>(DocumentKind::kWriteOff, number).recovered.Add(event.date(), body.amount()->minor());
  EvolveReversible(books, event, DocumentKind::kWriteOff, number);
}

}  // namespace

const Rule kWriteOffRequested{.decide = DecideWriteOffRequested, .evolve = EvolveWriteOffRequested};
const Rule kWriteOffApproved{.check_state = CheckAwaitsApproval,
                             .check_dates = CheckApprovalsAscend,
                             .decide = DecideWriteOffApproved,
                             .evolve = EvolveWriteOffApproved};
const Rule kWriteOffRejected{
    .check_state = CheckIsPending, .decide = DecideWriteOffRejected, .evolve = EvolveWriteOffRejected};
const Rule kWriteOffReversed{.check_state = CheckMayBeReversed,
                             .check_dates = CheckCameIntoForce<schema::WriteOffReversed>,
                             .decide = DecideWriteOffReversed,
                             .evolve = EvolveWriteOffReversed};
const Rule kRecoveryReceived{.check_state = CheckIsInForce<schema::RecoveryReceived>,
                             .check_dates = CheckCameIntoForce<schema::RecoveryReceived>,
                             .decide = DecideRecoveryReceived,
                             .evolve = EvolveRecoveryReceived};

}  // namespace duebook
