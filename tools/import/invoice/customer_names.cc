#include "tools/import/invoice/customer_names.h"

#include <fmt/core.h>
#include <toml++/toml.h>

#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "tools/import/map/map_faults.h"
#include "tools/import/rows/toml_file.h"

namespace duebook {

namespace {

constexpr std::string_view kTranslate = "translate";
constexpr std::string_view kCustomer = "customer";

int LineOf(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

// Returns the table of this key, and keeps a fault for every other; null if it is not there.
const toml::table* OnlyTable(const toml::table& table, std::string_view key, MapFaults* faults) {
  for (const auto& [other, node] : table) {
    if (other.str() == key && node.as_table() != nullptr) continue;
    faults->Add(LineOf(node), fmt::format("{} does not belong into a file for e-invoices", Quoted(other.str())),
                "it has one table, [translate.customer]");
  }
  const toml::node* found = table.get(key);
  return found == nullptr ? nullptr : found->as_table();
}

}  // namespace

Result<CustomerNames> LoadCustomerNames(const std::string& path) {
  const auto text = ReadTomlText(path);
  RETURN_IF_ERROR(text);
  const auto root = ParseToml(*text, path);
  RETURN_IF_ERROR(root);
  CustomerNames names;
  MapFaults faults(path);
  const toml::table* translate = OnlyTable(*root, kTranslate, &faults);
  const toml::table* customers = translate == nullptr ? nullptr : OnlyTable(*translate, kCustomer, &faults);
  if (customers == nullptr) {
    faults.Add(1, "there is no [translate.customer]", "its lines say who a buyer is: \"DE811907980\" = \"C-17\"");
    return faults.Take();
  }
  for (const auto& [buyer, node] : *customers) {
    const auto customer = node.value_exact<std::string>();
    if (!customer.has_value()) faults.Add(LineOf(node), fmt::format("{} must be a text in quotes", buyer.str()));
    names[std::string(buyer.str())] = customer.value_or("");
  }
  if (!faults.empty()) return faults.Take();
  return names;
}

}  // namespace duebook
