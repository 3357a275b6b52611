// The product's reports of credit, bills and papers against the model's figures.

#include <fmt/format.h>

#include "tests/model/compare.h"
#include "tests/model/simulation.h"

namespace duebook::model {

namespace {

std::set<std::string> Names(const std::set<RejectionCode>& codes) {
  std::set<std::string> names;
  for (const RejectionCode code : codes) names.emplace(CodeName(code));
  return names;
}

}  // namespace

Problem Simulation::CompareCredit(const Cut& cut) const {
  const Report report = RunReport("credit", RequestAt(cut));
  std::map<Key, CreditRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    CreditRow& shown = actual[cells.CustomerAndCurrency()];
    shown = {cells.Text("state"),
             cells.Text("grade"),
             cells.Text("terms"),
             -1,
             cells.Amount("limit"),
             cells.Amount("balance"),
             cells.Amount("not_invoiced"),
             cells.Amount("bills"),
             cells.Amount("guarantees"),
             cells.Amount("exposure"),
             cells.Amount("room"),
             cells.Amount("overdue"),
             0};
    if (cells.Has("score")) shown.score = static_cast<int>(cells.Number("score"));
    if (cells.Has("oldest")) shown.oldest = cells.Number("oldest");
  }
  return Compare("credit", model_.Credit(cut), actual);
}

Problem Simulation::CompareOverrides(const Cut& cut) const {
  using Line = std::map<Key, std::string>;
  const Report report = RunReport("overrides", RequestAt(cut));
  Line actual, expected;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    const std::string granted = cells.Text("override"), shipment = cells.Text("shipment");
    std::set<std::string> passed;
    if (cells.Has("passed")) passed = cells.Terms("passed");
    actual[{granted, granted.empty() ? shipment : ""}] =
        fmt::format("{} {} passed {}", cells.Text("kind"), shipment, fmt::join(passed, " "));
  }
  for (const auto& [key, row] : model_.Overrides(cut)) {
    expected[key] = fmt::format("{} {} passed {}", row.kind, row.shipment, fmt::join(Names(row.passed), " "));
  }
  return Compare("override", expected, actual);
}

Problem Simulation::CompareBills(const Cut& cut) const {
  const Report report = RunReport("bills", RequestAt(cut));
  std::map<std::string, BillRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual[cells.Text("payment")] = {cells.Text("state"), cells.Day("changed"),
                                     cells.Has("proceeds") ? cells.Amount("proceeds") : 0, cells.Number("days"),
                                     cells.Amount("at_risk")};
  }
  return Compare("bill", model_.Bills(cut), actual);
}

Problem Simulation::CompareReceipts(const Cut& cut, Date first) const {
  ReportRequest request = RequestAt(cut);
  request.from = first;
  const Report report = RunReport("receipts", request);
  std::map<std::string, Wide> amounts, fees, expected_amounts, expected_fees;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    const std::string payment = cells.Text("payment");
    amounts[payment] = cells.Amount("amount");
    fees[payment] = cells.Has("fee") ? cells.Amount("fee") : 0;
    if (cells.Amount("net") != amounts[payment] - fees[payment]) return "what is left of payment " + payment;
  }
  for (const Fact& fact : model_.facts()) {
    if (fact.type != "PaymentReceived" || fact.date < first || !cut.Sees(fact.date, fact.seq)) continue;
    expected_amounts[fact.number] = fact.amount;
    expected_fees[fact.number] = fact.fee;
  }
  Problem problem = Compare("receipt", expected_amounts, amounts);
  return problem.has_value() ? problem : Compare("fee", expected_fees, fees);
}

Problem Simulation::ComparePapers(const Cut& cut, const PaperOptions& options) const {
  ReportRequest request = RequestAt(cut);
  request.sign_days = options.sign_days;
  request.invoice_days = options.invoice_days;
  request.asks_for_iou = options.iou;
  const Report report = RunReport("papers", request);
  std::map<std::string, PaperRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    PaperRow& shown = actual[cells.Text("shipment")];
    if (cells.Has("missing")) shown.missing = cells.Terms("missing");
    if (cells.Has("days_to_sign")) shown.days_to_sign = cells.Number("days_to_sign");
    if (cells.Has("days_to_invoice")) shown.days_to_invoice = cells.Number("days_to_invoice");
  }
  return Compare("papers", model_.Papers(cut, options), actual);
}

}  // namespace duebook::model
