// Who the buyers of e-invoices are, where invoices do not name them as the ledger does: a page of TOML with one table,
// written as those of a map are.
//
//   [translate.customer]
//   "DE811907980" = "C-17"
//   "Nordwind GmbH" = "C-18"

#pragma once

#include <map>
#include <string>

#include "ledger/values/result.h"

namespace duebook {

// The customers' numbers, by what invoices call them.
using CustomerNames = std::map<std::string, std::string, std::less<>>;

// kNotFound, kUnavailable: the file cannot be read. kInvalidArgument: it is not such a page; the sentence has file and
// line.
Result<CustomerNames> LoadCustomerNames(const std::string& path);

}  // namespace duebook
