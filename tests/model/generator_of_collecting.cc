// Random commands of collecting: late interest, promises, disputes, contacts, escalations, reminders and differences.

#include <algorithm>

#include "tests/model/generator.h"

namespace duebook::model {

const std::vector<std::pair<std::string, int>>& CollectingWeights() {
  static const std::vector<std::pair<std::string, int>> weights{
      {"InterestSet", 7},       {"ReminderPolicySet", 4},  {"ReminderSent", 6},     {"ContactLogged", 4},
      {"EscalationStarted", 3}, {"EscalationClosed", 2},   {"DisputeAssigned", 2},  {"DisputeOpened", 4},
      {"DisputeResolved", 3},   {"TolerancePolicySet", 5}, {"DifferenceClosed", 9}, {"PaymentApplied", 10}};
  return weights;
}

void Generator::NameInvoices(const Model& model, Fact& command, size_t most) {
  const Fact* partner = nullptr;
  for (size_t i = Below(most + 1); i > 0; i--) {
    std::string number;
    const Fact* invoice = PickDocument(model, "InvoiceIssued", &number, partner);
    if (invoice == nullptr && Chance(90)) continue;
    auto& named = command.invoices;
    if (std::find(named.begin(), named.end(), number) == named.end()) named.push_back(number);
    if (invoice != nullptr) partner = invoice, command.date = std::max(command.date, invoice->date);
  }
  if (partner != nullptr && Chance(95)) command.customer = partner->customer;
}

void Generator::FillReminderPolicy(Fact& command) {
  if (Chance(60)) command.customer = Pick<std::string>({"A", "B"});
  if (Chance(25)) {
    command.until = Pick(days_);
    return;
  }
  int level = 0, days = Pick<int>({-5, 0, 0, 3});
  for (size_t left = 1 + Below(3); left > 0; left--) {
    level += command.steps.empty() ? 1 : Pick<int>({1, 1, 2, Chance(4) ? 0 : 1});
    command.steps.push_back({level, days, Pick<std::string>({"email", "phone", "letter"}), Pick<Wide>({0, 0, 40})});
    days += Pick<int>({1, 5, 20, Chance(4) ? 0 : 2});
  }
  command.gap = Pick<int>({3, 3, 0, 7});
  if (Chance(30)) command.min_amount = Pick<Wide>({0, 60, 100});
  command.disputed = Pick<std::string>({"", "skip", "include", "include", Chance(5) ? "perhaps" : ""});
  command.escalate = Pick<int>({90, 5, 30});
  command.dispute_days = Pick<int>({30, 2, 6});
}

void Generator::FillInterest(const Model& model, Fact& command) {
  if (Chance(40)) command.customer = Pick<std::string>({"A", "B"});
  if (Chance(40)) {
    command.customer.clear();
    const Fact* invoice = PickDocument(model, "InvoiceIssued", &command.invoice);
    command.date = PickDate(invoice);
  }
  if (command.invoice.empty() && Chance(60)) command.date = days_[Below(4)];
  command.rate = Pick<std::string>({"12", "18.25", "7.3125", "0", Chance(5) ? "1.00001" : "24"});
  command.day_count = Pick<std::string>({"", "act/365", "act/360", "30/360", Chance(5) ? "act/act" : "day"});
  if (command.day_count == "day") command.rate = "0.05";
  command.grace = Pick<int>({0, 0, 1, 3, 10});
  command.disputed = Pick<std::string>({"", "waits", "accrues", Chance(5) ? "skip" : ""});
}

// Mostly what is left of an invoice that a payment was applied to, or of the payment.
void Generator::FillDifference(const Model& model, Fact& command) {
  const Fact* application = nullptr;
  for (int tries = 0; tries < 4; tries++) {
    std::string id;
    application = PickDocument(model, "PaymentApplied", &id);
    if (application == nullptr || application->payment.empty()) continue;
    const Fact& invoice = *model.Find("InvoiceIssued", application->invoice);
    if (model.Open(invoice, {Date::Max()}) > 0) break;
  }
  std::vector<const Fact*> policies;
  for (const Fact& fact : model.facts()) {
    if (fact.type == "TolerancePolicySet" && fact.currency == "CNY") policies.push_back(&fact);
  }
  if (policies.empty() && Chance(90)) {
    command.type = "TolerancePolicySet";
    return;
  }
  command.reason = Pick<std::string>({"bank_charge", "rounding", "discount", "freight", "other"});
  if (Chance(2)) command.reason = "forgotten";
  if (application != nullptr && !application->payment.empty() && Chance(80)) {
    command.payment = application->payment;
    command.invoice = application->invoice;
    if (Chance(5)) PickDocument(model, "InvoiceIssued", &command.invoice, application);
    const Fact* invoice = model.Find("InvoiceIssued", command.invoice);
    command.date = PickDate(application);
    if (!policies.empty() && Chance(80)) command.date = std::max(command.date, Pick(policies)->date);
    if (invoice != nullptr) command.amount = model.Open(*invoice, {command.date});
  } else {
    const Fact* payment = PickDocument(model, "PaymentReceived", &command.payment);
    command.date = PickDate(payment);
    if (!policies.empty() && Chance(80)) command.date = std::max(command.date, Pick(policies)->date);
    if (payment != nullptr) command.amount = model.Unapplied(*payment, {command.date});
  }
  if (command.amount <= 0 || command.amount > kMostOfAnAmount) command.amount = 5;
  if (Chance(15)) command.amount = std::max<Wide>(1, command.amount - 1);
}

bool Generator::FillCollecting(const Model& model, Fact& command) {
  static const std::set<std::string> filled_here{"InterestSet",     "ReminderPolicySet",  "ReminderSent",
                                                 "ContactLogged",   "EscalationStarted",  "EscalationClosed",
                                                 "DisputeAssigned", "TolerancePolicySet", "DifferenceClosed"};
  if (!filled_here.contains(command.type)) return false;
  command.date = Pick(days_);
  if (command.type == "ReminderPolicySet") FillReminderPolicy(command);
  if (command.type == "InterestSet") FillInterest(model, command);
  if (command.type == "DifferenceClosed") FillDifference(model, command);
  if (command.type == "TolerancePolicySet") {
    command.date = Chance(60) ? days_[Below(4)] : command.date;
    command.amount = Pick<Wide>({0, 50, 200, 2000, 2000, 20000});
    command.percent = Pick<std::string>({"", "", "50", "0.5", Chance(5) ? "1.00001" : "10"});
    if (Chance(40)) command.per_month = Pick<Wide>({0, 60, 150, 300});
    if (Chance(20)) command.currency = "JPY";
  }
  if (command.type == "ReminderSent") {
    NameInvoices(model, command, 2);
    if (command.invoices.empty()) NameInvoices(model, command, 1);
    if (command.invoices.empty()) command.invoices.push_back("none");
    command.level = Pick<int>({1, 1, 2, 3});
    command.channel = Pick<std::string>({"", "email"});
  }
  if (command.type == "ContactLogged") {
    command.customer = Pick<std::string>({"A", "B"});
    command.outcome = Pick<std::string>({"", "reached", "promised", "no_hold", "not_reached"});
    command.channel = Pick<std::string>({"", "phone", "email"});
    if (Chance(50)) command.next = command.date.AddDays(static_cast<int64_t>(Below(8)) - (Chance(10) ? 3 : 0));
    const Fact* document = nullptr;
    if (Chance(25)) document = PickDocument(model, "InvoiceIssued", &command.invoice);
    if (Chance(25)) document = PickDocument(model, "PromiseMade", &command.promise, document);
    if (Chance(25)) document = PickDocument(model, "DisputeOpened", &command.dispute, document);
    if (document != nullptr && Chance(95)) command.customer = document->customer;
    if (document != nullptr && Chance(95)) command.date = std::max(command.date, document->date);
    if (command.next.has_value() && Chance(95)) command.next = std::max(*command.next, command.date);
  }
  if (command.type == "EscalationStarted") {
    command.customer = Pick<std::string>({"A", "B"});
    NameInvoices(model, command, 2);
    command.step = Pick<std::string>({"stop_supply", "agency", "legal", Chance(10) ? "visit" : "legal"});
    command.reason = "no answer";
  }
  if (command.type == "EscalationClosed") {
    command.date = PickDate(PickDocument(model, "EscalationStarted", &command.escalation));
  }
  if (command.type == "DisputeAssigned") {
    command.date = PickDate(PickDocument(model, "DisputeOpened", &command.dispute));
    command.owner = Pick<std::string>({"ann", "bob"});
  }
  if (!NumberField(command.type).empty()) command.number = NumberFor(model, command.type);
  return true;
}

// A payment of what an open invoice lacks, or nearly, or with another one's, or with credit notes; or such a note.
void Generator::PayInvoice(const Model& model, Fact& command) {
  std::string number;
  const Fact* invoice = PickDocument(model, "InvoiceIssued", &number);
  if (invoice == nullptr) return;
  const Fact* other = PickDocument(model, "InvoiceIssued", &number, invoice);
  const Cut now;
  const Wide open = model.Open(*invoice, now);
  Wide credit = 0;
  for (const Fact& fact : model.facts()) {
    const bool theirs = fact.customer == invoice->customer && fact.currency == invoice->currency;
    if (fact.type == "CreditNoteIssued" && theirs) credit += model.Unapplied(fact, now);
  }
  command.customer = invoice->customer;
  command.currency = invoice->currency;
  command.date = std::max(command.date, invoice->date);
  if (credit == 0 && Chance(40)) {  // to be paid with, together with the next payment
    command.type = "CreditNoteIssued";
    command.number = NumberFor(model, command.type);
    command.amount = PickAmount(open / 2);
    return;
  }
  const Wide both = open + (other == nullptr || other == invoice ? 0 : model.Open(*other, now));
  const Wide amount = credit > 0 ? open - credit : Pick<Wide>({open, open - 3, both});
  if (amount > 0 && amount <= kMostOfAnAmount) command.amount = amount;
}

void Generator::AddToCollecting(const Model& model, Fact& command) {
  if (command.type == "DebitNoteIssued") command.kind = Pick<std::string>({"", "interest", "charge", "other"});
  if (command.type == "PromiseMade") {
    if (Chance(30)) command.grace = Pick<int>({1, 3, 31});
    if (Chance(30)) command.plan = Pick<std::string>({"P1", "P2"});
    if (Chance(25)) command.instrument = "cheque";
  }
  if (command.type == "DisputeOpened") {
    command.kind = Pick<std::string>({"", "price", "quality", "paid", Chance(4) ? "weather" : "other"});
    if (Chance(40)) command.owner = Pick<std::string>({"ann", "bob"});
  }
  if (command.type == "DisputeResolved") {
    command.outcome = Pick<std::string>({"", "upheld", "rejected"});
    const Fact* dispute = model.Find("DisputeOpened", command.dispute);
    if (Chance(40)) command.upheld = Pick<Wide>({0, 50, dispute == nullptr ? 1 : dispute->amount});
    if (Chance(3) && dispute != nullptr && dispute->amount < 5000) command.upheld = dispute->amount + 1;
  }
  if (command.type == "CreditNoteIssued" && Chance(70)) {
    const Fact* partner = model.Find("InvoiceIssued", command.invoice);
    std::vector<std::string> numbers;
    for (const Fact& fact : model.facts()) {
      const bool of_it = fact.type == "DisputeOpened" && fact.date <= command.date &&
                         (partner == nullptr ? command.customer == fact.customer : fact.invoice == partner->number);
      if (of_it && fact.currency == (partner == nullptr ? "CNY" : partner->currency)) numbers.push_back(fact.number);
    }
    if (!numbers.empty()) command.dispute = Pick(numbers);
  }
  if (command.type == "PaymentApplied" && Chance(10)) command.rule = "exact/1";
  if (command.type == "PaymentReceived" && Chance(40)) PayInvoice(model, command);
  if (command.type == "PaymentReceived" && Chance(40)) {
    const Fact* invoice = PickDocument(model, "InvoiceIssued", &command.reference);
    if (invoice != nullptr && Chance(50)) command.reference = "Re. " + command.reference + ", thanks";
    if (Chance(30)) command.reference = Pick<std::string>({"In1+In2", "in2 IN3", "XIn1", "4711"});
  }
}

}  // namespace duebook::model
