// What the reference model refuses: every rule is tried, and all that is wrong is told. Of several reasons the ledger
// has to give the first, in the order of RejectionCode.

#include <algorithm>

#include "tests/model/arithmetic.h"
#include "tests/model/model.h"
#include "tests/model/model_terms.h"

namespace duebook::model {

namespace {

using enum RejectionCode;

const std::set<std::string> kWithoutAmount{
    "PromiseWithdrawn", "WriteOffRejected",    "RoleGranted",      "RoleRevoked",       "PeriodClosed",
    "PeriodReopened",   "SalespersonAssigned", "TermsSet",         "SigningKeyChanged", "CustomerRated",
    "CreditHoldPlaced", "CreditHoldReleased",  "DeliverySigned",   "DocumentAttached",  "BillEndorsed",
    "BillHonoured",     "CalendarSet",         "InterestSet",      "DisputeAssigned",   "ContactLogged",
    "ReminderSent",     "EscalationStarted",   "EscalationClosed", "NoteAdded",         "CompanyDescribed"};
const std::set<std::string> kWithoutCustomer{
    "CreditPolicySet", "CalendarSet",    "RoleGranted",       "RoleRevoked",        "WriteOffPolicySet",
    "PeriodClosed",    "PeriodReopened", "SigningKeyChanged", "TolerancePolicySet", "CompanyDescribed"};
// Of one customer or of all; a note may be about nobody.
const std::set<std::string> kPerhapsWithCustomer{"InterestSet", "ReminderPolicySet", "NoteAdded"};

Date LastDue(const Fact& invoice) {
  Date last = invoice.instalments.front().due;
  for (const Instalment& part : invoice.instalments) last = std::max(last, part.due);
  return last;
}

// The documents that a fact refers to, each with the type of fact that introduces such a document.
std::vector<std::pair<std::string, std::string>> References(const Fact& fact) {
  std::vector<std::pair<std::string, std::string>> all{{"PaymentReceived", fact.payment},
                                                       {"CreditNoteIssued", fact.credit_note},
                                                       {"InvoiceIssued", fact.invoice},
                                                       {"PaymentApplied", fact.application},
                                                       {"PromiseMade", fact.promise},
                                                       {"DisputeOpened", fact.dispute},
                                                       {"WriteOffRequested", fact.write_off},
                                                       {"ShipmentRecorded", fact.shipment},
                                                       {"event", fact.event},
                                                       {"GuaranteeReceived", fact.guarantee},
                                                       {"CreditOverridden", fact.overriding},
                                                       {"EscalationStarted", fact.escalation}};
  for (const std::string& invoice : fact.invoices) all.emplace_back("InvoiceIssued", invoice);
  for (const std::string& shipment : fact.shipments) all.emplace_back("ShipmentRecorded", shipment);
  std::erase_if(all, [](const auto& reference) { return reference.second.empty(); });
  // The first gives its customer and currency.
  const auto is_first = [](const auto& reference) { return reference.first == "InvoiceIssued"; };
  if (fact.type == "ShipmentRecorded") std::stable_partition(all.begin(), all.end(), is_first);
  return all;
}

}  // namespace

Verdict Model::Submit(const Fact& given) {
  for (const Fact& earlier : facts_) {
    if (earlier.id != given.id) continue;
    Fact same = given;
    if (same.customer.empty()) same.customer = earlier.customer;
    if (same.currency.empty()) same.currency = earlier.currency;
    if (given.type == "InvoiceIssued" && !same.due.has_value()) same.due = earlier.due;
    if (given.type == "InvoiceIssued" && same.instalments.empty()) same.instalments = earlier.instalments;
    if (given.type == "GuaranteeReleased" && same.amount == 0) same.amount = earlier.amount;
    same.dues = earlier.dues;
    if (same.request == Fact::Request::kAbsent) same.request = earlier.request;
    same.source = earlier.source;
    same.seq = earlier.seq;
    same.in_force_from = earlier.in_force_from;
    same.passed = earlier.passed;
    return same == earlier ? Verdict{earlier.seq, {}} : Verdict{{}, {kIdConflict}};
  }
  const Why why = WhyRefused(given);
  if (!why.empty()) return {{}, why};
  Fact fact = Filled(given);
  if (fact.type == "WriteOffApproved") fact.in_force_from = InForceFrom(fact);
  for (const std::string& invoice : fact.invoices) {
    if (fact.type == "ReminderSent") fact.dues.push_back(EarliestDue(*Find("InvoiceIssued", invoice), {fact.date}));
  }
  const bool passes = fact.type == "ShipmentRecorded" && (fact.imported || !fact.overriding.empty());
  if (passes) fact.passed = Failed(fact, {fact.date});
  for (Fact& release : ReleasedFirst(fact)) {
    release.seq = facts_.size() + 1;
    facts_.push_back(release);
  }
  for (Fact& reversal : TakenBackFirst(fact)) {
    reversal.seq = facts_.size() + 1;
    facts_.push_back(reversal);
  }
  fact.seq = facts_.size() + 1;
  facts_.push_back(fact);
  return {};
}

Fact Model::Filled(Fact command) const {
  for (const auto& [type, number] : References(command)) {
    const Fact* document = Find(type, number);
    if (document == nullptr) continue;
    if (command.customer.empty()) command.customer = document->customer;
    if (command.currency.empty() && !kWithoutAmount.contains(command.type)) command.currency = document->currency;
  }
  if (command.currency.empty() && !kWithoutAmount.contains(command.type)) command.currency = currency_;
  if (command.request == Fact::Request::kAbsent && command.type == "WriteOffApproved") {
    command.request = Fact::Request::kRight;
  }
  if (command.type == "GuaranteeReleased" && command.amount == 0) {
    const Fact* guarantee = Find("GuaranteeReceived", command.guarantee);
    if (guarantee != nullptr) command.amount = LeastGuaranteeLeft(*guarantee, command.date);
  }
  const Fact* customer = Find("CustomerOpened", command.customer);
  if (command.type != "InvoiceIssued" || command.due.has_value() || customer == nullptr) return command;
  if (command.instalments.empty()) {
    command.instalments = PartsByTerms(command);
    command.due = LastDue(command);
    if (command.instalments.size() == 1) command.instalments.clear();
  }
  if (!command.due.has_value()) command.due = LastDue(command);
  return command;
}

Model::Why Model::WhyRefused(const Fact& given) const {
  const Fact command = Filled(given);
  Why why;
  for (const Date closed : ClosedThrough()) {
    if (command.date <= closed && command.type != "PeriodReopened" && command.type != "PeriodClosed")
      why.insert(kPeriodClosed);
  }
  CheckFields(command, why);
  CheckPaymentFields(command, why);
  CheckBillFields(command, why);
  CheckReturned(command, why);
  const bool general = kPerhapsWithCustomer.contains(command.type) && command.customer.empty();
  const bool about_customer = !general && !kWithoutCustomer.contains(command.type) && command.type != "CustomerOpened";
  const Fact* customer = Find("CustomerOpened", command.customer);
  // A customer that is to be taken from a document is not missed where the document is.
  if (about_customer && customer == nullptr && !command.customer.empty()) why.insert(kUnknownReference);
  bool known = !about_customer || customer != nullptr;
  for (const auto& [type, number] : References(command)) {
    if (Find(type, number) != nullptr) continue;
    why.insert(kUnknownReference);
    known = false;
  }
  if (command.type == "CustomerOpened" && customer != nullptr) why.insert(kDuplicateNumber);
  if (!command.number.empty() && command.type != "CustomerOpened" && Find(command.type, command.number) != nullptr) {
    why.insert(kDuplicateNumber);
  }
  if (known) {
    if (customer != nullptr && command.date < customer->date) why.insert(kBeforeItsCause);
    for (const auto& [type, number] : References(command)) {
      const Fact& document = *Find(type, number);
      if (document.customer != command.customer) why.insert(kOtherCustomer);
      const bool other = document.currency != command.currency && !document.currency.empty();
      if (other && !kWithoutAmount.contains(command.type)) why.insert(kOtherCurrency);
      if (type == "InvoiceIssued" && Has("InvoiceVoided", &Fact::invoice, number, Cut{})) why.insert(kInvoiceVoided);
      const bool evidence = command.imported && command.type == "WriteOffApproved";
      if (command.date < document.date && !evidence) why.insert(kBeforeItsCause);
    }
    CheckDocuments(command, why);
    CheckCash(command, why);
    CheckWriteOff(command, why);
    CheckShipments(command, why);
    CheckReversal(command, why);
    CheckControl(command, why);
    CheckSchedule(command, why);
    CheckCredit(command, why);
    CheckGate(command, why);
    CheckBill(command, why);
    CheckPapers(command, why);
    CheckCollecting(command, why);
  }
  return why;
}

void Model::CheckFields(const Fact& command, Why& why) {
  if (command.terms != kCleared && !ReadTerms(command.terms).has_value()) why.insert(kBadField);
  CheckCreditFields(command, why);
  if (command.tax > command.amount) why.insert(kBadAmount);
  if (command.type == "PromiseMade" && *command.due < command.date) why.insert(kBadDate);
  if (command.type == "DebtAcknowledged" && *command.as_of > command.date) why.insert(kBadDate);
  CheckCollectingFields(command, why);
}

void Model::CheckDocuments(const Fact& command, Why& why) const {
  const Cut now;
  if (command.type == "InvoiceIssued") {
    Wide sum = 0;
    for (const Instalment& part : command.instalments) sum += part.amount;
    const bool parts = !command.instalments.empty();
    if (parts && (sum != command.amount || *command.due != LastDue(command))) {
      why.insert(kInstalmentsDiffer);
    }
  }
  if (command.type == "PromiseWithdrawn" && Has("PromiseWithdrawn", &Fact::promise, command.promise, now)) {
    why.insert(kAlreadyWithdrawn);
  }
  if (command.type == "DisputeResolved" && Has("DisputeResolved", &Fact::dispute, command.dispute, now)) {
    why.insert(kAlreadyResolved);
  }
  if (command.type == "CreditNoteIssued" && !command.invoice.empty()) {
    if (LeastOpen(*Find("InvoiceIssued", command.invoice), command.date) < command.amount) why.insert(kMoreThanOpen);
  }
  if (command.type == "InvoiceVoided") {
    const Fact& invoice = *Find("InvoiceIssued", command.invoice);
    if (Open(invoice, {command.date}) > kMostOfAnAmount) why.insert(kBadAmount);
    for (const Date date : DatesFrom(command.date)) {
      if (Settled(invoice, {date}) != 0) why.insert(kStillApplied);
    }
    for (const Fact& fact : facts_) {
      const Fact* application = Find("PaymentApplied", fact.application);
      const Fact* request = Find("WriteOffRequested", fact.write_off);
      const auto moves = [](const Fact& each) {
        return each.type == "DebitNoteIssued" || each.type == "CreditNoteIssued" || each.type == "PaymentApplied" ||
               each.type == "DifferenceClosed";
      };
      const Fact* undone = fact.type == "EventReversed" ? Find("event", fact.event) : nullptr;
      const bool on_it = (moves(fact) && fact.invoice == invoice.number) ||
                         (application != nullptr && application->invoice == invoice.number) ||
                         (fact.type == "WriteOffReversed" && request->invoice == invoice.number) ||
                         (undone != nullptr && moves(*undone) && undone->invoice == invoice.number);
      if (on_it && fact.date > command.date) why.insert(kBeforeItsCause);
      const bool in_force = fact.in_force_from.has_value() && request->invoice == invoice.number;
      if (in_force && *fact.in_force_from > command.date) why.insert(kBeforeItsCause);
    }
  }
}

// No more comes back of a shipment than is left, whatever else is wrong.
void Model::CheckReturned(const Fact& command, Why& why) const {
  const Fact* shipment = command.type == "ShipmentReturned" ? Find("ShipmentRecorded", command.shipment) : nullptr;
  if (shipment == nullptr || Undone(*shipment, Cut{})) return;
  const bool is_judged = shipment->currency == command.currency && command.date >= shipment->date;
  if (is_judged && LeastKept(*shipment, command.date) < command.amount) why.insert(kBadAmount);
}

void Model::CheckShipments(const Fact& command, Why& why) const {
  for (const std::string& number : command.shipments) {
    if (Undone(*Find("ShipmentRecorded", number), Cut{})) why.insert(kAlreadyReversed);
  }
  if (command.type != "ShipmentReturned") return;
  const Fact& shipment = *Find("ShipmentRecorded", command.shipment);
  if (Undone(shipment, Cut{})) why.insert(kAlreadyReversed);
}

void Model::CheckReversal(const Fact& command, Why& why) const {
  if (command.type != "EventReversed") return;
  const Fact& original = *Find("event", command.event);
  if (Undone(original, Cut{})) why.insert(kAlreadyReversed);
  // What a payment by deposit released comes back with that payment alone.
  const std::string maker = original.id.substr(0, original.id.find(':'));
  if (original.type == "GuaranteeReleased" && maker != original.id) why.insert(kUnknownReference);
  if (original.type == "InvoiceRescheduled" &&
      ScheduleOn(*Find("InvoiceIssued", original.invoice), Cut{}) != &original) {
    why.insert(kBeforeItsCause);
  }
  const bool on_invoice = original.type == "DebitNoteIssued" || original.type == "CreditNoteIssued" ||
                          original.type == "InvoiceRescheduled";
  const Fact* invoice = on_invoice ? Find("InvoiceIssued", original.invoice) : nullptr;
  if (invoice != nullptr && Has("InvoiceVoided", &Fact::invoice, invoice->number, Cut{})) why.insert(kInvoiceVoided);
  if (original.type == "DebitNoteIssued" && LeastOpen(*invoice, command.date) < original.amount) {
    why.insert(kMoreThanOpen);
  }
  if (original.type == "CreditNoteIssued" && invoice == nullptr &&
      LeastUnapplied(original, command.date) < original.amount) {
    why.insert(kMoreThanUnapplied);
  }
  if (original.type == "ShipmentRecorded" && LeastKept(original, command.date) < original.amount) {
    why.insert(kStillApplied);
  }
}

// What a customer's terms were on a day, by what was known at a seq.
std::string Model::TermsOn(const std::string& customer, Date date, uint64_t known) const {
  return LastSaid(&Fact::terms, customer, {date, known});
}

bool Model::DiscountAgreed(const Fact& application) const {
  const Fact& invoice = *Find("InvoiceIssued", application.invoice);
  const Fact& funding = application.payment.empty() ? *Find("CreditNoteIssued", application.credit_note)
                                                    : *Find("PaymentReceived", application.payment);
  const auto terms =
      ReadTerms(invoice.terms.empty() ? TermsOn(invoice.customer, invoice.date, invoice.seq - 1) : invoice.terms);
  for (const Discount& each : terms->discounts) {
    if (funding.date > invoice.date.AddDays(each.days + each.tolerated)) continue;
    return application.discount <= HalfEven((application.amount + application.discount) * each.part, kWhole);
  }
  return false;
}

void Model::CheckCash(const Fact& command, Why& why) const {
  const Cut now;
  const bool uses_payment =
      command.type == "PaymentApplied" || command.type == "PaymentReversed" || command.type == "RefundPaid";
  if (uses_payment && !command.payment.empty() && Bounced(command.payment, now)) why.insert(kAlreadyReversed);
  if (command.type == "PaymentReversed" || command.type == "BillDishonoured") {
    const Fact& payment = *Find("PaymentReceived", command.payment);
    for (const Fact& fact : facts_) {
      const bool refund = fact.type == "RefundPaid" && fact.payment == payment.number;
      if (refund && !Undone(fact, now)) why.insert(kMoreThanUnapplied);
    }
    for (const Date date : DatesFrom(command.date)) {
      if (Unapplied(payment, {date}) != Unapplied(payment, {command.date})) why.insert(kBeforeItsCause);
    }
    for (const Fact& fact : facts_) {
      const bool later = fact.type == "PaymentApplied" && fact.payment == payment.number && fact.date > command.date;
      if (later && !Has("ApplicationReversed", &Fact::application, fact.id, now)) why.insert(kBeforeItsCause);
    }
  }
  for (const Fact& reversal : TakenBackFirst(command)) {
    if (reversal.type == "EventReversed" && command.date < Find("event", reversal.event)->date) {
      why.insert(kBeforeItsCause);
    }
  }
  if (command.type == "ApplicationReversed" &&
      Has("ApplicationReversed", &Fact::application, command.application, now)) {
    why.insert(kAlreadyReversed);
  }
  if (command.type != "PaymentApplied" && command.type != "RefundPaid") return;
  const Fact& funding = command.payment.empty() ? *Find("CreditNoteIssued", command.credit_note)
                                                : *Find("PaymentReceived", command.payment);
  if (command.payment.empty() && !funding.invoice.empty()) why.insert(kCreditNoteAllocated);
  if (Undone(funding, now)) why.insert(kAlreadyReversed);
  if (LeastUnapplied(funding, command.date) < command.amount) why.insert(kMoreThanUnapplied);
  if (command.type != "PaymentApplied") return;
  const Wide least_open = LeastOpen(*Find("InvoiceIssued", command.invoice), command.date);
  if (least_open < command.amount + command.discount) why.insert(kMoreThanOpen);
  const bool may_grant = command.imported || HoldsStill(command.actor, "discount", command.date);
  const bool agreed = !command.payment.empty() && (may_grant || DiscountAgreed(command));
  if (command.discount > 0 && !agreed) why.insert(kDiscountRefused);
}

void Model::CheckWriteOff(const Fact& command, Why& why) const {
  const Cut now;
  if (command.type == "WriteOffRequested") {
    const Wide least_open = LeastOpen(*Find("InvoiceIssued", command.invoice), command.date);
    if (least_open < command.amount) why.insert(kMoreThanOpen);
    Fact request = command;
    request.seq = facts_.size() + 1;
    const Fact* policy = Policy(request, now);
    if (policy != nullptr && !command.imported && BandOf(request, now) == nullptr) why.insert(kOverThreshold);
  }
  if (command.write_off.empty() || command.type == "NoteAdded") return;
  if (command.type == "WriteOffApproved") return CheckApproval(command, why);
  const Fact& request = *Find("WriteOffRequested", command.write_off);
  const std::string state = StateOf(request, now);
  if (command.type == "WriteOffRejected") {
    if (state != "requested") why.insert(kNotPending);
    return;
  }
  if (state != "in force") why.insert(kNotInForce);
  for (const Fact* approval : Approvals(request, now)) {
    if (state == "in force" && approval->in_force_from.has_value() && command.date < *approval->in_force_from) {
      why.insert(kBeforeItsCause);
    }
  }
  Wide recovered = 0;  // the most of any day from then on
  for (const Date date : DatesFrom(command.date)) recovered = std::max(recovered, Recovered(request, {date}));
  if (command.type == "WriteOffReversed" && recovered > 0) why.insert(kRecovered);
  if (command.type == "RecoveryReceived" && recovered + command.amount > request.amount) {
    why.insert(kMoreThanWrittenOff);
  }
}

std::vector<Date> Model::ClosedThrough() const {
  std::vector<Date> closed;
  for (const Fact& fact : facts_) {
    if (fact.type == "PeriodClosed") closed.push_back(fact.through);
    if (fact.type == "PeriodReopened") std::erase_if(closed, [&](Date through) { return through >= fact.through; });
  }
  return closed;
}

void Model::CheckControl(const Fact& command, Why& why) const {
  if (command.type == "WriteOffPolicySet") {
    for (size_t i = 0; i < command.bands.size(); i++) {
      const Band& band = command.bands[i];
      const bool last = i + 1 == command.bands.size();
      if (band.approvals < 1 || (!last && !band.up_to.has_value())) why.insert(kBadField);
      if (i > 0 && band.up_to.has_value() && band.up_to <= command.bands[i - 1].up_to) why.insert(kBadField);
    }
    if (command.bands.empty()) why.insert(kBadField);
    if (command.currency != currency_) why.insert(kOtherCurrency);
  }
  const std::vector<Date> closed = ClosedThrough();
  if (command.type == "PeriodClosed" && !closed.empty() && command.through <= closed.back()) why.insert(kPeriodClosed);
  if (command.type == "PeriodReopened" && std::find(closed.begin(), closed.end(), command.through) == closed.end()) {
    why.insert(kPeriodNotClosed);
  }
  if (command.type == "SigningKeyChanged") {
    std::vector<std::string> keys{kFirstKey};
    for (const Fact& fact : facts_) {
      if (!fact.key.empty()) keys.push_back(fact.key);
    }
    const bool lost = command.signed_by.empty();
    if (lost && command.reason.empty()) why.insert(kMissingField);
    if (command.imported || std::find(keys.begin(), keys.end(), command.key) != keys.end()) why.insert(kBadField);
    if (!lost && command.signed_by != keys.back()) why.insert(kBadSignature);
  }
  static const std::map<std::string, std::string> keepers{
      {"RoleGranted", "administrator"},        {"RoleRevoked", "administrator"},
      {"WriteOffPolicySet", "administrator"},  {"CreditPolicySet", "administrator"},
      {"TolerancePolicySet", "administrator"}, {"CalendarSet", "administrator"},
      {"CompanyDescribed", "administrator"},   {"PeriodClosed", "controller"},
      {"PeriodReopened", "controller"}};
  const bool lost_key = command.type == "SigningKeyChanged" && command.signed_by.empty();
  const bool of_terms = command.type == "InterestSet" || command.type == "ReminderPolicySet";
  const bool for_all = of_terms && command.customer.empty();
  const auto keeper = keepers.find(lost_key || for_all ? "RoleGranted" : command.type);
  if (keeper == keepers.end() || command.imported) return;
  bool held = false;
  for (const Fact& fact : facts_) {
    if (fact.user.empty() || fact.role != keeper->second) continue;
    held = held || Holds(fact.user, fact.role, command.date, Cut{}) || Holds(fact.user, fact.role, Date::Max(), Cut{});
  }
  if (held && !HoldsStill(command.actor, keeper->second, command.date)) why.insert(kMissingRole);
  const bool to_themselves = command.type == "RoleGranted" && command.user == command.actor;
  const bool first = command.role == "administrator" && !held;
  if (to_themselves && !first) why.insert(kSelfApproval);
}

}  // namespace duebook::model
