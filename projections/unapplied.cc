// Unapplied: payments and unallocated credit notes that are not used up, and since when. In order of
// customer, and then of date.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "projections/item_balances.h"
#include "projections/item_list.h"
#include "projections/projection.h"

namespace duebook {

extern const ReportInfo kUnappliedReport;

namespace {

Result<Report> RunUnapplied(const ReportRequest& request) {
  auto cut = request.ResolvedCut();
  RETURN_IF_ERROR(cut);
  auto loaded = request.LoadHistory();
  RETURN_IF_ERROR(loaded);
  const History& history = **loaded;
  auto balances = ItemBalances(history, *cut);
  RETURN_IF_ERROR(balances);

  std::vector<ListedItem> items;
  for (uint32_t item = 0; item < balances->size(); ++item) {
    const ItemKind kind = history.items.kind[item];
    if ((*balances)[item] == 0 || kind == ItemKind::kInvoice) continue;
    const Currency currency = history.items.currency[item];
    const Date date = history.items.date[item];
    items.push_back(
        {item,
         {std::string(history.customers.id[history.items.customer[item]]), std::string(history.items.number[item]),
          std::string(KindName(kind == ItemKind::kPayment ? DocumentKind::kPayment : DocumentKind::kCreditNote)),
          currency.ToString(), date, Money{history.items.amount[item], currency}, Money{(*balances)[item], currency},
          static_cast<int64_t>(cut->effective - date)}});
  }
  std::stable_sort(items.begin(), items.end(), [&](const ListedItem& a, const ListedItem& b) {
    return history.items.date[a.item] < history.items.date[b.item];
  });
  SortByCustomer(history, items);
  constexpr auto kRight = Column::Align::kRight;
  Report report{"unapplied",
                *cut,
                {{"customer"},
                 {"document"},
                 {"kind"},
                 {"currency"},
                 {"date"},
                 {"amount", kRight},
                 {"unapplied", kRight},
                 {"age", kRight}},
                {},
                {},
                {}};
  return FinishItemList(std::move(report), request, history, std::move(items));
}

}  // namespace

const ReportInfo kUnappliedReport{"unapplied", "payments and credit notes that are not used up, and since when",
                                  "duebook unapplied --effective 2025-12-31", RunUnapplied};

}  // namespace duebook
