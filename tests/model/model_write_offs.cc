// Write-offs in the reference model: state, policy, who may approve, and which rules imported approvals break.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

std::vector<const Fact*> Model::Approvals(const Fact& request, const Cut& cut) const {
  std::vector<const Fact*> approvals;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == "WriteOffApproved" && fact->write_off == request.number) approvals.push_back(fact);
  }
  return approvals;
}

std::string Model::StateOf(const Fact& request, const Cut& cut) const {
  if (Has("WriteOffReversed", &Fact::write_off, request.number, cut)) return "reversed";
  if (Has("WriteOffRejected", &Fact::write_off, request.number, cut)) return "rejected";
  const auto approvals = Approvals(request, cut);
  for (const Fact* approval : approvals) {
    if (approval->in_force_from.has_value() && *approval->in_force_from <= cut.effective) return "in force";
  }
  return "requested";
}

// The last grant or revocation dated on or before the day decides; of several on one day, the one recorded last.
bool Model::Holds(const std::string& user, const std::string& role, Date date, const Cut& cut) const {
  const Fact* last = nullptr;
  for (const Fact* fact : Visible(cut)) {
    const bool change = fact->type == "RoleGranted" || fact->type == "RoleRevoked";
    if (!change || fact->user != user || fact->role != role || fact->date > date) continue;
    if (last == nullptr || fact->date >= last->date) last = fact;
  }
  return last != nullptr && last->type == "RoleGranted";
}

// On a day, and still by all that is known now, whatever its date.
bool Model::HoldsStill(const std::string& user, const std::string& role, Date date) const {
  return Holds(user, role, date, Cut{}) && Holds(user, role, Date::Max(), Cut{});
}

std::string Model::SalespersonOn(const std::string& customer, Date date, const Cut& cut) const {
  return LastSaid(&Fact::salesperson, customer, {std::min(date, cut.effective), cut.known});
}

const Fact* Model::Policy(const Fact& request, const Cut& cut) const {
  const Fact* last = nullptr;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "WriteOffPolicySet" || fact->seq > request.seq || fact->date > request.date) continue;
    if (last == nullptr || fact->date >= last->date) last = fact;
  }
  return last;
}

// With what had been requested before, and then was neither rejected nor reversed.
Wide Model::AddedUp(const Fact& request, const Cut& cut) const {
  Wide sum = request.amount;
  const Cut then{Date::Max(), request.seq - 1};
  for (const Fact* fact : Visible(then)) {
    const bool difference = fact->type == "DifferenceClosed" && fact->customer == request.customer &&
                            fact->currency == request.currency && !fact->invoice.empty() && !Undone(*fact, then);
    if (difference && fact->date > request.date.AddMonths(-Policy(request, cut)->months)) sum += fact->amount;
    if (fact->type != "WriteOffRequested" || fact->customer != request.customer) continue;
    if (fact->currency != request.currency) continue;
    const std::string state = StateOf(*fact, then);
    if (state == "rejected" || state == "reversed") continue;
    if (fact->date > request.date.AddMonths(-Policy(request, cut)->months)) sum += fact->amount;
  }
  return sum;
}

const Band* Model::BandFor(const Fact& request, Wide sum, const Cut& cut) const {
  const Fact* policy = Policy(request, cut);
  if (policy == nullptr) return nullptr;
  if (request.currency != currency_) return &policy->bands.back();
  for (const Band& band : policy->bands) {
    if (!band.up_to.has_value() || sum <= *band.up_to) return &band;
  }
  return nullptr;
}

const Band* Model::BandOf(const Fact& request, const Cut& cut) const {
  return Policy(request, cut) == nullptr ? nullptr : BandFor(request, AddedUp(request, cut), cut);
}

// The roles that count are those held on the day of the approval, as known when it was recorded.
bool Model::Qualified(const Band& band, const Fact& approval, const Cut& cut, bool still) const {
  if (band.roles.empty()) return true;
  const Cut then{cut.effective, approval.seq == 0 ? cut.known : std::min(cut.known, approval.seq)};
  return std::any_of(band.roles.begin(), band.roles.end(), [&](const std::string& role) {
    return Holds(approval.actor, role, approval.date, then) &&
           (!still || Holds(approval.actor, role, Date::Max(), {Date::Max(), then.known}));
  });
}

Model::Missing Model::StillMissing(const Band& band, const std::vector<const Fact*>& approvals, const Cut& cut,
                                   bool still) const {
  std::set<std::string> people;
  std::set<std::string> roles;
  for (const Fact* approval : approvals) {
    if (!Qualified(band, *approval, cut, still)) continue;
    people.insert(approval->actor);
    for (const std::string& role : band.roles) {
      if (Qualified(Band{{}, 1, {role}}, *approval, cut, still)) roles.insert(role);
    }
  }
  const std::set<std::string> asked(band.roles.begin(), band.roles.end());
  return {static_cast<int>(people.size()) < band.approvals, roles != asked};
}

namespace {

// Without a policy one approval by anybody suffices; above the last band nothing does, and the last one is asked for.
Band AskedFor(const Fact* policy, const Band* band) {
  if (policy == nullptr) return Band{};
  return band == nullptr ? policy->bands.back() : *band;
}

}  // namespace

void Model::CheckApproval(const Fact& command, Why& why) const {
  const Cut now;
  const Fact& request = *Find("WriteOffRequested", command.write_off);
  const std::string state = StateOf(request, now);
  const bool pending = state == "requested";
  const bool evidence = command.imported && state == "in force";
  std::vector<const Fact*> approvals = Approvals(request, now);
  if (!pending && !evidence) why.insert(RejectionCode::kNotPending);
  if (command.request == Fact::Request::kWrong) why.insert(RejectionCode::kUnknownReference);

  const Band band = AskedFor(Policy(request, now), BandOf(request, now));
  if (!command.imported) {
    if (pending && !approvals.empty() && command.date < approvals.back()->date)
      why.insert(RejectionCode::kBeforeItsCause);
    if (command.actor == request.actor) why.insert(RejectionCode::kSelfApproval);
    for (const Fact* approval : approvals) {
      if (approval->actor == command.actor) why.insert(RejectionCode::kApprovedTwice);
    }
    if (command.actor == SalespersonOn(request.customer, command.date, now)) {
      why.insert(RejectionCode::kSalespersonApproves);
    }
    for (const Fact& fact : facts_) {
      const bool payment = fact.type == "PaymentReceived" && fact.customer == request.customer;
      if (payment && fact.actor == command.actor) why.insert(RejectionCode::kReceiverApproves);
    }
    if (!Qualified(band, command, now, true)) why.insert(RejectionCode::kMissingRole);
  }
  const std::optional<Date> completes = InForceFrom(command);
  const bool exceeds =
      completes.has_value() && LeastOpen(*Find("InvoiceIssued", request.invoice), *completes) < request.amount;
  if (exceeds) why.insert(RejectionCode::kMoreThanOpen);
}

std::optional<Date> Model::InForceFrom(const Fact& approval) const {
  const Cut now;
  const Fact& request = *Find("WriteOffRequested", approval.write_off);
  std::vector<const Fact*> approvals = Approvals(request, now);
  approvals.push_back(&approval);
  const Band band = AskedFor(Policy(request, now), BandOf(request, now));
  const Missing missing = StillMissing(band, approvals, now, true);
  const bool suffices = approval.imported || (!missing.people && !missing.roles);
  if (StateOf(request, now) == "in force" || !suffices) return std::nullopt;
  Date from = request.date;
  for (const Fact* each : approvals) from = std::max(from, each->date);
  return from;
}

std::map<std::string, WriteOffRow> Model::WriteOffs(const Cut& cut) const {
  std::map<std::string, WriteOffRow> rows;
  for (const Fact* request : Visible(cut)) {
    if (request->type != "WriteOffRequested") continue;
    WriteOffRow& row = rows[request->number];
    row.state = StateOf(*request, cut);
    for (const Fact* approval : Approvals(*request, cut)) {
      row.approvals.push_back(approval->actor + " " + approval->date.ToString());
      Judge(*request, *approval, cut, row);
      const bool one_login = approval->source.starts_with("terminal:") && approval->source == request->source;
      if (one_login && approval->actor != request->actor) row.violations.insert("one_login");
      if (RestsOnNoAdministrator(*request, *approval, cut)) row.remarks.insert("granted_without_administrator");
    }
  }
  return rows;
}

// What an approval breaks, by what was known when it was recorded. Only imported ones can break anything.
void Model::Judge(const Fact& request, const Fact& approval, const Cut& cut, WriteOffRow& row) const {
  if (!approval.imported) return;
  const Cut then{cut.effective, approval.seq};
  const std::vector<const Fact*> approvals = Approvals(request, then);
  std::set<std::string>& breaks = row.violations;
  if (approval.actor == request.actor) breaks.insert("self_approval");
  if (approval.date < request.date) breaks.insert("approval_before_request");
  if (approval.actor == SalespersonOn(request.customer, approval.date, then)) breaks.insert("salesperson_approves");
  std::set<std::string> people;
  for (const Fact* each : approvals) people.insert(each->actor);
  for (const Fact* fact : Visible(then)) {
    const bool payment = fact->type == "PaymentReceived" && fact->customer == request.customer;
    if (payment && fact->actor == approval.actor) breaks.insert("receiver_approves");
  }

  const Fact* policy = Policy(request, then);
  if (policy == nullptr) return;
  const Band* band = BandOf(request, then);
  const Band* own = BandFor(request, request.amount, then);
  if (band != nullptr && !Qualified(*band, approval, then, false)) breaks.insert("missing_role");
  if (StateOf(request, then) != "in force") return;
  // A further approval may make good what was missing; that somebody without a role approved stays.
  const bool unqualified = std::any_of(approvals.begin(), approvals.end(), [&](const Fact* each) {
    return each->imported && band != nullptr && !Qualified(*band, *each, {cut.effective, each->seq}, false);
  });
  for (const char* mended : {"missing_approval", "over_threshold", "splitting"}) breaks.erase(mended);
  if (!unqualified) breaks.erase("missing_role");
  const auto suffices = [&](const Band& asked) {
    const Missing missing = StillMissing(asked, approvals, then, false);
    return !missing.people && !missing.roles;
  };
  if (band != nullptr && suffices(*band)) return;
  if (band != nullptr && StillMissing(*band, approvals, then, false).roles) breaks.insert("missing_role");
  if (band != nullptr && static_cast<int>(people.size()) < band->approvals) breaks.insert("missing_approval");
  if (own != nullptr && own != band && suffices(*own)) {
    breaks.insert("splitting");
    return;
  }
  if (band == nullptr) breaks.insert("over_threshold");
  for (const Band& lower : policy->bands) {
    if (&lower == own) break;
    if (suffices(lower)) breaks.insert("over_threshold");
  }
}

}  // namespace duebook::model
