// What columns of other systems hold, by their names in English, German and Chinese.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace duebook {

enum class ColumnRole {
  kCustomer,
  kName,
  kInvoice,
  kPayment,
  kDate,
  kDue,
  kAmount,
  kCurrency,
  kTerms,
  kSalesperson,
  kType,
  kText
};
inline constexpr size_t kColumnRoles = static_cast<size_t>(ColumnRole::kText) + 1;

// Returns for each role the place of the column that has it, if there is one: of several that may, the one with the
// name that says it best.
std::array<std::optional<size_t>, kColumnRoles> RolesOf(const std::vector<std::string>& columns);

}  // namespace duebook
