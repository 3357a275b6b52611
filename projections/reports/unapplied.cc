// Unapplied: payments and unallocated credit notes that are not used up, and since when. In order of
// customer, and then of date.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "projections/history/item_balances.h"
#include "projections/shared/item_list.h"
#include "projections/shared/payment_references.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kUnappliedReport;

namespace {

// What was taken of each item, by what for.
struct Taken {
  Sum applied = 0, refunded = 0;
};

std::vector<Taken> TakenOf(const History& history, const Cut& cut) {
  const History::Movements& movements = history.movements;
  std::vector<Taken> taken(history.items.seq.size());
  for (size_t i = 0; i < RowsKnown(movements.seq, cut.known); ++i) {
    if (movements.date[i] > cut.effective) continue;
    if (movements.kind[i] == MovementKind::kApplied) taken[movements.item[i]].applied -= movements.amount[i];
    if (movements.kind[i] == MovementKind::kRefunded) taken[movements.item[i]].refunded -= movements.amount[i];
  }
  return taken;
}

Result<Report> RunUnapplied(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto loaded = request.LoadHistory({HistoryPart::kNumbers});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const ItemBalances balances(history, cut);
  std::vector<uint32_t> left;
  std::vector<uint64_t> seqs;
  for (uint32_t item = 0; item < balances.size(); ++item) {
    if (balances[item] == 0 || history.items.kind[item] == ItemKind::kInvoice) continue;
    left.push_back(item);
    seqs.push_back(history.items.seq[item]);
  }
  const auto references = ReferencesOf(*request.log, seqs);
  RETURN_IF_ERROR(references);
  const std::vector<Taken> taken = TakenOf(history, cut);

  std::vector<ListedItem> items;
  for (const uint32_t item : left) {
    const Currency currency = history.items.currency[item];
    const Date date = history.items.date[item];
    const std::string number(history.items.number[item]);
    const auto reference = references->find(history.items.seq[item]);
    const bool is_payment = history.items.kind[item] == ItemKind::kPayment;
    items.push_back({item,
                     {std::string(history.customers.id[history.items.customer[item]]), is_payment ? number : "",
                      is_payment ? "" : number, currency.ToString(), date, Money{history.items.amount[item], currency},
                      Money{taken[item].applied, currency}, Money{taken[item].refunded, currency},
                      Money{balances[item], currency}, static_cast<int64_t>(cut.effective - date),
                      reference == references->end() ? std::string() : reference->second}});
  }
  std::stable_sort(items.begin(), items.end(), [&](const ListedItem& a, const ListedItem& b) {
    return history.items.date[a.item] < history.items.date[b.item];
  });
  SortByCustomer(history, items);
  return FinishItemList(EmptyReport(kUnappliedReport, cut), request, history, std::move(items));
}

}  // namespace

const ReportInfo kUnappliedReport{"unapplied",
                                  "payments and credit notes that are not used up, and since when",
                                  "duebook unapplied --effective 2025-12-31",
                                  ReportRows::kItems,
                                  RunUnapplied,
                                  {
                                      kCustomerColumn,
                                      kAttributeColumn,
                                      {"payment", "the payment's number, if it is one"},
                                      {"credit_note", "the credit note's number, if it is one"},
                                      kCurrencyColumn,
                                      kItemsColumn,
                                      {"date", "its day", ColumnType::kDate},
                                      {"amount", "its amount", ColumnType::kMoney},
                                      {"applied", "used for invoices", ColumnType::kMoney},
                                      {"refunded", "paid back", ColumnType::kMoney},
                                      {"unapplied", "what is left of it", ColumnType::kBalance},
                                      {"age", "days since its day", ColumnType::kNumber},
                                      {"reference", "what the payer wrote on the payment"},
                                      kNameColumn,
                                  },
                                  ListParameters({kOfCustomers, kGroupedBy})};

}  // namespace duebook
