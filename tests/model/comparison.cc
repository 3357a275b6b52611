// The figures of the product's reports against those of the model.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "tests/model/compare.h"
#include "tests/model/curves.h"
#include "tests/model/simulation.h"

namespace duebook::model {

ReportRequest Simulation::RequestAt(const Cut& cut) const {
  ReportRequest request;
  request.log = &ledger_->log();
  request.cut = cut;
  return request;
}

Report Simulation::RunReport(std::string_view name, const ReportRequest& request) const {
  const ReportInfo* info = FindReport(name);
  CHECK(info != nullptr);
  auto report = duebook::RunReport(*info, request);
  if (!report.ok()) fmt::print(stderr, "{}: {}\n", name, report.error().ToString());
  CHECK(report.ok());
  for (const Row& row : report->rows) {
    const Cells cells(*report, row);
    compared_.report_rows[std::string(name)]++;
    for (const char* says : {"kind", "rule", "state"}) {
      if (cells.Is(says) && cells.Has(says)) compared_.report_rows[fmt::format("{} {}", name, cells.Text(says))]++;
    }
  }
  return std::move(*report);
}

Problem Simulation::CompareBalance(const Cut& cut, const std::vector<std::string>& customers) const {
  ReportRequest request = RequestAt(cut);
  request.customers = customers;
  const Report report = RunReport("balance", request);
  std::map<Key, BalanceRow> actual, expected = model_.Balance(cut);
  std::map<std::string, Wide> control_total, total;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual[cells.CustomerAndCurrency()] = {
        cells.Amount("invoiced"),    cells.Amount("debited"), cells.Amount("credited"),  cells.Amount("applied"),
        cells.Amount("written_off"), cells.Amount("open"),    cells.Amount("unapplied"), cells.Amount("balance")};
    control_total[cells.Text("currency")] += cells.Amount("balance");
    const std::string customer = cells.Text("customer");
    if (cells.Text("name") != model_.LastSaid(&Fact::name, customer, cut)) return "the name of " + customer;
  }
  for (const Row& row : report.totals) {
    const Cells cells(report, row);
    total[cells.Text("currency")] = cells.Amount("balance");
  }
  if (total != control_total) return "the balances do not add up to the control total";
  if (!customers.empty())
    std::erase_if(expected, [&](const auto& row) { return row.first.first != customers.front(); });
  return Compare("balance", expected, actual);
}

Problem Simulation::CompareAging(const Cut& cut, const AgingOptions& options) const {
  ReportRequest request = RequestAt(cut);
  request.bucket_ends = options.bucket_ends;
  request.basis = BasisOf(options.basis);
  const Report report = RunReport("aging", request);
  std::map<Key, AgingRow> actual, expected = model_.Aging(cut, options);
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    AgingRow& aged = actual[cells.CustomerAndCurrency()];
    for (size_t i = 2; report.columns[i].name != "unapplied"; i++) {
      aged.buckets.push_back(cells.Amount(report.columns[i].name));
    }
    aged.unapplied = cells.Amount("unapplied");
    aged.disputed = cells.Amount("disputed");
    aged.balance = cells.Amount("balance");
    Wide sum = aged.unapplied;
    for (const Wide bucket : aged.buckets) sum += bucket;
    if (sum != aged.balance) return "the buckets and what is unapplied do not add up to the balance";
  }
  if (Problem problem = CompareCurves(History(history_, model_.facts().size()), cut, options, expected)) return problem;
  return Compare("aging", expected, actual);
}

Problem Simulation::CompareBySalesperson(const Cut& cut) const {
  ReportRequest request = RequestAt(cut);
  request.by = "salesperson";
  const Report report = RunReport("balance", request);
  std::map<Key, BalanceRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    BalanceRow& balance = actual[{cells.Text("salesperson"), cells.Text("currency")}];
    balance.invoiced = cells.Amount("invoiced");
    balance.open = cells.Amount("open");
    balance.unapplied = cells.Amount("unapplied");
    balance.balance = cells.Amount("balance");
  }
  return Compare("balance by salesperson", model_.BalanceBySalesperson(cut), actual);
}

Problem Simulation::CompareByRegion(const Cut& cut, bool above_zero) const {
  const auto& facts = model_.facts();
  const auto says_it = [](const Fact& fact) { return !fact.region.empty() && fact.region != kCleared; };
  if (std::none_of(facts.begin(), facts.end(), says_it)) return std::nullopt;  // then it is no attribute
  std::map<Key, Wide> expected, actual;
  for (const auto& [key, row] : model_.Balance(cut)) {
    if (above_zero && row.balance <= 0) continue;
    expected[{model_.LastSaid(&Fact::region, key.first, cut), key.second}] += row.balance;
  }
  ReportRequest request = RequestAt(cut);
  request.by = "region";
  if (above_zero) request.selection.where = {"balance > 0"};
  const Report report = RunReport("balance", request);
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual[{cells.Text("region"), cells.Text("currency")}] = cells.Amount("balance");
  }
  return Compare("balance by region", expected, actual);
}

Problem Simulation::CompareOpenItems(const Cut& cut, Basis basis) const {
  using Item = std::tuple<std::string, std::string, std::string, Date, Date, Wide, int64_t, Date, std::optional<Date>>;
  ReportRequest request = RequestAt(cut);
  request.basis = BasisOf(basis);
  const Report report = RunReport("open-items", request);
  std::vector<Item> actual, expected;
  std::map<std::string, Wide> disputed;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual.emplace_back(cells.Text("customer"), cells.Text("invoice"), cells.Text("currency"), cells.Day("date"),
                        cells.Day("due"), cells.Amount("open"), cells.Number("age"), cells.Day("original_due"),
                        cells.Has("rescheduled") ? std::optional(cells.Day("rescheduled")) : std::nullopt);
    disputed[cells.Text("invoice")] += cells.Amount("disputed");
  }
  for (const OpenItem& item : model_.OpenItems(cut, {.basis = basis})) {
    const Fact& invoice = *item.invoice;
    expected.emplace_back(invoice.customer, invoice.number, invoice.currency, invoice.date, item.due, item.open,
                          item.age, item.original_due, item.rescheduled);
    if (disputed[invoice.number] != model_.Disputed(invoice, cut)) return "what is disputed of " + invoice.number;
  }
  std::sort(actual.begin(), actual.end());
  std::sort(expected.begin(), expected.end());
  if (actual == expected) return std::nullopt;
  return fmt::format("{} open items, not {}, or other ones", actual.size(), expected.size());
}

Problem Simulation::CompareUnapplied(const Cut& cut) const {
  using Item = std::tuple<std::string, std::string, std::string, std::string, Date, Wide, Wide, int64_t>;
  const Report report = RunReport("unapplied", RequestAt(cut));
  std::vector<Item> actual, expected;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual.emplace_back(cells.Text("customer"), cells.Text("payment") + cells.Text("credit_note"),
                        cells.Text("payment").empty() ? "credit_note" : "payment", cells.Text("currency"),
                        cells.Day("date"), cells.Amount("amount"), cells.Amount("unapplied"), cells.Number("age"));
  }
  for (const Fact& fact : model_.facts()) {
    const bool payment = fact.type == "PaymentReceived";
    if (!payment && fact.type != "CreditNoteIssued") continue;
    const Wide unapplied = model_.Unapplied(fact, cut);
    if (unapplied == 0) continue;
    expected.emplace_back(fact.customer, fact.number, payment ? "payment" : "credit_note", fact.currency, fact.date,
                          fact.amount, unapplied, cut.effective - fact.date);
  }
  std::sort(actual.begin(), actual.end());
  std::sort(expected.begin(), expected.end());
  if (actual == expected) return std::nullopt;
  return fmt::format("{} unapplied items, not {}, or other ones", actual.size(), expected.size());
}

Problem Simulation::CompareDisputes(const Cut& cut) const {
  const Report report = RunReport("disputes", RequestAt(cut));
  std::map<std::string, DisputeRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    DisputeRow& shown = actual[cells.Text("dispute")];
    shown.open = cells.Amount("open");
    shown.state = cells.Text("state");
    shown.kind = cells.Text("kind");
    shown.owner = cells.Text("owner");
    shown.upheld = cells.Amount("upheld");
    shown.credited = cells.Amount("credited");
  }
  return Compare("dispute", model_.Disputes(cut), actual);
}

Problem Simulation::CompareShipments(const Cut& cut, Date test_day, bool all) const {
  ReportRequest request = RequestAt(cut);
  request.to = test_day;
  request.without_shipment = all;
  const Report report = RunReport("shipments", request);
  std::map<Key, ShipmentRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    const std::vector<std::string> invoices = cells.List("invoice");
    const std::string shipment = cells.Text("shipment");
    ShipmentRow& shown = actual[{shipment, shipment.empty() ? invoices.front() : ""}];
    shown = {{invoices.begin(), invoices.end()}, std::nullopt, cells.Text("state"), cells.Amount("amount"), {}};
    if (cells.Has("invoiced")) shown.invoiced = cells.Day("invoiced");
    if (cells.Has("returned")) shown.returned = cells.Amount("returned");
  }
  return Compare(fmt::format("cut-off on {} for", test_day.ToString()).c_str(), model_.Shipments(cut, test_day, all),
                 actual);
}

Problem Simulation::ComparePromises(const Cut& cut, int grace_days) const {
  ReportRequest request = RequestAt(cut);
  request.grace_days = grace_days;
  const Report report = RunReport("promises", request);
  std::map<std::string, PromiseRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual[cells.Text("promise")] = {cells.Amount("received"), cells.Text("state")};
  }
  return Compare("promise", model_.Promises(cut, grace_days), actual);
}

Problem Simulation::CompareWriteOffs(const Cut& cut) const {
  const Report report = RunReport("write-offs", RequestAt(cut));
  std::map<std::string, WriteOffRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual[cells.Text("write_off")] = {cells.Text("state"), cells.List("approvals"), cells.Terms("violations"),
                                       cells.Terms("remarks")};
  }
  return Compare("write-off", model_.WriteOffs(cut), actual);
}

Problem Simulation::CompareRoles(const Cut& cut) const {
  const Report report = RunReport("roles", RequestAt(cut));
  std::map<Minor, RoleRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    RoleRow shown{cells.Text("user"), cells.Text("role"), cells.Text("granted_by"),
                  cells.Day("from"),  std::nullopt,       cells.Terms("mark")};
    if (cells.Has("to")) shown.to = cells.Day("to");
    actual.emplace(static_cast<Minor>(actual.size()), std::move(shown));
  }
  return Compare("role", model_.Roles(cut), actual);
}

}  // namespace duebook::model
