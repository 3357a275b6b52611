// Random commands of roles, policies, periods and keys, notes, and what follows on what is there.

#include <algorithm>

#include "tests/model/generator.h"

namespace duebook::model {

namespace {

const std::vector<std::string> kPeople{"ann", "bob", "cem", "dee"};
const std::vector<std::string> kRoles{"lead",     "lead",     "lead",       "cfo",           "cfo",
                                      "discount", "discount", "controller", "administrator", "credit"};

// What follows on a fact of a type, so that it is refused or done more often than by chance.
const std::vector<std::pair<std::string, std::string>> kFollows{
    {"PromiseWithdrawn", "PromiseWithdrawn"},  {"DisputeResolved", "DisputeResolved"},
    {"EscalationStarted", "EscalationClosed"}, {"EscalationClosed", "EscalationClosed"},
    {"CreditHoldPlaced", "CreditHoldPlaced"},  {"CreditHoldPlaced", "CreditHoldReleased"},
    {"DisputeOpened", "DisputeAssigned"},      {"DeliverySigned", "DeliverySigned"},
    {"RecoveryReceived", "WriteOffReversed"},  {"WriteOffApproved", "RecoveryReceived"},
    {"WriteOffApproved", "WriteOffReversed"},  {"WriteOffRequested", "WriteOffRejected"},
    {"PaymentApplied", "InvoiceVoided"},       {"PeriodClosed", "PeriodReopened"}};

}  // namespace

void Generator::FillControl(Fact& command) {
  command.user = Pick(kPeople);
  command.role = Pick(kRoles);
  command.through = Pick(days_);
  if (command.type == "PeriodClosed" && Chance(70)) command.through = Pick<Date>({days_[0], days_[12], days_[12]});
  if (command.type == "PeriodReopened" && Chance(80)) command.through = Pick<Date>({days_[12], days_[0]});
  if (command.type != "WriteOffPolicySet") return;
  command.months = Pick<int>({12, 12, 1, 0});
  Wide up_to = 0;
  for (size_t left = 1 + Below(3); left > 0; left--) {
    Band band;
    up_to += Pick<Wide>({100, 150});
    if (Chance(3)) up_to -= 150;
    if (up_to > 0 && !Chance(left == 1 ? 40 : 3)) band.up_to = up_to;
    band.approvals = Pick<int>({1, 1, 2});
    if (Chance(60)) band.roles.push_back("lead");
    if (Chance(40)) band.roles.push_back("cfo");
    command.bands.push_back(band);
  }
}

// On a document or a customer; now and then on neither.
void Generator::FillNote(const Model& model, Fact& command) {
  static const std::vector<std::pair<std::string, std::string Fact::*>> about{
      {"InvoiceIssued", &Fact::invoice}, {"PaymentReceived", &Fact::payment}, {"ShipmentRecorded", &Fact::shipment},
      {"DisputeOpened", &Fact::dispute}, {"PromiseMade", &Fact::promise},     {"WriteOffRequested", &Fact::write_off}};
  const Fact* document = nullptr;
  if (Chance(70)) {
    const auto& [type, names] = Pick(about);
    document = PickDocument(model, type, &(command.*names));
  } else if (Chance(80)) {
    command.customer = Pick<std::string>({"A", "B"});
  }
  command.date = PickDate(document);
}

// Usually signed by the present key, or by none.
void Generator::ChangeKey(const Model& model, Fact& command) {
  std::string present = kFirstKey;
  for (const Fact& fact : model.facts()) {
    if (!fact.key.empty()) present = fact.key;
  }
  command.key = Pick<std::string>({"k0", "k1", "k2", "k3"});
  command.signed_by = Pick<std::string>({"", present, present, "k0", "k1", "k2"});
  command.reason = Pick<std::string>({"", "new year", "new year"});
}

bool Generator::Follow(const Model& model, Fact& command) {
  const auto& [before, type] = Pick(kFollows);
  std::vector<const Fact*> candidates;
  for (const Fact& fact : model.facts()) {
    if (fact.type == before) candidates.push_back(&fact);
  }
  if (candidates.empty()) return false;
  const Fact& fact = *Pick(candidates);
  command.type = type;
  command.date = PickDate(&fact);
  command.promise = fact.promise;
  command.dispute = fact.type == "DisputeOpened" ? fact.number : fact.dispute;
  command.escalation = fact.type == "EscalationStarted" ? fact.number : fact.escalation;
  command.write_off = fact.type == "WriteOffRequested" ? fact.number : fact.write_off;
  command.shipment = fact.shipment;
  command.through = fact.through;
  if (type == "InvoiceVoided") command.invoice = fact.invoice;
  if (type.starts_with("CreditHold")) command.customer = fact.customer;
  if (type == "DisputeAssigned") command.owner = Pick<std::string>({"ann", "bob"});
  if (type == "DeliverySigned") command.signed_by = "ann at the door";
  if (type == "RecoveryReceived") {
    command.number = NumberFor(model, type);
    command.amount = PickAmount(model.Find("WriteOffRequested", fact.write_off)->amount);
  }
  for (const Fact& granted : model.facts()) {
    const std::string role = type == "PeriodReopened" ? "controller" : "credit";
    if (granted.type != "RoleGranted" || granted.role != role || Chance(40)) continue;
    command.actor = granted.user;
    command.date = std::max(command.date, granted.date);
  }
  return true;
}

}  // namespace duebook::model
