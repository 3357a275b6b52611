// Roles: who holds which, from when to when, who granted it, and what is to be remarked of that.

#include <string>
#include <vector>

#include "projections/history/visible_events.h"
#include "projections/reports/role_register.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kRolesReport;

namespace {

Row RowOf(const RoleRegister& roles, const RoleGrant& grant) {
  const std::optional<Date> end = roles.EndOf(grant);
  std::vector<Term> marks;
  for (const RoleMark mark : grant.marks) marks.push_back({std::string(MarkName(mark)), "role"});
  return {grant.user,       grant.role,        grant.from,      end.has_value() ? Cell(*end) : Cell(),
          grant.granted_by, grant.recorded_at, std::move(marks)};
}

// Policies rest on the same role, but have no row among those who hold one.
void AddPolicies(const RoleRegister& roles, Report& report) {
  std::vector<Term> policies;
  for (const auto& [seq, type] : roles.policies_without_administrator()) {
    policies.push_back({type + " " + std::to_string(seq)});
  }
  if (!policies.empty()) report.figures.emplace_back("set without administrator", std::move(policies));
}

// Events recorded by somebody without the role for them have no row either; they are listed below the table.
void AddWithoutRole(const RoleRegister& roles, Report& report) {
  std::vector<Term> events;
  for (const auto& [seq, type] : roles.without_role()) events.push_back({type + " " + std::to_string(seq)});
  if (!events.empty()) report.figures.emplace_back("recorded without the role", std::move(events));
}

Result<Report> RunRoles(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto seqs = SeqsOfTypes(*request.log, {EventType::RoleGranted, EventType::RoleRevoked, EventType::WriteOffPolicySet,
                                         EventType::PeriodClosed, EventType::PeriodReopened, EventType::CreditPolicySet,
                                         EventType::TolerancePolicySet, EventType::CalendarSet,
                                         EventType::ReminderPolicySet, EventType::InterestSet});
  RETURN_IF_ERROR(seqs);
  RoleRegister roles;
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) { roles.Evolve(event); }));
  Report report = EmptyReport(kRolesReport, cut);
  for (const RoleGrant& grant : roles.grants()) report.rows.push_back(RowOf(roles, grant));
  AddPolicies(roles, report);
  AddWithoutRole(roles, report);
  return report;
}

}  // namespace

const ReportInfo kRolesReport{
    "roles",
    "who holds which role, from when to when, and who granted it",
    "duebook roles --effective 2025-12-31",
    ReportRows::kListed,
    RunRoles,
    {
        {"user", "who holds the role"},
        {"role", "its name"},
        {"from", "the first day", ColumnType::kDate},
        {"to", "the day from which it is revoked or granted anew; none if that is not so", ColumnType::kDate},
        {"granted_by", "who granted it"},
        kRecordedAtColumn,
        {"mark", "what should be known of the grant", ColumnType::kWord},
    },
    ListParameters({})};

}  // namespace duebook
