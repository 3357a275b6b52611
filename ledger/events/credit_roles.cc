#include "ledger/events/credit_roles.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/events/documents.h"

namespace duebook {

namespace {

bool IsFree(const std::vector<RoleChange>& changes, std::string_view role, Date date) {
  return role == kCreditRole && std::none_of(changes.begin(), changes.end(), [&](const RoleChange& change) {
           return change.role == role && HoldsRole(changes, change.user, role, date);
         });
}

// `what` is what the roles are needed for.
std::optional<Rejection> CheckPerson(const RuleCase& rule_case, const std::vector<std::string>& roles,
                                     std::string_view salesperson, std::string_view what) {
  const std::vector<RoleChange>& changes = rule_case.books.control().role_changes;
  const Date date = rule_case.event.date();
  const std::string_view actor = rule_case.event.actor();
  const bool may = !actor.empty() && std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return HoldsRoleStill(changes, actor, role, date) || IsFree(changes, role, date);
  });
  if (!may) {
    return Rejection{RejectionCode::kMissingRole,
                     roles.empty()
                         ? fmt::format("{} is above the last band of the credit policy: nobody may set it", what)
                     : actor.empty() ? fmt::format("no actor is named, and {} takes one who holds a role on {}: {}",
                                                   what, date.ToString(), fmt::join(roles, ", "))
                                     : fmt::format("{} holds none of the roles that it takes for {} on {}: {}", actor,
                                                   what, date.ToString(), fmt::join(roles, ", ")),
                     "actor"};
  }
  if (actor.empty() || actor != salesperson) return std::nullopt;
  return Rejection{
      RejectionCode::kSalespersonApproves,
      fmt::format("{} is the customer's salesperson on {}, and cannot decide about its credit", actor, date.ToString()),
      "actor"};
}

// Null if nobody is to be asked.
const CreditPolicy* GoverningPolicy(const RuleCase& rule_case) {
  if (rule_case.event.imported()) return nullptr;
  return CreditPolicyOn(rule_case.books.control().credit_policies, rule_case.event.date());
}

}  // namespace

std::string_view SalespersonOf(const RuleCase& rule_case) {
  return rule_case.customer == nullptr ? std::string_view()
                                       : TextOn(rule_case.customer->salespersons, rule_case.event.date());
}

std::optional<Rejection> CheckCreditKeeper(RuleCase& rule_case) {
  if (GoverningPolicy(rule_case) == nullptr) return std::nullopt;
  return CheckPerson(rule_case, {std::string(kCreditRole)}, SalespersonOf(rule_case), rule_case.event.info().name);
}

std::optional<Rejection> CheckMayOverride(RuleCase& rule_case) {
  const CreditPolicy* policy = GoverningPolicy(rule_case);
  if (policy == nullptr) return std::nullopt;
  return CheckPerson(rule_case, policy->override_roles, SalespersonOf(rule_case), rule_case.event.info().name);
}

std::optional<Rejection> CheckMaySetLimit(RuleCase& rule_case, Minor limit, std::string_view salesperson) {
  const CreditPolicy* policy = GoverningPolicy(rule_case);
  if (policy == nullptr) return std::nullopt;
  const Currency currency = rule_case.event.currency();
  return CheckPerson(rule_case, RolesForLimit(*policy, currency, limit), salesperson,
                     fmt::format("a limit of {}", Shown(limit, currency)));
}

std::optional<Rejection> CheckMaySetLimit(RuleCase& rule_case, Minor limit) {
  return CheckMaySetLimit(rule_case, limit, SalespersonOf(rule_case));
}

}  // namespace duebook
