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
  return approvals.empty() ? "requested" : "partly approved";
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

std::vector<Band> Model::Policy(const Fact& request, int* window_months, const Cut& cut) const {
  std::map<std::string, const Fact*> newest;  // by currency
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "WriteOffPolicySet" || fact->seq > request.seq || fact->date > request.date) continue;
    const Fact*& kept = newest[fact->currency];
    if (kept == nullptr || fact->date >= kept->date) kept = fact;
  }
  *window_months = 12;
  if (newest.empty()) return {Band{}};
  if (newest.contains(request.currency)) {
    *window_months = newest[request.currency]->window_months;
    return newest[request.currency]->bands;
  }
  // No policy for this currency: the strictest last band of any other, for every amount.
  const Fact* strictest = nullptr;
  for (const auto& [currency, policy] : newest) {
    const auto strictness = [](const Fact* fact) {
      return std::pair(fact->bands.back().approvals, fact->bands.back().roles.size());
    };
    if (strictest == nullptr || strictness(policy) >= strictness(strictest)) strictest = policy;
  }
  *window_months = strictest->window_months;
  Band band = strictest->bands.back();
  band.up_to.reset();
  return {band};
}

Minor Model::AddedUp(const Fact& request, int window_months, const Cut& cut) const {
  Minor sum = 0;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "WriteOffRequested" || fact->customer != request.customer) continue;
    if (fact->currency != request.currency) continue;
    const std::string state = StateOf(*fact, cut);
    if (state == "rejected" || state == "reversed") continue;
    const Date earlier = std::min(fact->date, request.date);
    const Date later = std::max(fact->date, request.date);
    if (later <= earlier.AddMonths(window_months)) sum += fact->amount;
  }
  return sum;
}

namespace {

const Band& BandFor(const std::vector<Band>& bands, Minor sum) {
  for (const Band& band : bands) {
    if (!band.up_to.has_value() || sum <= *band.up_to) return band;
  }
  return bands.back();
}

}  // namespace

// The roles that count are those held on the day of the approval, as known when it was recorded.
bool Model::Qualified(const Band& band, const Fact& approval, const Cut& cut) const {
  if (band.roles.empty()) return true;
  const Cut then{cut.effective, approval.seq == 0 ? cut.known : std::min(cut.known, approval.seq)};
  return std::any_of(band.roles.begin(), band.roles.end(),
                     [&](const std::string& role) { return Holds(approval.actor, role, approval.date, then); });
}

Model::Missing Model::StillMissing(const Band& band, const std::vector<const Fact*>& approvals, const Cut& cut) const {
  std::set<std::string> people;
  std::set<std::string> roles;
  for (const Fact* approval : approvals) {
    if (!Qualified(band, *approval, cut)) continue;
    people.insert(approval->actor);
    for (const std::string& role : band.roles) {
      if (Qualified(Band{{}, 1, {role}}, *approval, cut)) roles.insert(role);
    }
  }
  const std::set<std::string> asked(band.roles.begin(), band.roles.end());
  return {static_cast<int>(people.size()) < band.approvals, roles != asked};
}

void Model::CheckApproval(const Fact& command, Why& why) const {
  const Cut now;
  const Fact& request = *Find("WriteOffRequested", command.write_off);
  const std::string state = StateOf(request, now);
  const bool pending = state == "requested" || state == "partly approved";
  const bool evidence = command.imported && state == "in force";
  std::vector<const Fact*> approvals = Approvals(request, now);
  if (!pending && !evidence) why.insert(RejectionCode::kNotPending);
  if (command.request == Fact::Request::kWrong) why.insert(RejectionCode::kUnknownReference);

  int window_months = 0;
  const std::vector<Band> bands = Policy(request, &window_months, now);
  const Band& band = BandFor(bands, AddedUp(request, window_months, now));
  if (!command.imported) {
    if (!approvals.empty() && command.date < approvals.back()->date) why.insert(RejectionCode::kBeforeItsCause);
    if (command.actor == request.actor) why.insert(RejectionCode::kSelfApproval);
    for (const Fact* approval : approvals) {
      if (approval->actor == command.actor) why.insert(RejectionCode::kApprovedTwice);
    }
    if (command.actor == Find("CustomerOpened", request.customer)->salesperson) {
      why.insert(RejectionCode::kSalespersonApproves);
    }
    for (const Fact& fact : facts_) {
      const bool payment = fact.type == "PaymentReceived" && fact.customer == request.customer;
      if (payment && fact.actor == command.actor) why.insert(RejectionCode::kReceiverApproves);
    }
    if (!Qualified(band, command, now)) why.insert(RejectionCode::kMissingRole);
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
  int window_months = 0;
  const std::vector<Band> bands = Policy(request, &window_months, now);
  const Missing missing = StillMissing(BandFor(bands, AddedUp(request, window_months, now)), approvals, now);
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
      row.approvals.push_back(approval->actor);
      Judge(*request, *approval, cut, row);
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
  if (approval.actor == Find("CustomerOpened", request.customer)->salesperson) breaks.insert("salesperson_approves");
  std::set<std::string> people;
  for (const Fact* each : approvals) {
    if (each != &approval && each->actor == approval.actor) breaks.insert("approved_twice");
    people.insert(each->actor);
  }
  for (const Fact* fact : Visible(then)) {
    const bool payment = fact->type == "PaymentReceived" && fact->customer == request.customer;
    if (payment && fact->actor == approval.actor) breaks.insert("lapping");
  }

  int window_months = 0;
  const std::vector<Band> bands = Policy(request, &window_months, then);
  const Band& band = BandFor(bands, AddedUp(request, window_months, then));
  const Band& own = BandFor(bands, request.amount);
  if (!Qualified(band, approval, then)) breaks.insert("missing_role");
  if (StateOf(request, then) != "in force") return;
  // A further approval may make good what was missing; that somebody without a role approved stays.
  const bool unqualified = std::any_of(approvals.begin(), approvals.end(), [&](const Fact* each) {
    const Cut earlier{cut.effective, each->seq};
    return each->imported && !Qualified(BandFor(bands, AddedUp(request, window_months, earlier)), *each, earlier);
  });
  for (const char* mended : {"missing_approval", "over_threshold", "splitting"}) breaks.erase(mended);
  if (!unqualified) breaks.erase("missing_role");
  const auto suffices = [&](const Band& asked) {
    const Missing missing = StillMissing(asked, approvals, then);
    return !missing.people && !missing.roles;
  };
  if (suffices(band)) return;
  if (StillMissing(band, approvals, then).roles) breaks.insert("missing_role");
  if (static_cast<int>(people.size()) < band.approvals) breaks.insert("missing_approval");
  if (&own != &band && suffices(own)) {
    breaks.insert("splitting");
    return;
  }
  for (const Band& lower : bands) {
    if (&lower == &own) break;
    if (suffices(lower)) breaks.insert("over_threshold");
  }
}

}  // namespace duebook::model
