// Write-offs with their approvals, states and breaks of the rules: the compliance report.

#include <map>
#include <string>
#include <vector>

#include "projections/history/visible_events.h"
#include "projections/reports/write_off_people.h"
#include "projections/reports/write_off_register.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kWriteOffsReport;

namespace {

// The events that the register folds.
Result<std::vector<uint64_t>> SeqsToRead(const ReportRequest& request) {
  auto seqs = SeqsOfTypes(*request.log,
                          {EventType::WriteOffRequested, EventType::WriteOffApproved, EventType::WriteOffRejected,
                           EventType::WriteOffReversed, EventType::RecoveryReceived, EventType::EventReversed},
                          request.customers);
  RETURN_IF_ERROR(seqs);
  auto control =
      SeqsOfTypes(*request.log, {EventType::RoleGranted, EventType::RoleRevoked, EventType::WriteOffPolicySet});
  RETURN_IF_ERROR(control);
  return MergeSeqs(*std::move(seqs), *control);
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
          Term{std::string(StageName(entry.stage)), "write_off"},
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

// Returns what breaks no rule, and is still to be known.
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

void AddViolations(int64_t rows, Report& report) { report.figures.emplace_back("with violations", rows); }

Result<Report> RunWriteOffs(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  Report report =
      request.violations_only ? EmptyReport(kWriteOffsReport, cut, {"evidence"}) : EmptyReport(kWriteOffsReport, cut);
  const auto requests = SeqsOfTypes(*request.log, {EventType::WriteOffRequested}, request.customers);
  RETURN_IF_ERROR(requests);
  if (requests->empty() && request.by.empty()) {  // most ledgers have none, and need not load who did what
    AddViolations(0, report);
    return report;
  }
  const auto seqs = SeqsToRead(request);
  RETURN_IF_ERROR(seqs);
  const auto history = request.LoadHistory({HistoryPart::kRecorders});
  RETURN_IF_ERROR(history);
  WriteOffPeople people(*history, cut);
  WriteOffRegister book(cut.effective, &people);
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) { book.Evolve(event); }));

  auto cells = CustomerCells::Make(request, *history, cut);
  RETURN_IF_ERROR(cells);
  cells->AddKeyColumn(&report);
  int64_t with_violations = 0;
  for (const WriteOffEntry& entry : book.entries()) {
    if (request.violations_only && entry.breaks.empty()) continue;
    Row& row = report.rows.emplace_back(RowOf(entry));
    if (request.violations_only) row.push_back(EvidenceOf(book, entry));
    if (!entry.breaks.empty()) ++with_violations;
    row.emplace_back(RemarksOn(entry));
    const auto item = history->NamedItem(entry.invoice_seq);
    RETURN_IF_ERROR(item);
    cells->AddOfItem(*item, &row);
  }
  AddRecoveries(book.entries(), report);
  AddViolations(with_violations, report);
  return report;
}

}  // namespace

const ReportInfo kWriteOffsReport{"write-offs",
                                  "the register of write-offs: approvals, states, breaks of the rules",
                                  "duebook write-offs --effective 2025-12-31",
                                  ReportRows::kDocuments,
                                  RunWriteOffs,
                                  {
                                      {"write_off", "its number"},
                                      kCustomerColumn,
                                      {"invoice", "the invoice that is written off"},
                                      kCurrencyColumn,
                                      {"amount", "how much of it", ColumnType::kMoney},
                                      {"requested_by", "who asked for it"},
                                      {"requested", "the day of the request", ColumnType::kDate},
                                      {"approvals", "who approved it, and when"},
                                      {"state", "how far it has come", ColumnType::kWord},
                                      {"violations", "the rules that it breaks", ColumnType::kWord},
                                      {"evidence", "with --violations: for each of them the events that show it",
                                       ColumnType::kWord, ReportColumn::Where::kAsked},
                                      {"remarks", "what breaks no rule and should be known", ColumnType::kWord},
                                      kNameColumn,
                                      kAttributeColumn,
                                      kDocumentsColumn,
                                  },
                                  ListParameters({kOfCustomers, kGroupedBy, kViolationsOnly})};

}  // namespace duebook
