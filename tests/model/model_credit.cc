// Credit in the reference model: who is approved and held, what a customer may owe and what it does.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

using enum RejectionCode;

namespace {

bool Contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

const std::vector<std::string> kGuarantees{"deposit", "bank_guarantee", "insurance", "person", "mortgage"};
const std::vector<std::string> kChecks{"approval", "hold", "confirmation", "overdue", "limit"};
const std::vector<std::string> kBills{"bank_acceptance", "commercial_acceptance"};

// Limits are said by these, and by what sets one of several things.
const std::set<std::string> kSayLimit{"CustomerOpened", "CustomerChanged", "CreditLimitSet", "CustomerApproved"};

}  // namespace

const Fact* Model::InForce(const std::string& type, const Cut& cut) const {
  const Fact* last = nullptr;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type == type && (last == nullptr || fact->date >= last->date)) last = fact;
  }
  return last;
}

// A limit that was approved stays although the approval is reversed.
Wide Model::LimitOn(const std::string& customer, const std::string& currency, const Cut& cut) const {
  const Fact* last = nullptr;
  for (const Fact* fact : Visible(cut)) {
    const bool says = kSayLimit.contains(fact->type) && fact->customer == customer && fact->currency == currency;
    if (!says || !fact->limit.has_value()) continue;
    if (last == nullptr || fact->date >= last->date) last = fact;
  }
  return last == nullptr ? 0 : *last->limit;
}

bool Model::IsApproved(const std::string& customer, const Cut& cut) const {
  const auto visible = Visible(cut);
  return std::any_of(visible.begin(), visible.end(), [&](const Fact* fact) {
    return fact->type == "CustomerApproved" && fact->customer == customer && !Undone(*fact, cut);
  });
}

// Once it is approved, or there was a document that moves its account.
bool Model::IsTrading(const std::string& customer, const Cut& cut) const {
  static const std::set<std::string> dealings{"InvoiceIssued", "PaymentReceived", "CreditNoteIssued",
                                              "ShipmentRecorded"};
  const auto visible = Visible(cut);
  return IsApproved(customer, cut) || std::any_of(visible.begin(), visible.end(), [&](const Fact* fact) {
           return dealings.contains(fact->type) && fact->customer == customer;
         });
}

std::optional<Date> Model::HeldSince(const std::string& customer, const Cut& cut) const {
  const Fact* last = nullptr;
  for (const Fact* fact : Visible(cut)) {
    const bool about = fact->type == "CreditHoldPlaced" || fact->type == "CreditHoldReleased";
    if (!about || fact->customer != customer) continue;
    if (last == nullptr || fact->date >= last->date) last = fact;
  }
  if (last == nullptr || last->type != "CreditHoldPlaced") return std::nullopt;
  return last->date;
}

bool Model::HasOpenEscalation(const std::string& customer, const Cut& cut) const {
  const auto visible = Visible(cut);
  return std::any_of(visible.begin(), visible.end(), [&](const Fact* fact) {
    return fact->type == "EscalationStarted" && fact->customer == customer &&
           !Has("EscalationClosed", &Fact::escalation, fact->number, cut);
  });
}

Wide Model::GuaranteeLeft(const Fact& guarantee, const Cut& cut) const {
  if (!cut.Sees(guarantee.date, guarantee.seq) || Undone(guarantee, cut)) return 0;
  Wide left = guarantee.amount;
  for (const Fact* fact : Visible(cut)) {
    const bool of_it = fact->type == "GuaranteeReleased" && fact->guarantee == guarantee.number;
    if (of_it && !Undone(*fact, cut)) left -= fact->amount;
  }
  return left;
}

Wide Model::LeastGuaranteeLeft(const Fact& guarantee, Date from) const {
  Wide least = kBeyondAll;
  for (const Date date : DatesFrom(from)) least = std::min(least, GuaranteeLeft(guarantee, {date}));
  return least;
}

Wide Model::BalanceOf(const Key& key, const Cut& cut) const {
  Wide balance = 0;
  for (const Fact* fact : Visible(cut)) {
    if (Key(fact->customer, fact->currency) != key) continue;
    if (fact->type == "InvoiceIssued") balance += Open(*fact, cut);
    if (fact->type == "PaymentReceived" || fact->type == "CreditNoteIssued") balance -= Unapplied(*fact, cut);
  }
  return balance;
}

bool Model::IsLive(const Fact& invoice, const Cut& cut) const {
  return cut.Sees(invoice.date, invoice.seq) && !Has("InvoiceVoided", &Fact::invoice, invoice.number, cut);
}

bool Model::IsUninvoiced(const Fact& shipment, const Cut& cut) const {
  if (!cut.Sees(shipment.date, shipment.seq) || Undone(shipment, cut)) return false;
  if (!shipment.invoice.empty() && IsLive(*Find("InvoiceIssued", shipment.invoice), cut)) return false;
  const auto visible = Visible(cut);
  return std::none_of(visible.begin(), visible.end(), [&](const Fact* fact) {
    return fact->type == "InvoiceIssued" && Contains(fact->shipments, shipment.number) && IsLive(*fact, cut);
  });
}

Wide Model::NotInvoiced(const Key& key, const Cut& cut) const {
  Wide sum = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool theirs = fact->type == "ShipmentRecorded" && Key(fact->customer, fact->currency) == key;
    if (theirs && IsUninvoiced(*fact, cut)) sum += Kept(*fact, cut);
  }
  return sum;
}

Wide Model::BillsAtRisk(const Key& key, const Cut& cut) const {
  Wide sum = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool theirs = fact->type == "PaymentReceived" && Key(fact->customer, fact->currency) == key;
    if (theirs && IsAtRisk(*fact, cut)) sum += fact->amount;
  }
  return sum;
}

Wide Model::Guarantees(const Key& key, const Cut& cut) const {
  const Fact* policy = InForce("CreditPolicySet", cut);
  std::vector<std::string> counted{"deposit", "bank_guarantee", "insurance"};
  if (policy != nullptr && !policy->counted_guarantees.empty()) counted = policy->counted_guarantees;
  Wide sum = 0;
  for (const Fact* fact : Visible(cut)) {
    const bool theirs = fact->type == "GuaranteeReceived" && Key(fact->customer, fact->currency) == key;
    const bool holds = !fact->expires.has_value() || cut.effective <= *fact->expires;
    if (theirs && holds && Contains(counted, fact->kind)) sum += GuaranteeLeft(*fact, cut);
  }
  return sum;
}

Wide Model::Exposure(const Key& key, const Cut& cut) const {
  return BalanceOf(key, cut) + NotInvoiced(key, cut) + BillsAtRisk(key, cut) - Guarantees(key, cut);
}

Wide Model::NetOverdue(const Key& key, const Cut& cut) const {
  const Fact* policy = InForce("CreditPolicySet", cut);
  const int days = policy == nullptr ? 0 : policy->overdue_days;
  const bool exempt = policy == nullptr || policy->disputed != "counts";
  Wide overdue = 0;
  for (const Fact* fact : Visible(cut)) {
    if (Key(fact->customer, fact->currency) != key) continue;
    if (fact->type == "InvoiceIssued") {
      Wide late = 0;
      for (const OpenItem& item : OpenParts(*fact, cut, Basis::kDue))
        late += cut.effective - item.due > days ? item.open : 0;
      overdue += late - (exempt ? std::min(late, Disputed(*fact, cut)) : 0);
    }
    if (fact->type == "PaymentReceived") {
      overdue -= std::max(Wide{0}, Unapplied(*fact, cut) - Reserved(*fact, cut, ""));
    }
    if (fact->type == "CreditNoteIssued") overdue -= Unapplied(*fact, cut);
  }
  return std::max(Wide{0}, overdue);
}

// By how many days the oldest of what is late is so; disputed is what is oldest.
int Model::OldestLate(const Key& key, const Cut& cut) const {
  const Fact* policy = InForce("CreditPolicySet", cut);
  int oldest = 0;
  for (const Fact* fact : Visible(cut)) {
    if (fact->type != "InvoiceIssued" || Key(fact->customer, fact->currency) != key) continue;
    Wide disputed = policy->disputed == "counts" ? 0 : Disputed(*fact, cut);
    for (const OpenItem& item : OpenParts(*fact, cut, Basis::kDue)) {
      const auto age = static_cast<int>(cut.effective - item.due);
      if (age > policy->overdue_days && item.open > disputed) oldest = std::max(oldest, age);
      disputed -= std::min(disputed, item.open);
    }
  }
  return oldest;
}

std::map<Key, CreditRow> Model::Credit(const Cut& cut) const {
  static const std::set<std::string> documents{"InvoiceIssued", "PaymentReceived", "CreditNoteIssued",
                                               "ShipmentRecorded"};
  std::map<Key, CreditRow> rows;
  for (const Fact* customer : Visible(cut)) {
    if (customer->type != "CustomerOpened") continue;
    std::set<std::string> currencies{currency_};
    for (const Fact* fact : Visible(cut)) {
      const bool guarantee = fact->type == "GuaranteeReceived" && !Undone(*fact, cut);
      const bool limit = kSayLimit.contains(fact->type) && fact->limit.has_value();
      const bool moves = documents.contains(fact->type) || guarantee || limit;
      if (moves && fact->customer == customer->number) currencies.insert(fact->currency);
    }
    for (const std::string& currency : currencies) {
      const Key key{customer->number, currency};
      CreditRow row;
      row.state = IsTrading(key.first, cut) ? "trading" : "opened";
      if (HeldSince(key.first, cut).has_value() || HasOpenEscalation(key.first, cut)) row.state = "held";
      row.terms = LastSaid(&Fact::terms, key.first, cut);
      const Fact* rated = nullptr;
      for (const Fact* fact : Visible(cut)) {
        const bool rates = fact->type == "CustomerRated" && fact->customer == key.first && !Undone(*fact, cut);
        if (rates && (rated == nullptr || fact->date >= rated->date)) rated = fact;
        if (fact->type != "InvoiceIssued" || Key(fact->customer, fact->currency) != key) continue;
        for (const OpenItem& item : OpenParts(*fact, cut, Basis::kDue)) {
          row.oldest = std::max<int64_t>(row.oldest, cut.effective - item.due);
        }
      }
      if (rated != nullptr) row.grade = rated->grade, row.score = rated->score;
      row.limit = LimitOn(key.first, currency, cut);
      row.balance = BalanceOf(key, cut);
      row.not_invoiced = NotInvoiced(key, cut);
      row.bills = BillsAtRisk(key, cut);
      row.guarantees = Guarantees(key, cut);
      row.exposure = Exposure(key, cut);
      row.room = row.limit - row.exposure;
      row.overdue = NetOverdue(key, cut);
      rows[key] = row;
    }
  }
  return rows;
}

void Model::CheckCreditFields(const Fact& command, Why& why) {
  const auto all_of = [](const std::vector<std::string>& given, const std::vector<std::string>& known) {
    return std::all_of(given.begin(), given.end(), [&](const std::string& each) { return Contains(known, each); });
  };
  if (command.type == "GuaranteeReceived" && !Contains(kGuarantees, command.kind)) why.insert(kBadField);
  if (command.type == "CalendarSet") {
    for (const auto& [days, others] : {std::pair(command.off, command.on), std::pair(command.on, command.off)}) {
      for (const Date day : days) {
        if (day.year() != command.year) why.insert(kBadDate);
        if (std::find(others.begin(), others.end(), day) != others.end()) why.insert(kBadField);
      }
    }
  }
  if (command.type != "CreditPolicySet") return;
  const bool none = command.checks == std::vector<std::string>{"none"};
  if (!none && !all_of(command.checks, kChecks)) why.insert(kBadField);
  if (!all_of(command.counted_guarantees, kGuarantees) || !all_of(command.counted_bills, kBills)) why.insert(kBadField);
  if (!command.disputed.empty() && command.disputed != "exempt" && command.disputed != "counts") why.insert(kBadField);
  if (!command.prepaid.empty() && command.prepaid != "pass" && command.prepaid != "none") why.insert(kBadField);
  for (size_t i = 0; i < command.bands.size(); i++) {
    const Band& band = command.bands[i];
    if (i + 1 < command.bands.size() && !band.up_to.has_value()) why.insert(kBadField);
    if (i > 0 && band.up_to.has_value() && band.up_to <= command.bands[i - 1].up_to) why.insert(kBadField);
  }
}

void Model::CheckCredit(const Fact& command, Why& why) const {
  CheckCreditRole(command, why);
  const Cut now;
  if (command.type == "CustomerApproved" && !command.imported) {
    for (const Date date : DatesFrom(command.date)) {
      if (IsApproved(command.customer, {date})) why.insert(kApprovedTwice);
    }
    if (command.actor == Find("CustomerOpened", command.customer)->actor) why.insert(kSelfApproval);
    if (command.actor == SalespersonOn(command.customer, command.date, now)) why.insert(kSalespersonApproves);
  }
  const bool held = HeldSince(command.customer, {command.date}).has_value();
  if (command.type == "CreditHoldPlaced" && held) why.insert(kAlreadyHeld);
  if (command.type == "CreditHoldReleased" && !held) why.insert(kNotHeld);
  if (!command.guarantee.empty() && Undone(*Find("GuaranteeReceived", command.guarantee), now)) {
    why.insert(kAlreadyReversed);
  }
  if (command.type == "GuaranteeReleased") {
    const Wide least = LeastGuaranteeLeft(*Find("GuaranteeReceived", command.guarantee), command.date);
    if (least < std::max(Wide{1}, command.amount)) why.insert(kMoreThanGuarantee);
  }
  if (command.type != "EventReversed") return;
  const Fact& original = *Find("event", command.event);
  if (original.type == "CreditOverridden" && Has("ShipmentRecorded", &Fact::overriding, original.number, now)) {
    why.insert(kOverrideUsed);
  }
  if (original.type == "GuaranteeReceived" && LeastGuaranteeLeft(original, command.date) < original.amount) {
    why.insert(kStillApplied);
  }
}

std::vector<std::string> Model::CreditRoles(const Fact& command, const Fact& policy) const {
  if (command.type == "CreditOverridden") {
    return policy.override_roles.empty() ? std::vector<std::string>{"credit"} : policy.override_roles;
  }
  const bool of_limit = command.limit.has_value() || command.type == "CustomerApproved";
  if (!of_limit || policy.bands.empty() || command.currency != policy.currency) return {"credit"};
  const Wide limit = command.limit.value_or(LimitOn(command.customer, command.currency, {command.date}));
  for (const Band& band : policy.bands) {
    if (!band.up_to.has_value() || limit <= *band.up_to) return band.roles;
  }
  return {};  // nobody may
}

void Model::CheckCreditRole(const Fact& command, Why& why) const {
  static const std::set<std::string> guarded{"CustomerApproved", "CreditLimitSet",     "CreditHoldReleased",
                                             "CreditOverridden", "InvoiceRescheduled", "GuaranteeReceived"};
  const Cut now;
  const bool says_limit = command.type.starts_with("Customer") && command.limit.has_value();
  const Fact* policy = InForce("CreditPolicySet", {command.date});
  if (policy == nullptr || command.imported || (!guarded.contains(command.type) && !says_limit)) return;
  // Who is named together with a limit looks after the customer already.
  const bool named = says_limit && !command.salesperson.empty() && command.salesperson != kCleared;
  const std::string salesperson = named ? command.salesperson : SalespersonOn(command.customer, command.date, now);
  if (command.actor == salesperson) why.insert(kSalespersonApproves);
  bool may = false;
  for (const std::string& role : CreditRoles(command, *policy)) {
    const bool held_by_any = std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
      return fact.type == "RoleGranted" && fact.role == role && Holds(fact.user, role, command.date, now);
    });
    const bool free = role == "credit" && !held_by_any;
    may = may || free || HoldsStill(command.actor, role, command.date);
  }
  if (!may) why.insert(kMissingRole);
}

}  // namespace duebook::model
