// Random commands of bills, deposits and papers.

#include <algorithm>

#include "tests/model/generator.h"

namespace duebook::model {

const std::vector<std::pair<std::string, int>>& BillWeights() {
  static const std::vector<std::pair<std::string, int>> weights{
      {"BillEndorsed", 4},   {"BillDiscounted", 4},  {"BillHonoured", 4},     {"BillDishonoured", 4},
      {"PriceConfirmed", 2}, {"DeliverySigned", 4},  {"DebtAcknowledged", 2}, {"DocumentAttached", 2},
      {"EventReversed", 5},  {"PaymentReceived", 6}, {"ShipmentRecorded", 2}, {"GuaranteeReceived", 2}};
  return weights;
}

void Generator::FillPaper(const Model& model, Fact& command) {
  command.date = Pick(days_);
  command.customer = Pick<std::string>({"A", "B"});
  if (command.type == "PriceConfirmed") {
    if (Chance(70)) command.order = Pick<std::string>({"o1", "o2"});
    if (Chance(50)) command.amount = PickAmount(200);
    if (Chance(50)) command.valid_until = command.date.AddDays(static_cast<int64_t>(Below(9)));
    return;
  }
  if (command.type == "DebtAcknowledged") {
    command.amount = PickAmount(200);
    command.as_of = Chance(10) ? Pick(days_) : command.date.AddDays(-static_cast<int64_t>(Below(5)));
    command.signed_by = "ann";
    command.kind = Pick<std::string>({"", "iou", "statement"});
    const Fact* first = nullptr;
    for (const auto& [type, list] :
         {std::pair("InvoiceIssued", &command.invoices), std::pair("ShipmentRecorded", &command.shipments)}) {
      std::string number;
      const Fact* document = Chance(60) ? PickDocument(model, type, &number, first) : nullptr;
      if (document == nullptr) continue;
      first = document;
      list->push_back(number);
      command.customer = document->customer;
      command.date = std::max(command.date, document->date);
    }
    return;
  }
  const std::string type = command.type == "DocumentAttached"
                               ? Pick<std::string>({"InvoiceIssued", "ShipmentRecorded", "PaymentReceived", ""})
                               : "ShipmentRecorded";
  const Fact* document = nullptr;
  if (type == "InvoiceIssued") document = PickDocument(model, type, &command.invoice);
  if (type == "PaymentReceived") document = PickDocument(model, type, &command.payment);
  if (type == "ShipmentRecorded") document = PickDocument(model, type, &command.shipment);
  if (command.type == "DeliverySigned") command.signed_by = "bob at the door";
  command.date = PickDate(document);
  if (document != nullptr) command.customer = Chance(50) ? "" : document->customer;
}

bool Generator::FillBill(const Model& model, Fact& command) {
  static const std::set<std::string> papers{"PriceConfirmed", "DeliverySigned", "DebtAcknowledged", "DocumentAttached"};
  const bool paper = papers.contains(command.type);
  if (!paper && !command.type.starts_with("Bill")) return false;
  if (!NumberField(command.type).empty()) command.number = NumberFor(model, command.type);
  if (paper) {
    FillPaper(model, command);
    return true;
  }
  const Fact* payment = nullptr;
  for (int tries = 0; tries < 4; tries++) {
    payment = PickDocument(model, "PaymentReceived", &command.payment);
    if (payment == nullptr || payment->bill.empty()) continue;
    if (model.Bills(Cut{}).at(payment->number).state == "held" || Chance(20)) break;
  }
  command.date = PickDate(payment);
  if (command.type == "BillDiscounted") command.proceeds = PickAmount(payment == nullptr ? 1 : payment->amount);
  if (command.type == "BillDishonoured" && Chance(30)) command.cost = 7;
  if (payment == nullptr || payment->bill.empty()) return true;
  if (command.type == "BillHonoured" && Chance(80)) command.date = std::max(command.date, *payment->bill_due);
  if (command.type == "BillEndorsed" && Chance(80)) command.date = std::min(command.date, *payment->bill_due);
  return true;
}

// How it was paid, by a bill or out of a deposit, and what the channel kept.
void Generator::AddToPayment(const Model& model, Fact& command) {
  if (command.type != "PaymentReceived" || !(bills_ || credit_)) return;
  if (Chance(10)) command.fee = Pick<Wide>({1, 2, command.amount});
  if (Chance(30)) command.method = Pick<std::string>({"bank_transfer", "alipay", "cash"});
  if (Chance(40)) {
    command.method = Pick<std::string>({"bank_acceptance", "commercial_acceptance"});
    command.bill = Pick<std::string>({"b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8"});
    command.bill_due = command.date.AddDays(static_cast<int64_t>(Below(12)) - (Chance(5) ? 3 : 0));
  } else if (Chance(20)) {
    const Fact filled = model.Filled(command);
    const Fact* deposit = PickDocument(model, "GuaranteeReceived", &command.guarantee, &filled);
    if (deposit == nullptr && !Chance(3)) command.guarantee.clear();
    if (deposit == nullptr) return;
    if (Chance(95)) command.method = "deposit";
    if (Chance(70)) command.amount = std::min(command.amount, PickAmount(deposit->amount));
    if (!Chance(5)) command.date = std::max(command.date, deposit->date);
  }
}

}  // namespace duebook::model
