#include "projections/reports/curve_columns.h"

namespace duebook {

CurveColumns::CurveColumns(const History& history, uint64_t known, const CurveScope& scope, const DayColumns& by_day,
                           std::span<const uint32_t> apart)
    : count_(by_day.count + 1), columns_(history.items.seq.size(), count_) {
  const History::Items& items = history.items;
  const uint32_t unapplied = by_day.count, left_out = count_;
  const size_t rows = RowsKnown(items.seq, known);
  const ColumnView<Date>& ages_from = scope.basis == AgingBasis::kInvoice ? items.date : items.due;
  const auto fill = [&](auto days, auto kinds, auto currencies) {
    const auto currency = StoredForm<Currency>::Put(scope.currency);
    for (size_t item = 0; item < rows; ++item) {
      columns_[item] = currencies[item] != currency        ? left_out
                       : kinds[item] != ItemKind::kInvoice ? unapplied
                                                           : by_day.Of(days[item]);
    }
  };
  ages_from.VisitStored(0, rows, [&](auto days) {
    items.kind.VisitStored(0, rows, [&](auto kinds) {
      items.currency.VisitStored(0, rows, [&](auto currencies) { fill(days, kinds, currencies); });
    });
  });
  if (scope.customers.has_value()) {
    std::vector<bool> chosen(history.customers.seq.size());
    for (const uint32_t customer : *scope.customers) chosen[customer] = true;
    for (size_t item = 0; item < rows; ++item) {
      if (!chosen[items.customer[item]]) columns_[item] = left_out;
    }
  }
  for (uint32_t place = 0; place < apart.size(); ++place) {
    uint32_t& column = columns_[apart[place]];
    if (column < left_out) column = left_out + 1 + place;
  }
}

}  // namespace duebook
