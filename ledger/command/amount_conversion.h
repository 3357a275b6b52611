// From a decimal number as written to minor units of a currency.

#pragma once

#include <optional>
#include <string_view>

#include "ledger/command/rejection.h"
#include "ledger/values/money.h"

namespace duebook {

// Sets `minor`, or refuses and leaves it: kTooManyDecimals, kAmountOutOfRange. `decimals` is that of `currency`.
std::optional<Rejection> ConvertToMinor(const Decimal& decimal, Currency currency, int decimals, std::string_view field,
                                        Minor* minor);

}  // namespace duebook
