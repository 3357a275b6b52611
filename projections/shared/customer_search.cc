#include "projections/shared/customer_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "ledger/command/spelling.h"
#include "ledger/log/names_in_log.h"
#include "ledger/values/suggestion.h"
#include "ledger/values/text.h"
#include "projections/history/customer_attribute.h"
#include "projections/history/history.h"

namespace duebook {

namespace {

constexpr size_t kMostNamed = 5;

std::string ShownCustomer(const FoundCustomer& customer) {
  return customer.name.empty() ? customer.id : fmt::format("{} ({})", customer.id, customer.name);
}

// Returns the customers with this text in their number or name, as they are called by now.
std::vector<FoundCustomer> Holding(const History& history, const CustomerAttribute& names, std::string_view text) {
  const std::string folded = FoldedForSearch(text);
  std::vector<FoundCustomer> found;
  for (uint32_t row = 0; row < history.customers.seq.size() && !folded.empty(); ++row) {
    const std::string_view id = history.customers.id[row];
    const std::string_view name = names.Of(row);
    if (HoldsText(id, name, folded)) found.push_back({std::string(id), std::string(name), true});
  }
  return found;
}

// Returns the customer whose number or name is most like the text, if any is.
std::vector<FoundCustomer> Nearest(const History& history, const CustomerAttribute& names, std::string_view text) {
  std::vector<std::string_view> ids, called;
  for (uint32_t row = 0; row < history.customers.seq.size(); ++row) {
    ids.push_back(history.customers.id[row]);
    called.push_back(names.Of(row));
  }
  for (const auto* candidates : {&ids, &called}) {
    const std::string_view closest = ClosestName(text, *candidates);
    if (closest.empty()) continue;
    const auto row = std::find(candidates->begin(), candidates->end(), closest) - candidates->begin();
    return {{std::string(ids[static_cast<size_t>(row)]), std::string(called[static_cast<size_t>(row)]), true}};
  }
  return {};
}

Error NotFound(std::string_view given, const std::vector<FoundCustomer>& meant) {
  std::vector<std::string> shown;
  for (size_t i = 0; i < std::min(meant.size(), kMostNamed); ++i) shown.push_back(Printable(ShownCustomer(meant[i])));
  if (meant.size() > kMostNamed) shown.push_back(fmt::format("{} more", meant.size() - kMostNamed));
  return {ErrorCode::kNotFound, fmt::format("there is no customer {}", Printable(given)),
          shown.empty() ? "" : fmt::format("did you mean {}?", fmt::join(shown, ", "))};
}

}  // namespace

bool HoldsText(std::string_view id, std::string_view name, std::string_view folded) {
  return FoldedForSearch(id).find(folded) != std::string::npos ||
         FoldedForSearch(name).find(folded) != std::string::npos;
}

Result<FoundCustomer> FindCustomer(const EventLog& log, std::string_view given, bool by_part) {
  auto id = CustomerInLog(log, given);
  RETURN_IF_ERROR(id);
  const auto events = log.Find(CustomerKey(*id));
  RETURN_IF_ERROR(events);
  if (!events->empty()) return FoundCustomer{*std::move(id), "", false};
  const auto history = History::Load(log, std::vector{HistoryPart::kFigures});
  RETURN_IF_ERROR(history);
  const CustomerAttribute names(*history, {Date::Max(), log.last_seq()}, kNameAttribute);
  std::vector<FoundCustomer> found = Holding(*history, names, given);
  if (by_part && found.size() == 1) return std::move(found.front());
  if (found.empty()) found = Nearest(*history, names, given);
  return NotFound(given, found);
}

}  // namespace duebook
