// Shipments and salespeople in the reference model, and which facts belong to a document.

#include <algorithm>

#include "tests/model/model.h"

namespace duebook::model {

std::map<Key, BalanceRow> Model::BalanceBySalesperson(const Cut& cut) const {
  std::map<Key, BalanceRow> rows;
  for (const Fact* fact : Visible(cut)) {
    const std::string salesperson = SalespersonOn(fact->customer, fact->date, cut);
    if (fact->type == "InvoiceIssued") {
      const std::string& own = fact->salesperson;
      BalanceRow& row = rows[{own.empty() ? salesperson : own, fact->currency}];
      row.invoiced += fact->amount;
      row.open += Open(*fact, cut);
    }
    if (fact->type == "PaymentReceived" || (fact->type == "CreditNoteIssued" && fact->invoice.empty())) {
      rows[{salesperson, fact->currency}].unapplied += Unapplied(*fact, cut);
    }
  }
  for (auto& [key, row] : rows) row.balance = row.open - row.unapplied;
  return rows;
}

std::string Model::LastSaid(std::string Fact::*what, const std::string& customer, const Cut& cut) const {
  static const std::set<std::string> types{"CustomerOpened", "CustomerChanged", "SalespersonAssigned", "TermsSet",
                                           "CustomerApproved"};
  const Fact* last = nullptr;
  for (const Fact* fact : Visible(cut)) {
    if (!types.contains(fact->type) || fact->customer != customer || (fact->*what).empty()) continue;
    if (last == nullptr || fact->date >= last->date) last = fact;
  }
  return last == nullptr || last->*what == kCleared ? "" : last->*what;
}

std::map<Key, ShipmentRow> Model::Shipments(const Cut& cut, Date test_day, bool all) const {
  const auto names = [](const std::vector<std::string>& list, const std::string& number) {
    return std::find(list.begin(), list.end(), number) != list.end();
  };
  // A voided invoice counts only if it stood on the test day.
  const Cut on_test_day{std::min(test_day, cut.effective), cut.known};
  const auto counts = [&](const Fact& invoice) {
    if (!Has("InvoiceVoided", &Fact::invoice, invoice.number, cut)) return true;
    return invoice.date <= test_day && !Has("InvoiceVoided", &Fact::invoice, invoice.number, on_test_day);
  };
  // Nor does a shipment that was reversed.
  const auto stands = [&](const Fact& shipment) {
    return !Undone(shipment, cut) || (shipment.date <= test_day && !Undone(shipment, on_test_day));
  };
  std::map<Key, ShipmentRow> rows;
  for (const Fact* shipment : Visible(cut)) {
    if (shipment->type != "ShipmentRecorded" || !stands(*shipment)) continue;
    ShipmentRow row;
    for (const Fact* invoice : Visible(cut)) {
      const bool theirs = names(invoice->shipments, shipment->number) || shipment->invoice == invoice->number;
      if (invoice->type != "InvoiceIssued" || !theirs || !counts(*invoice)) continue;
      row.invoices.insert(invoice->number);
      row.invoiced = std::min(invoice->date, row.invoiced.value_or(invoice->date));
    }
    const bool shipped = shipment->date <= test_day;
    const bool invoiced = row.invoiced.has_value() && *row.invoiced <= test_day;
    if (shipped && invoiced) row.state = "invoiced";
    if (shipped && !invoiced) row.state = "shipped not invoiced";
    if (!shipped && invoiced) row.state = "invoiced not shipped";
    row.amount = Kept(*shipment, on_test_day);
    row.returned = shipment->amount - row.amount;
    if (!row.state.empty() && row.amount == 0) row.state = "returned";
    if (!row.state.empty()) rows[{shipment->number, ""}] = row;
  }
  bool any_shipment = false;
  for (const Fact* fact : Visible(cut)) any_shipment = any_shipment || fact->type == "ShipmentRecorded";
  for (const Fact* invoice : Visible(cut)) {
    if (invoice->type != "InvoiceIssued" || invoice->date > test_day || !counts(*invoice)) continue;
    bool shipped = false;
    bool listed = all || (!invoice->imported && any_shipment);
    for (const Fact* shipment : Visible(cut)) {
      const bool theirs = names(invoice->shipments, shipment->number) || shipment->invoice == invoice->number;
      if (shipment->type != "ShipmentRecorded" || !theirs) continue;
      listed = true;
      shipped = shipped || stands(*shipment);
    }
    if (shipped || !listed) continue;
    rows[{"", invoice->number}] = {{invoice->number}, invoice->date, "invoiced not shipped", invoice->amount, {}};
  }
  return rows;
}

bool Model::Touches(const Fact& fact, const std::string& type, const std::string& number) const {
  if (type == "CustomerOpened") return fact.customer == number;
  if (fact.type == type && (type == "PaymentApplied" ? fact.id : fact.number) == number) return true;
  // These do nothing to what they name: it does not matter to that when they are undone. A shipment stands for its
  // invoice, if it names one.
  static const std::set<std::string> names_only{"ReminderSent", "ContactLogged", "DebtAcknowledged", "DocumentAttached",
                                                "GuaranteeReceived"};
  const auto is = [&](const std::string& named_type, const std::string& named) {
    if (named.empty()) return false;
    if (named_type == type) return named == number;
    if (named_type == "event" && names_only.contains(Find("event", named)->type)) return false;
    if (named_type == "event" && Find("event", named)->type == "ShipmentRecorded" && type != "InvoiceIssued")
      return false;
    // A credit note on no invoice that names a dispute does nothing to the invoice either.
    const bool unallocated = named_type == "event" && Find("event", named)->type == "CreditNoteIssued" &&
                             Find("event", named)->invoice.empty();
    if (unallocated && type == "InvoiceIssued") return false;
    // What a write-off, a dispute or an application is about, what concerns these is about, too.
    const bool belongs = named_type == "WriteOffRequested" || named_type == "DisputeOpened" ||
                         named_type == "PaymentApplied" || named_type == "event" || named_type == "EscalationStarted" ||
                         (named_type == "PromiseMade" && type == "InvoiceIssued");
    return belongs && Touches(*Find(named_type, named), type, number);
  };
  const auto any = [&](const std::string& named_type, const std::vector<std::string>& all) {
    return std::any_of(all.begin(), all.end(), [&](const std::string& named) { return is(named_type, named); });
  };
  return is("PaymentReceived", fact.payment) || is("CreditNoteIssued", fact.credit_note) ||
         is("InvoiceIssued", fact.invoice) || is("PaymentApplied", fact.application) ||
         is("PromiseMade", fact.promise) || is("DisputeOpened", fact.dispute) ||
         is("EscalationStarted", fact.escalation) || is("WriteOffRequested", fact.write_off) ||
         is("ShipmentRecorded", fact.shipment) || is("event", fact.event) || is("GuaranteeReceived", fact.guarantee) ||
         is("CreditOverridden", fact.overriding) || any("InvoiceIssued", fact.invoices) ||
         any("ShipmentRecorded", fact.shipments);
}

}  // namespace duebook::model
