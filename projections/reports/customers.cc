// Customers: who they are and how they stand, each in the ledger's currency and in each other one in which there is a
// document or a limit. In order of customer, then currency.
//
//   balance      what is open of invoices, less what is unapplied
//   overdue      what is open and past its due date, less what is disputed of it and all that is unapplied; at least 0
//   oldest       the greatest number of days by which something open is overdue
//   limit        the one in force; 0 where there is none
//   state        as the credit book says (credit_book.h)

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/command/spelling.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/item_balances.h"
#include "projections/history/open_parts.h"
#include "projections/reports/credit_book.h"
#include "projections/shared/customer_search.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kCustomersReport;

namespace {

// How a customer stands in one currency.
struct Standing {
  Sum open = 0;
  Sum unapplied = 0;
  Sum overdue = 0;  // of invoices
  int64_t oldest = 0;
  Minor limit = 0;
  Date limit_date = Date::Min();
  std::optional<Date> last_payment;
};

// By a customer's row in the history and the code of a currency.
using Standings = std::map<std::pair<uint32_t, std::string>, Standing>;

class CustomerBook {
 public:
  // Both must outlive it.
  CustomerBook(const History& history, const Cut& cut) : history_(history), cut_(cut) {}

  // Takes in every customer that the cut sees, with a row in this currency.
  void AddCustomers(Currency currency) {
    for (uint32_t customer = 0; customer < Customers(); ++customer) {
      if (cut_.Sees(history_.customers.date[customer], history_.customers.seq[customer])) At(customer, currency);
    }
  }
  void AddItems();
  void AddLimits();
  void AddShipments();

  const Standings& standings() const { return standings_; }

 private:
  size_t Customers() const { return history_.customers.seq.size(); }
  Standing& At(uint32_t customer, Currency currency) { return standings_[{customer, currency.ToString()}]; }
  Standing& AtItem(uint32_t item) { return At(history_.items.customer[item], history_.items.currency[item]); }
  // Returns the payments that the cut sees taken back.
  std::vector<bool> ReversedItems() const;

  const History& history_;
  const Cut cut_;
  Standings standings_;
};

std::vector<bool> CustomerBook::ReversedItems() const {
  const History::Movements& movements = history_.movements;
  std::vector<bool> reversed(history_.items.seq.size());
  const size_t known = RowsKnown(movements.seq, cut_.known);
  for (size_t row = 0; row < known; ++row) {
    const bool is_reversal = movements.kind[row] == MovementKind::kReversed && movements.date[row] <= cut_.effective;
    if (is_reversal) reversed[movements.item[row]] = true;
  }
  return reversed;
}

void CustomerBook::AddItems() {
  const ItemBalances balances(history_, cut_);
  const std::vector<bool> reversed = ReversedItems();
  const History::Items& items = history_.items;
  const size_t known = RowsKnown(items.seq, cut_.known);
  for (uint32_t item = 0; item < known; ++item) {
    if (items.date[item] > cut_.effective) continue;
    Standing& standing = AtItem(item);
    if (items.kind[item] != ItemKind::kInvoice) standing.unapplied += balances[item];
    if (items.kind[item] != ItemKind::kPayment || reversed[item]) continue;
    standing.last_payment = std::max(standing.last_payment.value_or(items.date[item]), items.date[item]);
  }
  const OpenParts open(history_, cut_, balances);
  open.ForEach([&](const OpenPart& part) {
    Standing& standing = AtItem(part.item);
    standing.open += part.open;
    const int64_t days = cut_.effective - part.due;
    if (days <= 0) return;
    standing.overdue += part.open - part.disputed;
    standing.oldest = std::max(standing.oldest, days);
  });
}

void CustomerBook::AddLimits() {
  const History::Limits& limits = history_.limits;
  const size_t known = RowsKnown(limits.seq, cut_.known);
  for (size_t row = 0; row < known; ++row) {
    if (limits.date[row] > cut_.effective) continue;
    Standing& standing = At(limits.customer[row], limits.currency[row]);
    if (limits.date[row] < standing.limit_date) continue;
    standing.limit = limits.amount[row];
    standing.limit_date = limits.date[row];
  }
}

void CustomerBook::AddShipments() {
  const History::Shipments& shipments = history_.shipments;
  const size_t known = RowsKnown(shipments.seq, cut_.known);
  for (size_t row = 0; row < known; ++row) {
    if (shipments.date[row] > cut_.effective) continue;
    At(shipments.customer[row], shipments.currency[row]);
  }
}

Result<Report> RunCustomers(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kShipments, HistoryPart::kFacts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const auto credit = CreditBook::Make(*request.log, history, cut);
  RETURN_IF_ERROR(credit);
  CustomerBook book(history, cut);
  book.AddCustomers(request.log->identity().currency);
  book.AddItems();
  book.AddLimits();
  book.AddShipments();
  const CustomerAttribute names(history, cut, kNameAttribute);
  const CustomerAttribute salespeople(history, cut, kSalespersonAttribute);
  const CustomerAttribute terms(history, cut, kTermsAttribute);
  const std::string searched = FoldedForSearch(request.subject);

  Report report = EmptyReport(kCustomersReport, cut);
  for (const auto& [key, standing] : book.standings()) {
    const uint32_t customer = key.first;
    if (!HoldsText(history.customers.id[customer], names.Of(customer), searched)) continue;
    const Currency currency = *Currency::Parse(key.second);
    report.rows.push_back({std::string(history.customers.id[customer]), std::string(names.Of(customer)), key.second,
                           Money{standing.open - standing.unapplied, currency},
                           Money{std::max<Sum>(0, standing.overdue - standing.unapplied), currency},
                           standing.oldest > 0 ? Cell(standing.oldest) : Cell(), Money{standing.limit, currency},
                           std::string(salespeople.Of(customer)),
                           Term{std::string(credit->StateOf(customer)), "customer"},
                           Term{std::string(terms.Of(customer))},
                           standing.last_payment.has_value() ? Cell(*standing.last_payment) : Cell()});
  }
  std::stable_sort(report.rows.begin(), report.rows.end(), [](const Row& a, const Row& b) {
    return std::get<std::string>(a[0]) < std::get<std::string>(b[0]);
  });
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
        {"overdue", "what is past its due date, less what is disputed of it and what is unapplied",
         ColumnType::kBalance},
        {"oldest", "the greatest number of days by which something is overdue", ColumnType::kNumber},
        {"limit", "up to what the customer may owe", ColumnType::kMoney},
        {"salesperson", "who looks after the customer"},
        {"state", "opened, trading once its account is approved or something is dealt in, or held", ColumnType::kWord},
        {"terms", "when invoices are due that do not say so", ColumnType::kWord},
        {"last_payment", "the day of the last payment", ColumnType::kDate},
    },
    ListParameters({kSearched, kOfCustomers, kNonZero})};

}  // namespace duebook
