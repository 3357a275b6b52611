#include "ledger/events/customer_master.h"

#include <fmt/core.h>

#include "ledger/values/payment_terms.h"

namespace duebook {

std::optional<Rejection> CheckTerms(std::string_view terms) {
  if (terms.empty() || PaymentTerms::Parse(terms).has_value()) return std::nullopt;
  return Rejection{RejectionCode::kBadField,
                   fmt::format("'{}' are no payment terms; write \"net 30\" or \"2/10 net 30\"", terms), "terms"};
}

}  // namespace duebook
