#include "ledger/books/credit_policy.h"

#include <algorithm>
#include <initializer_list>

#include "ledger/command/spelling.h"

namespace duebook {

namespace {

using TextList = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

bool IsGiven(const TextList* words) { return words != nullptr && words->size() > 0; }

using Words = std::initializer_list<std::string_view>;
constexpr Words kChecksByDefault{"approval", "hold", "overdue", "limit"};
constexpr Words kGuaranteesByDefault{"deposit", "bank_guarantee", "insurance"};
constexpr Words kBillsByDefault{"bank_acceptance", "commercial_acceptance"};

// Marks those of the words that are given, or the default ones if none is.
template <size_t kWords>
std::array<bool, kWords> Marked(const TextList* given, const std::array<std::string_view, kWords>& words,
                                std::initializer_list<std::string_view> by_default) {
  std::array<bool, kWords> marked{};
  const auto mark = [&](std::string_view word) {
    if (const auto place = PlaceOf(words, word)) marked[*place] = true;
  };
  if (IsGiven(given)) {
    for (const flatbuffers::String* word : *given) mark(EventView::Text(word));
  } else {
    for (const std::string_view word : by_default) mark(word);
  }
  return marked;
}

std::vector<std::string> RolesIn(const TextList* given) {
  std::vector<std::string> roles;
  if (!IsGiven(given)) return roles;
  for (const flatbuffers::String* role : *given) roles.push_back(Nfc(EventView::Text(role)));
  return roles;
}

}  // namespace

CreditPolicy CreditPolicyOf(EventView event) {
  const auto& body = event.body<schema::CreditPolicySet>();
  CreditPolicy policy;
  policy.currency = event.currency();
  policy.checks = Marked(body.checks(), kCreditChecks, kChecksByDefault);
  policy.overdue = {body.overdue_days(), EventView::Text(body.disputed()) == "counts"};
  policy.overdue_amount = AmountOf(body.overdue_amount());
  policy.prepaid_passes = EventView::Text(body.prepaid()) != "none";
  policy.guarantees = Marked(body.guarantees(), kGuaranteeKinds, kGuaranteesByDefault);
  policy.bills = Marked(body.bills(), kBillMethods, kBillsByDefault);
  if (body.bands() != nullptr) {
    for (const schema::CreditBand* stored : *body.bands()) {
      CreditBand& band = policy.bands.emplace_back();
      if (stored->up_to() != nullptr) band.up_to = stored->up_to()->minor();
      band.roles = RolesIn(stored->roles());
    }
  }
  policy.override_roles = RolesIn(body.override_roles());
  if (policy.override_roles.empty()) policy.override_roles.emplace_back(kCreditRole);
  return policy;
}

const CreditPolicy* CreditPolicyOn(const std::vector<DatedCreditPolicy>& policies, Date date) {
  const DatedCreditPolicy* last = nullptr;
  for (const DatedCreditPolicy& each : policies) {
    if (each.date <= date && (last == nullptr || each.date >= last->date)) last = &each;
  }
  return last == nullptr ? nullptr : &last->policy;
}

const CreditPolicy& CreditCountedOn(const std::vector<DatedCreditPolicy>& policies, Date date) {
  static const CreditPolicy none = [] {
    CreditPolicy policy;
    policy.guarantees = Marked(nullptr, kGuaranteeKinds, kGuaranteesByDefault);
    policy.bills = Marked(nullptr, kBillMethods, kBillsByDefault);
    return policy;
  }();
  const CreditPolicy* policy = CreditPolicyOn(policies, date);
  return policy == nullptr ? none : *policy;
}

std::vector<std::string> RolesForLimit(const CreditPolicy& policy, Currency currency, Minor limit) {
  if (policy.bands.empty() || currency != policy.currency) return {std::string(kCreditRole)};
  for (const CreditBand& band : policy.bands) {
    if (!band.up_to.has_value() || limit <= *band.up_to) return band.roles;
  }
  return {};
}

}  // namespace duebook
