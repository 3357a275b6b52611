// Prices that customers confirm in writing.

#pragma once

#include <string_view>

#include "ledger/books/books.h"

namespace duebook {

// Returns the number of the last confirmation that holds on a day for goods of this order: one of the same order, or
// any one of the customer's where there is no order. An empty one if there is none. Requires that the customer is there
// as a whole (Books::CompleteCustomer). Cost: up to one look-up for each of the customer's confirmations, the newest
// first.
Name ConfirmationOf(Books& books, const Customer& customer, std::string_view order, Date date);

}  // namespace duebook
