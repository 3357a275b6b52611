#include "projections/shared/found_event.h"

#include <fmt/format.h>

#include "ledger/values/hash.h"

namespace duebook {

std::string IdOver(std::string_view prefix, std::initializer_list<std::string_view> parts) {
  constexpr size_t kDigits = 32;
  return std::string(prefix) + ToHex(Sha256(fmt::format("{}", fmt::join(parts, "\n")))).substr(0, kDigits);
}

}  // namespace duebook
