#include "ledger/loading/gate_of_log.h"

#include <fmt/core.h>

#include <utility>

#include "ledger/loading/books_from_log.h"

namespace duebook {

Result<std::vector<CheckedCredit>> JudgeShipmentByLog(const EventLog& log, ShipmentToJudge shipment,
                                                      std::string_view payment) {
  Books books;
  const auto from_log = BooksFromLog::Open(log, &books, {.least = UINT64_MAX});
  RETURN_IF_ERROR(from_log);
  if (!books.FindCustomer(shipment.customer)) {
    RETURN_IF_ERROR(books.status());
    return Error{ErrorCode::kNotFound, fmt::format("there is no customer {}", shipment.customer), ""};
  }
  if (!payment.empty()) {
    shipment.payment = books.FindDocument(DocumentKind::kPayment, payment);
    const DocumentBase* document = shipment.payment.document();
    if (document == nullptr || document->customer.text() != shipment.customer ||
        document->currency != shipment.currency) {
      RETURN_IF_ERROR(books.status());
      return Error{ErrorCode::kNotFound,
                   fmt::format("{} has no payment {} in {}", shipment.customer, payment, shipment.currency.ToString()),
                   ""};
    }
  }
  auto checked = JudgeShipment(books, shipment);
  RETURN_IF_ERROR(books.status());
  return checked;
}

}  // namespace duebook
