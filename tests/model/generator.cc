#include "tests/model/generator.h"

#include <algorithm>

namespace duebook::model {

namespace {

const std::vector<std::string> kPeople{"ann", "bob", "cem", "dee"};
// Two logins, and others who say nothing of who they are. They come in turn.
const std::vector<std::string> kSources{"terminal:x@m", "terminal:y@m", "terminal:x@m", "books.csv:7", "terminal"};
// Records nearly all payments, so that somebody is left who may approve write-offs.
const std::string kCashier = "dee";
const Date kFirstDay = *Date::FromCivil(2025, 1, 1);

// Mostly one crowded fortnight; and days on both sides of a year after its first.
std::vector<Date> Days() {
  std::vector<Date> days;
  for (int day = 1; day <= 12; day++) days.push_back(*Date::FromCivil(2025, 1, day));
  for (const char* text : {"2024-12-31", "2025-02-10", "2026-01-01", "2026-01-02"}) days.push_back(*Date::Parse(text));
  return days;
}

// Types by how often they come.
const std::vector<std::pair<std::string, int>> kWeights{
    {"CustomerOpened", 1},      {"ShipmentRecorded", 5},  {"InvoiceIssued", 12},      {"CreditNoteIssued", 5},
    {"DebitNoteIssued", 3},     {"InvoiceVoided", 1},     {"PaymentReceived", 7},     {"PaymentApplied", 22},
    {"PaymentReversed", 2},     {"RefundPaid", 3},        {"PromiseMade", 8},         {"PromiseWithdrawn", 2},
    {"DisputeOpened", 3},       {"DisputeResolved", 2},   {"WriteOffRequested", 8},   {"WriteOffApproved", 16},
    {"WriteOffRejected", 2},    {"WriteOffReversed", 3},  {"RecoveryReceived", 4},    {"RoleGranted", 7},
    {"RoleRevoked", 3},         {"WriteOffPolicySet", 3}, {"PeriodClosed", 1},        {"PeriodReopened", 2},
    {"ApplicationReversed", 8}, {"CustomerChanged", 3},   {"SalespersonAssigned", 2}, {"EventReversed", 7},
    {"ShipmentReturned", 4},    {"TermsSet", 1},          {"SigningKeyChanged", 2},   {"NoteAdded", 1},
    {"CompanyDescribed", 1}};

// Which document a fact of this type refers to, besides what PaymentApplied and PromiseMade do.
const std::map<std::string, std::pair<std::string, std::string Fact::*>> kRefersTo{
    {"CreditNoteIssued", {"InvoiceIssued", &Fact::invoice}},
    {"DebitNoteIssued", {"InvoiceIssued", &Fact::invoice}},
    {"InvoiceVoided", {"InvoiceIssued", &Fact::invoice}},
    {"PaymentApplied", {"InvoiceIssued", &Fact::invoice}},
    {"DisputeOpened", {"InvoiceIssued", &Fact::invoice}},
    {"WriteOffRequested", {"InvoiceIssued", &Fact::invoice}},
    {"ApplicationReversed", {"PaymentApplied", &Fact::application}},
    {"PaymentReversed", {"PaymentReceived", &Fact::payment}},
    {"RefundPaid", {"PaymentReceived", &Fact::payment}},
    {"PromiseWithdrawn", {"PromiseMade", &Fact::promise}},
    {"DisputeResolved", {"DisputeOpened", &Fact::dispute}},
    {"WriteOffApproved", {"WriteOffRequested", &Fact::write_off}},
    {"WriteOffRejected", {"WriteOffRequested", &Fact::write_off}},
    {"WriteOffReversed", {"WriteOffRequested", &Fact::write_off}},
    {"RecoveryReceived", {"WriteOffRequested", &Fact::write_off}},
    {"EventReversed", {"event", &Fact::event}},
    {"ShipmentReturned", {"ShipmentRecorded", &Fact::shipment}}};

bool Starts(const Fact& fact, const std::string& type) {
  return type == "event" ? CanBeUndone(fact.type) : fact.type == type;
}

const std::set<std::string> kWithoutAmount{"InvoiceVoided",    "ApplicationReversed", "PaymentReversed",
                                           "PromiseWithdrawn", "DisputeResolved",     "WriteOffApproved",
                                           "WriteOffRejected", "WriteOffReversed",    "EventReversed"};

Wide Left(const Model& model, const Fact& document, Date date) {
  if (document.type == "InvoiceIssued") return model.Open(document, {date});
  if (document.type == "PaymentReceived" || document.type == "CreditNoteIssued")
    return model.Unapplied(document, {date});
  return document.amount;
}

// Settled invoices, used-up payments and decided write-offs are not interesting for long.
bool IsLikely(const Model& model, const std::string& type, const Fact& document) {
  if (document.type != "WriteOffRequested") return Left(model, document, Date::Max()) > 0;
  const bool in_force = model.WriteOffs(Cut{}).at(document.number).state == "in force";
  return in_force == (type == "WriteOffReversed" || type == "RecoveryReceived");
}

}  // namespace

Generator::Generator(uint64_t seed) : random_(seed), days_(Days()) {
  imported_per_cent_ = Chance(50) ? 0 : 15;
  collecting_ = Chance(60);
  credit_ = Chance(50);
  bills_ = Chance(50);
  if (Chance(30)) huge_per_cent_ = 10;
  // A company as old as can be told, or one whose fortnight crosses 1970-01-01.
  Date first = kFirstDay;
  if (Chance(30)) first = Pick<Date>({*Date::Parse("1900-01-01"), *Date::Parse("1969-12-27")});
  for (Date& day : days_) day = day.AddDays(first - kFirstDay);
}

bool Generator::Chance(int per_cent) { return Below(100) < static_cast<size_t>(per_cent); }

std::string Generator::NumberFor(const Model& model, const std::string& type) {
  for (int i = 1;; i++) {
    std::string number = type.substr(0, 2) + std::to_string(i);
    if (model.Find(type, number) == nullptr || Chance(1)) return number;
  }
}

const Fact* Generator::PickDocument(const Model& model, const std::string& type, std::string* number,
                                    const Fact* partner) {
  std::vector<const Fact*> candidates;
  const bool any = partner == nullptr || Chance(5);
  for (const Fact& fact : model.facts()) {
    const bool fits = any || (fact.customer == partner->customer && fact.currency == partner->currency);
    if (Starts(fact, type) && fits) candidates.push_back(&fact);
  }
  if (candidates.empty() || Chance(1)) {
    *number = "none";
    return nullptr;
  }
  // The newest are the likeliest to be used.
  const size_t newest = candidates.size() - 1 - std::min(Below(candidates.size()), Below(candidates.size()));
  const Fact* picked = candidates[newest];
  *number = type == "PaymentApplied" || type == "event" ? picked->id : picked->number;
  return picked;
}

Date Generator::PickDate(const Fact* document) {
  const Date date = Pick(days_);
  if (document == nullptr || Chance(5)) return date;
  if (Chance(25)) return document->date;
  return std::max(date, document->date);
}

Wide Generator::PickAmount(Wide limit) {
  limit = std::min(limit, kMostOfAnAmount - 1);
  if (Chance(huge_per_cent_)) return kMostOfAnAmount - static_cast<Wide>(Below(3));
  if (limit > 0 && Chance(30)) return limit;
  if (limit > 0 && Chance(10)) return limit + 1;
  if (limit > 1 && Chance(60)) return 1 + static_cast<Wide>(Below(static_cast<size_t>(limit)));
  return Pick<Wide>({1, 50, 100, 100, 150, 200, 1025});
}

void Generator::FillInvoice(Fact& command) {
  if (Chance(20)) command.salesperson = Pick(kPeople);
  if (Chance(10)) command.tax = PickAmount(command.amount);
  if (Chance(30)) command.due = command.date.AddDays(static_cast<int64_t>(Below(40)));
  if (Chance(15)) command.terms = PickTerms();
  if (!Chance(25) || command.amount < 3) return;
  const Wide first = 1 + static_cast<Wide>(Below(static_cast<size_t>(command.amount - 1)));
  const Date due = Pick(days_);
  const Date last = due.AddDays(Chance(20) ? 0 : 30);
  command.instalments = {{due, first}, {last, command.amount - first + (Chance(5) ? 1 : 0)}};
  if (Chance(20)) std::swap(command.instalments[0].due, command.instalments[1].due);
  if (command.due.has_value() && Chance(70)) command.due = last;
}

bool Generator::ApplyAgain(const Model& model, Fact& command) {
  std::vector<const Fact*> reversals;
  for (const Fact& fact : model.facts()) {
    if (fact.type == "ApplicationReversed") reversals.push_back(&fact);
  }
  if (reversals.empty()) return false;
  const Fact& reversal = *Pick(reversals);
  const Fact& application = *model.Find("PaymentApplied", reversal.application);
  command.date = reversal.date;
  command.payment = application.payment;
  command.credit_note = application.credit_note;
  command.amount = application.amount;
  command.invoice = application.invoice;
  command.discount = application.discount;
  if (Chance(40)) PickDocument(model, "InvoiceIssued", &command.invoice, &application);
  return true;
}

bool Generator::Bounce(const Model& model, Fact& command) {
  const Fact* payment = given_.empty() ? nullptr : model.Find("PaymentReceived", given_.back().payment);
  if (payment == nullptr || given_.back().type != "PaymentApplied") return false;
  command.type = "PaymentReversed";
  command.payment = payment->number;
  command.date = payment->date.AddDays(static_cast<int64_t>(Below(12)));
  return true;
}

// Names what the command refers to, and gives it a day and an amount that are likely to fit.
void Generator::Refer(const Model& model, Fact& command) {
  const Fact* document = nullptr;
  Wide limit = 0;
  const auto refers = kRefersTo.find(command.type);
  const bool unallocated = command.type == "CreditNoteIssued" && Chance(40);
  if (refers != kRefersTo.end() && !unallocated) {
    for (int tries = 0; tries < 4; tries++) {
      document = PickDocument(model, refers->second.first, &(command.*refers->second.second));
      if (document == nullptr || IsLikely(model, command.type, *document)) break;
    }
  }
  if (command.type == "RefundPaid" && Chance(25)) {
    command.payment.clear();
    document = PickDocument(model, "CreditNoteIssued", &command.credit_note);
  }
  if (command.type == "ShipmentRecorded" && Chance(30)) {
    document = PickDocument(model, "InvoiceIssued", &command.invoice);
  }
  if (command.type == "InvoiceIssued" && Chance(50)) {
    for (size_t i = Below(3); i > 0; i--) {
      std::string number;
      const Fact* shipment = PickDocument(model, "ShipmentRecorded", &number, document);
      const auto& named = command.shipments;
      if (shipment == nullptr && Chance(90)) continue;
      if (std::find(named.begin(), named.end(), number) == named.end()) command.shipments.push_back(number);
      if (shipment != nullptr) document = shipment;
    }
  }
  command.date = PickDate(document);
  if (document != nullptr) limit = Left(model, *document, command.date);
  if (command.type == "PaymentApplied") {
    const bool payment = Chance(75);
    const Fact* funding = nullptr;
    for (int tries = 0; tries < 3; tries++) {
      funding = PickDocument(model, payment ? "PaymentReceived" : "CreditNoteIssued",
                             payment ? &command.payment : &command.credit_note, document);
      if (funding == nullptr || model.Unapplied(*funding, {Date::Max()}) > 0) break;
    }
    if (funding == nullptr && document != nullptr && Chance(95)) {
      Fact first;
      first.type = "PaymentReceived";
      first.id = command.id;
      first.date = command.date;
      first.actor = Chance(90) ? kCashier : command.actor;
      first.customer = document->customer;
      first.currency = document->currency;
      first.amount = PickAmount(limit);
      command = first;
      return;
    }
    if (funding != nullptr) {
      if (!Chance(5)) command.date = std::max(command.date, funding->date);
      limit = std::min(limit, model.Unapplied(*funding, {command.date}));
    }
  }
  if (!kWithoutAmount.contains(command.type)) command.amount = PickAmount(limit);
  if (command.type == "PaymentApplied" && Chance(30)) {
    command.discount = 1 + static_cast<Wide>(Below(4));
    if (document != nullptr && document->amount >= 50 && Chance(60)) command.discount = document->amount / 50;
    if (command.amount > command.discount && Chance(70)) command.amount -= command.discount;
  }
  if (command.type == "PromiseMade") {
    command.due = command.date.AddDays(static_cast<int64_t>(Below(12)) - (Chance(5) ? 8 : 0));
    for (size_t i = Below(3); i > 0; i--) {
      std::string number;
      const Fact* invoice = PickDocument(model, "InvoiceIssued", &number, document);
      const auto& named = command.invoices;
      if (std::find(named.begin(), named.end(), number) == named.end()) command.invoices.push_back(number);
      if (invoice != nullptr) document = invoice;
    }
  }
  if (document != nullptr && Chance(50)) return;  // the customer is left to the document
  command.customer = document != nullptr && !Chance(3) ? document->customer : Pick<std::string>({"A", "B"});
  if (Chance(1)) command.customer = "X";
}

Fact Generator::Retry() {
  Fact command = Pick(given_);
  if (Chance(50)) return command;
  // The same id with other content, unless the type does not have the field.
  if (command.amount > 0) command.amount += command.amount == kMostOfAnAmount ? -1 : 1;
  command.date = command.date.AddDays(1);
  return command;
}

Fact Generator::NextCommand(const Model& model) {
  if (!given_.empty() && Chance(4)) return Retry();
  auto weights = kWeights;
  if (collecting_) weights.insert(weights.end(), CollectingWeights().begin(), CollectingWeights().end());
  if (credit_) weights.insert(weights.end(), CreditWeights().begin(), CreditWeights().end());
  if (bills_) weights.insert(weights.end(), BillWeights().begin(), BillWeights().end());
  int all = 0;
  for (const auto& [type, weight] : weights) all += weight;
  int at = static_cast<int>(Below(static_cast<size_t>(all)));
  Fact command;
  for (const auto& [type, weight] : weights) {
    if (at >= 0 && at < weight) command.type = type;
    at -= weight;
  }
  if (model.facts().size() < 2) command.type = "CustomerOpened";
  // What refers to a document that cannot be there yet is a payment instead: money to begin with.
  const auto refers = kRefersTo.find(command.type);
  const auto starts_it = [&](const Fact& fact) { return Starts(fact, refers->second.first); };
  const bool can =
      refers == kRefersTo.end() || Chance(5) || std::any_of(model.facts().begin(), model.facts().end(), starts_it);
  if (!can) command.type = Chance(50) ? "PaymentReceived" : "InvoiceIssued";
  command.id = "e" + std::to_string(next_id_++);
  command.source = kSources[static_cast<size_t>(next_id_) % kSources.size()];
  command.actor = Pick(kPeople);
  if (command.type == "PaymentReceived" && Chance(95)) command.actor = kCashier;
  if (command.type == "WriteOffRequested" && Chance(60)) command.actor = kCashier;
  command.imported = Chance(imported_per_cent_);
  if (command.type == "CustomerOpened") {
    const bool is_first = model.Find("CustomerOpened", "A") == nullptr;
    command.customer = command.number =
        model.facts().size() < 2 ? (is_first ? "A" : "B") : Pick<std::string>({"A", "B"});
    command.date = Pick<Date>({days_[0], days_[0], days_[1], days_[12], days_[5]});
    command.terms = Chance(50) ? Pick<std::string>({"", "2/10 net 30", "net 3 workday"}) : PickTerms();
    if (Chance(50)) command.limit = Pick<Wide>({0, 200, 500, 1000, 3000});
    command.salesperson = Pick<std::string>({"", "ann", "dee"});
    command.name = "Customer " + command.customer;
    command.region = Pick<std::string>({"", "north", "south"});
    return command;
  }
  if (command.type == "TermsSet") {
    command.customer = Pick<std::string>({"A", "B"});
    command.date = Pick(days_);
    while (command.terms.empty()) command.terms = PickTerms();
    return command;
  }
  if (command.type == "CustomerChanged" || command.type == "SalespersonAssigned") {
    command.customer = Pick<std::string>({"A", "B"});
    command.date = Pick(days_);
    command.salesperson = Pick(kPeople);
    if (command.type == "CustomerChanged") {
      command.terms = Chance(15) ? kCleared : PickTerms();
      if (Chance(20)) command.limit = Pick<Wide>({0, 200, 500, 1000, 3000});
      command.name = Pick<std::string>({"", "Ada", "Bo"});
      command.region = Pick<std::string>({"", "north", "south", kCleared});
      if (Chance(20)) command.salesperson = kCleared;
    }
    return command;
  }
  if (command.type == "NoteAdded") {
    FillNote(model, command);
    return command;
  }
  if (command.type == "CompanyDescribed") {
    command.date = Pick(days_);
    command.name = "Acme Trading";
    return command;
  }
  static const std::vector<std::string> control{"RoleGranted",  "RoleRevoked",    "WriteOffPolicySet",
                                                "PeriodClosed", "PeriodReopened", "SigningKeyChanged"};
  if (std::find(control.begin(), control.end(), command.type) != control.end()) {
    command.date = Chance(60) ? days_[Below(3)] : Pick(days_);
    FillControl(command);
    for (const Fact& fact : model.facts()) {
      if (command.type != "RoleRevoked" || fact.type != "RoleGranted" || Chance(60)) continue;
      command.user = fact.user;
      command.role = fact.role;
      command.date = Chance(60) ? fact.date : std::max(command.date, fact.date);
    }
    for (const Fact& fact : model.facts()) {
      if (command.type == "PeriodReopened" && fact.type == "PeriodClosed" && Chance(60)) command.through = fact.through;
      const bool holder = fact.type == "RoleGranted" && fact.role == "controller";
      if (command.type != "PeriodReopened" || !holder || Chance(30)) continue;
      command.actor = fact.user;
      command.date = std::max(command.date, fact.date);
    }
    if (command.type == "WriteOffPolicySet" && Chance(4)) command.currency = "JPY";
    if (command.type == "SigningKeyChanged") ChangeKey(model, command);
    return command;
  }
  if (Chance(10) && Follow(model, command)) return command;
  if (FillCollecting(model, command) || FillCredit(model, command) || FillBill(model, command)) return command;
  const bool bounces = Chance(5) && Bounce(model, command);
  const bool once_more = !bounces && command.type == "PaymentApplied" && Chance(20) && ApplyAgain(model, command);
  if (!bounces && !once_more) Refer(model, command);
  if (!NumberField(command.type).empty()) command.number = NumberFor(model, command.type);
  if (command.type == "InvoiceIssued") FillInvoice(command);
  AddToCollecting(model, command);
  AddToShipment(model, command);
  AddToPayment(model, command);
  if (command.type == "CreditNoteIssued" && Chance(10)) command.tax = PickAmount(command.amount);
  if (command.type == "WriteOffApproved") {
    command.request = Pick<Fact::Request>({Fact::Request::kAbsent, Fact::Request::kRight, Fact::Request::kRight});
    if (Chance(3)) command.request = Fact::Request::kWrong;
    if (command.imported && Chance(40)) command.date = Pick(days_);  // before the request, at times
    for (const Fact& fact : model.facts()) {
      const bool again = fact.type == "WriteOffApproved" && fact.write_off == command.write_off;
      if (again && Chance(40)) command.actor = fact.actor;
    }
  }
  static const std::vector<std::string> start{"InvoiceIssued", "PaymentReceived", "CreditNoteIssued", "PromiseMade"};
  const bool starts = std::find(start.begin(), start.end(), command.type) != start.end();
  if (starts && Chance(command.shipments.empty() ? 15 : 3)) command.currency = "JPY";
  return command;
}

std::vector<Step> Generator::Steps(int count) {
  std::vector<Step> steps;
  Model model("CNY");
  for (int i = 0; i < count; i++) {
    if (Chance(1)) steps.push_back({Step::Kind::kReopen, {}, false, false});
    Step step;
    step.command = NextCommand(model);
    const bool can_join = !steps.empty() && steps.back().kind == Step::Kind::kCommand;
    step.joined = can_join && Chance(60);
    step.atomic = Chance(15);
    // What an all-or-nothing call takes back is thought to stay here: commands on it are then refused, which is as
    // good.
    model.Submit(step.command);
    given_.push_back(step.command);
    steps.push_back(std::move(step));
  }
  steps.push_back({Step::Kind::kReopen, {}, false, false});
  return steps;
}

Cut Generator::RandomCut(const Model& model) {
  Cut cut;
  if (!Chance(20))
    cut.effective = Pick(days_).AddDays(static_cast<int64_t>(Below(3)) * static_cast<int64_t>(Below(30)));
  cut.known = Chance(30) ? model.facts().size() : Below(model.facts().size() + 1);
  return cut;
}

}  // namespace duebook::model
