// Random commands of credit and of schedules.

#include <algorithm>

#include "tests/model/generator.h"

namespace duebook::model {

const std::vector<std::pair<std::string, int>>& CreditWeights() {
  static const std::vector<std::pair<std::string, int>> weights{
      {"CreditPolicySet", 5},    {"CustomerApproved", 7},  {"CreditLimitSet", 4},   {"CustomerRated", 2},
      {"GuaranteeReceived", 4},  {"GuaranteeReleased", 4}, {"CreditHoldPlaced", 4}, {"CreditHoldReleased", 3},
      {"CreditOverridden", 6},   {"ShipmentRecorded", 14}, {"PriceConfirmed", 2},   {"CalendarSet", 2},
      {"InvoiceRescheduled", 7}, {"InvoiceVoided", 1}};
  return weights;
}

std::string Generator::PickTerms() {
  return Pick<std::string>({"",
                            "net 30",
                            "2/10 net 30",
                            "2/10 net 30",
                            "1.5/5 net 20",
                            "3/2 1.25/5+3 NET 30",
                            "2/1+2 eom",
                            "net 3 workday",
                            "months 1 eom",
                            "eom net 5",
                            "monthly 25 pay 10+1",
                            "monthly 31 net 30",
                            "pay 5+0",
                            "monthly 10 pay 31+1 workday",
                            "30% net 0, 70% net 6 workday",
                            "1/3 33.3333% net 2, 33.3333% pay 1+1, 33.3334% net 2",
                            "50% net 9, 50% months 1",
                            "0.5% net 1, 99.5% net 5",
                            "whenever",
                            "50% net 1, 49% net 2",
                            "2/31 net 30",
                            "1/5 2/10 net 30",
                            "workday",
                            "net 5 workday eom"});
}

void Generator::FillCreditPolicy(Fact& command) {
  using Words = std::vector<std::string>;
  command.date = Chance(70) ? days_[Below(3)] : Pick(days_);
  command.checks = Pick<Words>({{},
                                {},
                                {},
                                {"limit"},
                                {"hold"},
                                {"confirmation"},
                                {"overdue"},
                                {"overdue"},
                                {"limit", "overdue"},
                                {"approval", "hold"},
                                {"confirmation", "limit"},
                                {"hold", "overdue"},
                                {"none"},
                                {"approval", "hold", "confirmation", "overdue", "limit"}});
  if (Chance(2)) command.checks = {"none", "limit"};
  command.overdue_days = Pick<int>({0, 0, 3, 30});
  command.overdue_amount = Pick<Wide>({0, 0, 50, 100});
  command.disputed = Pick<std::string>({"", "exempt", "counts"});
  command.prepaid = Pick<std::string>({"", "pass", "none"});
  command.counted_guarantees = Pick<Words>({{}, {}, {"deposit"}, {"person", "mortgage", "insurance"}});
  command.counted_bills = Pick<Words>({{}, {}, {"bank_acceptance"}, {"commercial_acceptance"}});
  command.override_roles = Pick<Words>({{}, {}, {"lead"}, {"cfo", "credit"}});
  if (Chance(10)) command.currency = "JPY";
  if (Chance(60)) return;
  command.bands.push_back({200, 1, {"lead"}});
  command.bands.push_back({Chance(5) ? 200 : 600, 1, {"credit", "cfo"}});
  if (Chance(80)) command.bands.push_back({std::nullopt, 1, {"cfo"}});
}

void Generator::FillCalendar(Fact& command) {
  command.date = Chance(70) ? days_[Below(4)] : Pick(days_);
  command.year = Pick(days_).year();
  const std::set<Date> days(days_.begin(), days_.end());
  for (const Date day : days) {
    if (day.year() != command.year && !Chance(1)) continue;
    if (Chance(20)) command.off.push_back(day);
    if (Chance(command.off.empty() || command.off.back() != day ? 10 : 1)) command.on.push_back(day);
  }
}

void Generator::FillSchedule(const Model& model, Fact& command) {
  const Fact* invoice = nullptr;
  for (int tries = 0; tries < 4; tries++) {
    invoice = PickDocument(model, "InvoiceIssued", &command.invoice);
    if (invoice != nullptr && model.Open(*invoice, {Date::Max()}) > 0) break;
  }
  command.date = PickDate(invoice);
  Wide open = invoice == nullptr ? 100 : model.Open(*invoice, {command.date});
  if (Chance(5) || open <= 0) open += 1;
  open = std::min(open, kMostOfAnAmount);
  for (size_t left = Below(3); left > 0 && open > 1; left--) {
    const Wide part = 1 + static_cast<Wide>(Below(static_cast<size_t>(open - 1)));
    command.instalments.push_back({Pick(days_).AddDays(Pick<int>({0, 10, 45})), part});
    open -= part;
  }
  command.instalments.push_back({Pick(days_).AddDays(Pick<int>({0, 10, 45})), open});
}

// The figures of credit are small where money is; people are mostly those who may.
bool Generator::FillCredit(const Model& model, Fact& command) {
  static const std::set<std::string> types{"CreditPolicySet",  "CustomerApproved",   "CreditLimitSet",
                                           "CustomerRated",    "GuaranteeReceived",  "GuaranteeReleased",
                                           "CreditHoldPlaced", "CreditHoldReleased", "CreditOverridden",
                                           "CalendarSet",      "InvoiceRescheduled"};
  if (!types.contains(command.type)) return false;
  const std::string& type = command.type;
  command.date = Pick(days_);
  for (const Fact& fact : model.facts()) {
    if (fact.type != "RoleGranted" || Chance(60)) continue;
    if (fact.role != "lead" && fact.role != "cfo" && fact.role != "credit") continue;
    command.actor = fact.user;
    command.date = std::max(command.date, fact.date);
  }
  if (type == "CreditPolicySet") FillCreditPolicy(command);
  if (type == "CalendarSet") FillCalendar(command);
  if (type == "InvoiceRescheduled") FillSchedule(model, command);
  if (type == "CreditPolicySet" || type == "CalendarSet" || type == "InvoiceRescheduled") return true;
  if (!NumberField(type).empty()) command.number = NumberFor(model, type);
  if (type == "GuaranteeReleased") {
    const Fact* guarantee = PickDocument(model, "GuaranteeReceived", &command.guarantee);
    command.date = PickDate(guarantee);
    if (Chance(60)) command.amount = PickAmount(guarantee == nullptr ? 0 : guarantee->amount);
    return true;
  }
  command.customer = Chance(1) ? "X" : Pick<std::string>({"A", "B"});
  for (const Fact& fact : model.facts()) {
    if (type != "CreditHoldReleased" || fact.type != "CreditHoldPlaced" || Chance(40)) continue;
    command.customer = fact.customer;
    command.date = std::max(command.date, fact.date);
  }
  const Wide limit = Pick<Wide>({0, 200, 201, 500, 1000, 3000});
  if (Chance(12)) command.currency = type == "CustomerRated" || type.starts_with("CreditHold") ? "" : "JPY";
  if (type == "CustomerApproved") {
    command.date = Chance(60) ? days_[Below(4)] : command.date;
    if (Chance(50)) command.limit = limit;
    if (Chance(30)) command.terms = PickTerms();
  }
  if (type == "CreditLimitSet") command.limit = limit;
  if (type == "CustomerRated") {
    command.grade = Pick<std::string>({"A", "B", "C"});
    if (Chance(60)) command.score = static_cast<int>(Below(1001));
  }
  if (type == "GuaranteeReceived") {
    command.kind = Pick<std::string>({"deposit", "deposit", "bank_guarantee", "insurance", "person", "mortgage"});
    if (Chance(3)) command.kind = "promise";
    command.amount = PickAmount(300);
    if (Chance(40)) command.expires = command.date.AddDays(static_cast<int64_t>(Below(20)));
    if (Chance(20)) {
      const Fact* invoice = PickDocument(model, "InvoiceIssued", &command.invoices.emplace_back());
      if (invoice == nullptr) command.invoices.clear();
      if (invoice != nullptr)
        command.customer = invoice->customer, command.date = std::max(command.date, invoice->date);
    }
  }
  if (type == "CreditOverridden") {
    command.amount = PickAmount(200);
    command.until = command.date.AddDays(static_cast<int64_t>(Below(10)));
  }
  return true;
}

// Names a payment in advance or an override, mostly of the same customer and currency, and fitting.
void Generator::AddToShipment(const Model& model, Fact& command) {
  if (command.type != "ShipmentRecorded") return;
  if (Chance(30)) command.order = Pick<std::string>({"o1", "o2"});
  if (Chance(15)) command.signed_by = "ann at the gate";
  // On a day on which much is overdue, to somebody who owes it.
  if (credit_ && Chance(35)) {
    command.date = std::max(command.date, days_[13]);
    for (const auto& [key, row] : model.Credit({command.date})) {
      if (command.invoice.empty() && row.overdue > 0) command.customer = key.first;
    }
  }
  const Fact filled = model.Filled(command);
  const auto name = [&](const std::string& type, std::string* number) {
    const Fact* document = PickDocument(model, type, number, &filled);
    if (document == nullptr && !Chance(3)) number->clear();
    if (document != nullptr && !Chance(4)) command.date = std::max(command.date, document->date);
    return document;
  };
  if (Chance(35)) {
    const Fact* payment = name("PaymentReceived", &command.payment);
    if (payment != nullptr && Chance(70)) {
      command.amount = PickAmount(std::max(Wide{1}, model.Unapplied(*payment, {command.date})));
    }
  }
  if (Chance(35)) {
    const Fact* granted = name("CreditOverridden", &command.overriding);
    if (granted != nullptr) command.amount = std::min(command.amount, granted->amount);
    if (granted != nullptr && Chance(30)) command.amount = std::min(granted->amount + 1, kMostOfAnAmount);
    if (granted != nullptr && Chance(70)) command.date = std::min(command.date, *granted->until);
  }
}

}  // namespace duebook::model
