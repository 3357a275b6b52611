// Bills of exchange: what became of each, and whether it is still a risk. In order of the days on which they are due.

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "projections/history/visible_events.h"
#include "projections/reports/bill_book.h"
#include "projections/reports/credit_book.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kBillsReport;

namespace {

// To whom a bill was passed on, and for how much; empty cells while it was not.
struct PassedOn {
  Cell to;
  Cell proceeds;
};

PassedOn PassedOnOf(const History& history, const BookedBill& bill) {
  if (!bill.passed_on.has_value()) return {std::string(), Cell()};
  const uint32_t fact = *bill.passed_on;
  const bool was_sold = history.facts.type[fact] == EventType::BillDiscounted;
  return {std::string(history.facts.text[fact]),
          was_sold ? Cell(Money{history.facts.amount[fact], history.facts.currency[fact]}) : Cell()};
}

// Who accepted the bills, by the events of their payments: it is shown, and counts for nothing.
Result<std::vector<std::string>> AcceptorsOf(const EventLog& log, const History& history,
                                             const std::vector<BookedBill>& bills) {
  std::vector<uint64_t> seqs;
  seqs.reserve(bills.size());
  for (const BookedBill& bill : bills) seqs.push_back(history.facts.seq[bill.fact]);
  std::vector<std::string> acceptors;
  acceptors.reserve(bills.size());
  RETURN_IF_ERROR(ForEachOfType(log, EventType::PaymentReceived, seqs, [&](EventView event) {
    acceptors.emplace_back(EventView::Text(event.body<schema::PaymentReceived>().acceptor()));
  }));
  return acceptors;
}

Result<Report> RunBills(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kFacts, HistoryPart::kNumbers});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const auto policy = CreditPolicyAt(*request.log, history, cut);
  RETURN_IF_ERROR(policy);
  const CreditPolicy counted = CountedBy(*policy, cut.effective);
  const std::vector<BookedBill> bills = BillsAt(history, cut);
  const auto acceptors = AcceptorsOf(*request.log, history, bills);
  RETURN_IF_ERROR(acceptors);
  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);

  std::vector<size_t> order(bills.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const auto key = [&](const BookedBill& bill) {
      return std::tuple(history.facts.day[bill.fact], history.items.number[bill.item], bill.item);
    };
    return key(bills[a]) < key(bills[b]);
  });
  Report report = EmptyReport(kBillsReport, cut);
  cells->AddKeyColumn(&report);
  for (const size_t i : order) {
    const BookedBill& bill = bills[i];
    const Currency currency = history.items.currency[bill.item];
    const Minor face = history.items.amount[bill.item];
    const Date due = history.facts.day[bill.fact];
    const std::string_view method = history.facts.key[bill.fact];
    const bool at_risk = IsAtRisk(history, bill, counted, cut.effective);
    PassedOn passed_on = PassedOnOf(history, bill);
    report.rows.push_back({std::string(history.items.number[bill.item]), std::string(history.facts.text[bill.fact]),
                           std::string(history.customers.id[history.items.customer[bill.item]]), currency.ToString(),
                           Money{face, currency}, history.items.date[bill.item], due, (*acceptors)[i],
                           Term{std::string(method), "method"}, Term{std::string(bill.state), "bill"}, bill.changed,
                           std::move(passed_on.to), std::move(passed_on.proceeds),
                           static_cast<int64_t>(due - cut.effective), Money{at_risk ? face : 0, currency}});
    cells->AddOfItem(bill.item, &report.rows.back());
  }
  return report;
}

}  // namespace

const ReportInfo kBillsReport{
    "bills",
    "bills of exchange, what became of them, and which are still a risk",
    "duebook bills --effective 2025-12-31",
    ReportRows::kDocuments,
    RunBills,
    {
        {"payment", "the payment by which it came in"},
        {"bill", "its number"},
        kCustomerColumn,
        kCurrencyColumn,
        {"amount", "its face value", ColumnType::kMoney},
        {"received", "the day on which it came in", ColumnType::kDate},
        {"bill_due", "the day on which it is due", ColumnType::kDate},
        {"acceptor", "who accepted it, and so pays it"},
        {"method", "bank_acceptance or commercial_acceptance", ColumnType::kWord},
        {"state", "held, endorsed, discounted, honoured, dishonoured or, if its payment was, reversed",
         ColumnType::kWord},
        {"changed", "the day from which on it is in this state", ColumnType::kDate},
        {"to", "to whom it was endorsed, or which bank bought it"},
        {"proceeds", "what the bank paid for it", ColumnType::kMoney},
        {"days", "from the day of the report to the one on which it is due; below zero once that has passed",
         ColumnType::kNumber},
        {"at_risk", "its face value while it may still come back, if the credit policy counts its method",
         ColumnType::kBalance},
        kNameColumn,
        kAttributeColumn,
        kDocumentsColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy})};

}  // namespace duebook
