// Write-offs with their approvals, states and breaks of the rules: the compliance report.

#include <map>
#include <string>
#include <vector>

#include "projections/grouping.h"
#include "projections/projection.h"
#include "projections/register.h"
#include "projections/salespeople.h"
#include "projections/visible_events.h"
#include "projections/write_off_register.h"

namespace duebook {
namespace {

// The events that the register folds, of the customers that have write-offs.
Result<std::vector<uint64_t>> SeqsToRead(const EventLog& log, const std::vector<std::string>& customers) {
  auto control = SeqsOfTypes(log, {EventType::RoleGranted, EventType::RoleRevoked, EventType::WriteOffPolicySet});
  RETURN_IF_ERROR(control);
  auto seqs = SeqsOfCustomers(log, customers);
  RETURN_IF_ERROR(seqs);
  return MergeSeqs(std::move(*control), *seqs);
}

Row RowOf(const WriteOffEntry& entry) {
  std::vector<std::string> approvals;
  for (const DatedApprover& approver : entry.approvers) {
    approvals.push_back(approver.user + " " + approver.date.ToString());
  }
  std::vector<Term> violations;
  for (const auto& [name, seqs] : entry.breaks) violations.push_back({std::string(BreakName(name))});
  return {entry.number,
          entry.customer,
          entry.invoice,
          entry.currency.ToString(),
          Money{entry.amount, entry.currency},
          entry.requested_by,
          entry.requested,
          std::move(approvals),
          Term{std::string(StageName(entry.stage))},
          std::move(violations)};
}

// "splitting 12 17": of each break, the events that show it.
Cell EvidenceOf(const WriteOffRegister& book, const WriteOffEntry& entry) {
  std::vector<Term> evidence;
  for (const auto& [name, events] : entry.breaks) {
    std::string& text = evidence.emplace_back(Term{std::string(BreakName(name))}).name;
    for (const uint64_t seq : book.Evidence(entry, name)) text.append(" ").append(std::to_string(seq));
  }
  return evidence;
}

// What breaks no rule, and is still to be known.
std::vector<Term> RemarksOn(const WriteOffEntry& entry) {
  if (!entry.without_administrator) return {};
  return {{std::string(MarkName(RoleMark::kGrantedWithoutAdministrator))}};
}

void AddRecoveries(const std::vector<WriteOffEntry>& entries, Report& report) {
  std::map<std::string, Money> recovered;
  for (const WriteOffEntry& entry : entries) {
    if (entry.recovered == 0) continue;
    Money& sum = recovered[entry.currency.ToString() + " recovered"];
    sum = {sum.amount + entry.recovered, entry.currency};
  }
  for (const auto& [name, sum] : recovered) report.figures.emplace_back(name, sum);
}

Result<Report> RunWriteOffs(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto customers = CustomersWith(request, cut, EventType::WriteOffRequested);
  RETURN_IF_ERROR(customers);
  auto seqs = SeqsToRead(*request.log, *customers);
  RETURN_IF_ERROR(seqs);
  WriteOffRegister book(cut.effective);
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) { book.Evolve(event); }));

  Report report{"write-offs", cut, {}, {}, {}, {}};
  report.columns = {{"write_off"},    {"customer"},  {"invoice"},   {"currency"}, {"amount", Column::Align::kRight},
                    {"requested_by"}, {"requested"}, {"approvals"}, {"state"},    {"violations"}};
  if (request.violations_only) report.columns.push_back({"evidence"});
  std::shared_ptr<const History> history;
  std::optional<Salespeople> salespeople;
  if (NeedsSalesperson(request)) {
    report.columns.push_back({"salesperson"});
    auto loaded = History::OfCustomers(*request.log, *customers);
    RETURN_IF_ERROR(loaded);
    history = *loaded;
    salespeople.emplace(*history, cut);
  }
  report.columns.push_back({"remarks"});
  int64_t with_violations = 0;
  for (const WriteOffEntry& entry : book.entries()) {
    if (request.violations_only && entry.breaks.empty()) continue;
    report.rows.push_back(RowOf(entry));
    if (request.violations_only) report.rows.back().push_back(EvidenceOf(book, entry));
    if (!entry.breaks.empty()) ++with_violations;
    if (history != nullptr) {
      report.rows.back().emplace_back(std::string(salespeople->Of(history->ItemAt(entry.invoice_seq))));
    }
    report.rows.back().emplace_back(RemarksOn(entry));
  }
  auto finished = FinishRegister(std::move(report), request);
  RETURN_IF_ERROR(finished);
  AddRecoveries(book.entries(), *finished);
  finished->figures.emplace_back("with violations", with_violations);
  return finished;
}

}  // namespace

extern const ReportInfo kWriteOffsReport;
const ReportInfo kWriteOffsReport{"write-offs",
                                  "the register of write-offs: approvals, states, breaks of the rules",
                                  "duebook write-offs --effective 2025-12-31",
                                  RunWriteOffs,
                                  {kOfCustomers, kGroupedBy, kViolationsOnly}};

}  // namespace duebook
