#include "ledger/events/confirmations.h"

#include <algorithm>

namespace duebook {

Name ConfirmationOf(Books& books, const Customer& customer, std::string_view order, Date date) {
  const auto& numbers = customer.papers->confirmations;
  const auto found = std::find_if(numbers.rbegin(), numbers.rend(), [&](const Name& number) {
    const auto& confirmation = books.Get<Confirmation>(books.FindDocument(DocumentKind::kConfirmation, number));
    const bool holds = confirmation.date <= date && date <= confirmation.valid_until && date < confirmation.reversed_on;
    return holds && (order.empty() || confirmation.order.text() == order);
  });
  return found == numbers.rend() ? Name() : *found;
}

}  // namespace duebook
