// Customers: who they are and how they stand, by the figures of credit (credit_book.h). In order of customer, then
// currency.

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "ledger/command/spelling.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/reversed_items.h"
#include "projections/reports/credit_book.h"
#include "projections/shared/customer_search.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kCustomersReport;

namespace {

// The days of the last payments, by a customer's row in the history and the currency.
using LastPayments = std::map<std::pair<uint32_t, Currency>, Date>;

// Of those that the cut does not see taken back.
LastPayments LastPaymentsOf(const History& history, const Cut& cut) {
  const std::unordered_map<uint32_t, Date> reversed = ReversedItems(history, cut);
  const History::Items& items = history.items;
  const auto rows = static_cast<uint32_t>(RowsKnown(items.seq, cut.known));
  LastPayments last;
  for (uint32_t item = 0; item < rows; ++item) {
    const bool is_payment = items.kind[item] == ItemKind::kPayment && items.date[item] <= cut.effective;
    if (!is_payment || reversed.contains(item)) continue;
    Date& of_customer = last.emplace(std::pair(items.customer[item], items.currency[item]), Date::Min()).first->second;
    of_customer = std::max(of_customer, items.date[item]);
  }
  return last;
}

Result<Report> RunCustomers(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kShipments, HistoryPart::kFacts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const auto credit = CreditBook::Make(*request.log, history, cut);
  RETURN_IF_ERROR(credit);
  const LastPayments last_payments = LastPaymentsOf(history, cut);
  const CustomerAttribute names(history, cut, kNameAttribute);
  const CustomerAttribute salespeople(history, cut, kSalespersonAttribute);
  const CustomerAttribute terms(history, cut, kTermsAttribute);
  const std::string searched = FoldedForSearch(request.subject);

  Report report = EmptyReport(kCustomersReport, cut);
  for (const CreditStanding& each : credit->Sorted()) {
    const uint32_t customer = each.customer;
    if (!HoldsText(history.customers.id[customer], names.Of(customer), searched)) continue;
    const auto money = [&](Sum amount) { return Money{amount, each.currency}; };
    const auto last_payment = last_payments.find({customer, each.currency});
    report.rows.push_back(
        {std::string(history.customers.id[customer]), std::string(names.Of(customer)), each.currency.ToString(),
         money(each.balance), money(each.NetOverdue()), each.oldest > 0 ? Cell(each.oldest) : Cell(), money(each.limit),
         std::string(salespeople.Of(customer)), Term{std::string(credit->StateOf(customer)), "customer"},
         Term{std::string(terms.Of(customer))},
         last_payment == last_payments.end() ? Cell() : Cell(last_payment->second)});
  }
  return report;
}

}  // namespace

const ReportInfo kCustomersReport{
    "customers",
    "who the customers are, and how they stand",
    "duebook customers chen",
    ReportRows::kSums,
    RunCustomers,
    {
        kCustomerColumn,
        kNameColumn,
        kCurrencyColumn,
        {"balance", "what is owed in all: open less unapplied", ColumnType::kBalance},
        {"overdue", "what is late by the credit policy, less what is unapplied and not reserved", ColumnType::kBalance},
        {"oldest", "the greatest number of days by which something is overdue", ColumnType::kNumber},
        {"limit", "up to what the customer may owe", ColumnType::kMoney},
        {"salesperson", "who looks after the customer"},
        {"state", "opened, trading once its account is approved or something is dealt in, or held", ColumnType::kWord},
        {"terms", "when invoices are due that do not say so", ColumnType::kWord},
        {"last_payment", "the day of the last payment", ColumnType::kDate},
    },
    ListParameters({kSearched, kOfCustomers, kNonZero})};

}  // namespace duebook
