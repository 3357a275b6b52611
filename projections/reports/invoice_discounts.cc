#include "projections/reports/invoice_discounts.h"

#include <utility>

namespace duebook {

InvoiceDiscounts::InvoiceDiscounts(const History& history, const Cut& cut)
    : history_(history), terms_(history, cut, kTermsAttribute) {
  for (uint32_t row = 0; row < RowsKnown(history.attributes.seq, cut.known); ++row) {
    if (history.attribute_names.name[history.attributes.attribute[row]] != kTermsAttribute) continue;
    EarlyDiscounts discounts = ParseDiscounts(DiscountsIn(history.attributes.value[row]));
    if (!discounts.empty()) of_rows_.emplace(row, std::move(discounts));
  }
  for (uint32_t fact = 0; fact < RowsKnown(history.facts.seq, cut.known); ++fact) {
    if (history.facts.type[fact] != EventType::InvoiceIssued) continue;
    of_items_.emplace(history.ItemAt(history.facts.seq[fact]), ParseDiscounts(history.facts.text[fact]));
  }
}

int64_t InvoiceDiscounts::Of(uint32_t invoice, Date payment) const {
  if (of_rows_.empty() && of_items_.empty()) return 0;
  const History::Items& items = history_.items;
  const EarlyDiscounts* discounts = nullptr;
  if (const auto own = of_items_.find(invoice); own != of_items_.end()) {
    discounts = &own->second;
  } else if (const auto row = terms_.RowOn(items.customer[invoice], items.date[invoice], items.seq[invoice])) {
    const auto of_row = of_rows_.find(*row);
    if (of_row != of_rows_.end()) discounts = &of_row->second;
  }
  if (discounts == nullptr) return 0;
  const EarlyDiscount* earned = DiscountFor(*discounts, items.date[invoice], payment);
  return earned == nullptr ? 0 : earned->ppm;
}

}  // namespace duebook
