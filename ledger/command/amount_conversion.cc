#include "ledger/command/amount_conversion.h"

#include <fmt/format.h>

namespace duebook {

std::optional<Rejection> ConvertToMinor(const Decimal& decimal, Currency currency, int decimals, std::string_view field,
                                        Minor* minor) {
  Decimal::Problem problem = Decimal::Problem::kNone;
  const std::optional<Minor> converted = decimal.ToMinor(decimals, &problem);
  if (converted.has_value()) {
    *minor = *converted;
    return std::nullopt;
  }
  if (problem == Decimal::Problem::kSyntax) {
    return Rejection{RejectionCode::kBadAmount,
                     fmt::format("{} is written with {} decimals, but {} has {}", field, decimal.scale,
                                 currency.ToString(), decimals),
                     std::string(field)};
  }
  return Rejection{RejectionCode::kBadAmount,
                   fmt::format("{} is more than 64 bits of minor units of {} can hold", field, currency.ToString()),
                   std::string(field)};
}

}  // namespace duebook
