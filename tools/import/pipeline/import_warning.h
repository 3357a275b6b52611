// What an import remarks about a line that it records all the same.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace duebook {

enum class WarningCode : uint8_t {
  kDuplicateEntry,  // under another id there is one of the same customer, day, amount and reference
  kDueBeforeDate,   // an invoice is due before its own date
  kDistantDate,     // decades away from the day of the import
  kUnusualAmount,   // a thousand times what the customer had so far
};
inline constexpr std::array kAllWarningCodes = {WarningCode::kDuplicateEntry, WarningCode::kDueBeforeDate,
                                                WarningCode::kDistantDate, WarningCode::kUnusualAmount};

// "duplicate_entry"
std::string_view CodeName(WarningCode code);

struct ImportWarning {
  size_t item;  // of its batch
  WarningCode code;
  std::string field;     // the field of the record that it is about
  std::string sentence;  // with the figures that led to it, without a final stop
};

}  // namespace duebook
