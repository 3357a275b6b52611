// Receipts: every payment that came in within a range of days, by which channel, and what the channel kept. In order of
// the days.

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/history/reversed_items.h"
#include "projections/reports/bill_book.h"
#include "projections/shared/item_list.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kReceiptsReport;

namespace {

// What payments are at the cut, by their items: that of a bill where they are by one.
class StatesOfPayments {
 public:
  StatesOfPayments(const History& history, const Cut& cut) : reversed_(ReversedItems(history, cut)) {
    for (const BookedBill& bill : BillsAt(history, cut)) of_bills_.emplace(bill.item, bill.state);
  }

  Term Of(uint32_t item) const {
    const auto bill = of_bills_.find(item);
    if (bill != of_bills_.end()) return Term{std::string(bill->second), "bill"};
    return Term{reversed_.contains(item) ? std::string(kReversedState) : "in force", "receipt"};
  }

 private:
  std::unordered_map<uint32_t, Date> reversed_;
  std::unordered_map<uint32_t, std::string_view> of_bills_;
};

// The payments of the range that the cut sees, in order of their days, then of seq.
std::vector<uint32_t> PaymentsIn(const History& history, const Cut& cut, const ReportRequest& request) {
  const Date first = request.from.value_or(Date::Min());
  const Date last = std::min(request.to.value_or(Date::Max()), cut.effective);
  std::vector<uint32_t> payments;
  const auto items = static_cast<uint32_t>(RowsKnown(history.items.seq, cut.known));
  for (uint32_t item = 0; item < items; ++item) {
    const Date date = history.items.date[item];
    if (history.items.kind[item] == ItemKind::kPayment && date >= first && date <= last) payments.push_back(item);
  }
  std::stable_sort(payments.begin(), payments.end(),
                   [&](uint32_t a, uint32_t b) { return history.items.date[a] < history.items.date[b]; });
  return payments;
}

// What only the event of a payment says.
struct Particulars {
  std::string method;
  Minor fee = 0;
  std::string reference;
};

// By seq.
Result<std::unordered_map<uint64_t, Particulars>> ParticularsOf(const EventLog& log, const History& history,
                                                                const std::vector<uint32_t>& payments) {
  std::vector<uint64_t> seqs;
  seqs.reserve(payments.size());
  for (const uint32_t item : payments) seqs.push_back(history.items.seq[item]);
  std::sort(seqs.begin(), seqs.end());
  std::unordered_map<uint64_t, Particulars> particulars;
  RETURN_IF_ERROR(log.GetMany(seqs, [&](EventView event) {
    if (event.type() != EventType::PaymentReceived) return;
    const auto& body = event.body<schema::PaymentReceived>();
    particulars[event.seq()] = {std::string(EventView::Text(body.method())), AmountOf(body.fee()),
                                std::string(EventView::Text(body.reference()))};
  }));
  return particulars;
}

Result<Report> RunReceipts(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kFacts, HistoryPart::kNumbers});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const std::vector<uint32_t> payments = PaymentsIn(history, cut, request);
  auto particulars = ParticularsOf(*request.log, history, payments);
  RETURN_IF_ERROR(particulars);
  const StatesOfPayments states(history, cut);
  std::vector<ListedItem> items;
  items.reserve(payments.size());
  for (const uint32_t item : payments) {
    const Currency currency = history.items.currency[item];
    const Minor amount = history.items.amount[item];
    Particulars& said = (*particulars)[history.items.seq[item]];
    items.push_back({item,
                     {std::string(history.customers.id[history.items.customer[item]]),
                      std::string(history.items.number[item]), history.items.date[item], Term{said.method, "method"},
                      currency.ToString(), Money{amount, currency}, Money{said.fee, currency},
                      Money{Sum{amount} - said.fee, currency}, std::move(said.reference), states.Of(item)}});
  }
  return FinishItemList(EmptyReport(kReceiptsReport, cut), request, history, std::move(items));
}

}  // namespace

const ReportInfo kReceiptsReport{
    "receipts",
    "payments that came in, by which channel, and what the channel kept",
    "duebook receipts --from 2025-12 --to 2025-12-31",
    ReportRows::kDocuments,
    RunReceipts,
    {
        kCustomerColumn,
        {"payment", "its number"},
        {"date", "the day on which it came in", ColumnType::kDate},
        {"method", "how it was paid", ColumnType::kWord},
        kCurrencyColumn,
        {"amount", "what the customer paid", ColumnType::kMoney},
        {"fee", "what the channel kept of it", ColumnType::kMoney},
        {"net", "what the channel passed on", ColumnType::kMoney},
        {"reference", "what the payer wrote with it"},
        {"state", "in force or reversed; of a payment by bill, what became of that: see bills", ColumnType::kWord},
        kNameColumn,
        kAttributeColumn,
        kDocumentsColumn,
    },
    ListParameters({kFirstDay, kLastDay, kPeriod, kOfCustomers, kGroupedBy}),
    DefaultDay::kEvery};

}  // namespace duebook
