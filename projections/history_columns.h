// The columns of History one after the other, for what treats them all alike: persisting and comparing.

#pragma once

#include "projections/history.h"

namespace duebook {

// Calls visit(column) for each column, in the order in which they are persisted. A column is a vector or a TextColumn.
template <class AnyHistory, class Visit>
void ForEachColumn(AnyHistory& history, Visit&& visit) {
  const auto visit_all = [&](auto&... columns) { (visit(columns), ...); };
  auto& customers = history.customers;
  visit_all(customers.seq, customers.date, customers.id, customers.name, customers.salesperson);
  auto& items = history.items;
  visit_all(items.seq, items.date, items.due, items.amount, items.customer, items.currency, items.kind,
            items.salesperson, items.number, history.salespeople);
  auto& instalments = history.instalments;
  visit_all(instalments.item, instalments.due, instalments.amount);
  auto& movements = history.movements;
  visit_all(movements.seq, movements.date, movements.amount, movements.item, movements.counterpart, movements.kind);
  auto& disputes = history.disputes;
  visit_all(disputes.seq, disputes.date, disputes.amount, disputes.item);
  auto& resolutions = history.resolutions;
  visit_all(resolutions.seq, resolutions.date, resolutions.dispute);
  visit_all(history.latest_dates.seq, history.latest_dates.date);
}

}  // namespace duebook
