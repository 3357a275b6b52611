#include "ledger/events/customer_master.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "ledger/values/ascii.h"
#include "ledger/values/payment_terms.h"
#include "ledger/values/suggestion.h"

namespace duebook {

std::optional<Rejection> CheckTerms(std::string_view terms) {
  std::string problem;
  if (terms.empty() || PaymentTerms::Parse(terms, &problem).has_value()) return std::nullopt;
  return Rejection{RejectionCode::kBadField,
                   fmt::format("{} are no payment terms: {}; write such as \"net 30\", \"2/10 net 30\", "
                               "\"monthly 25 pay 10+1\" or \"30% net 0, 70% net 60\"",
                               Quoted(terms), problem),
                   "terms"};
}

// What can stand in a CSV cell, and be asked of a report. Every character beyond ASCII counts as a letter.
bool IsAttributeName(std::string_view name) {
  const auto is_letter = [](char c) { return LowerCase(c) >= 'a' && LowerCase(c) <= 'z'; };
  const auto is_beyond_ascii = [](char c) { return (static_cast<uint8_t>(c) & 0x80) != 0; };
  const auto fits = [&](char c) {
    return is_letter(c) || is_beyond_ascii(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && (is_letter(name.front()) || is_beyond_ascii(name.front())) &&
         std::all_of(name.begin(), name.end(), fits);
}

std::string_view FieldCalled(std::string_view name) {
  for (const FieldInfo& field : InfoOf(EventType::CustomerChanged).fields) {
    if (IsSameInAnyCase(field.name, name)) return field.name;
  }
  for (const CommonFieldInfo& field : CommonFields()) {
    if (IsSameInAnyCase(field.name, name)) return field.name;
  }
  return "";
}

std::optional<Rejection> CheckAttributes(const CustomerAttributes* attributes) {
  constexpr size_t kMost = 16;
  const auto refused = [](std::string sentence) {
    return Rejection{RejectionCode::kBadField, std::move(sentence), "attributes"};
  };
  std::set<std::string_view> names;
  if (attributes == nullptr) return std::nullopt;
  if (attributes->size() > kMost)
    return refused(fmt::format("{} attributes are given; at most {}", attributes->size(), kMost));
  for (const schema::CustomerAttribute* attribute : *attributes) {
    const std::string_view name = EventView::Text(attribute->name());
    if (!names.insert(name).second) return refused(fmt::format("the attribute {} is given twice", Quoted(name)));
    if (!IsAttributeName(name)) {
      return refused(fmt::format(
          "an attribute's name is a word of letters, digits, _ and - that begins with a letter, and {} is none",
          Quoted(name)));
    }
    if (const std::string_view field = FieldCalled(name); !field.empty()) {
      return refused(fmt::format("{} is no attribute of its own: {} is a field", Quoted(name), field));
    }
  }
  return std::nullopt;
}

}  // namespace duebook
