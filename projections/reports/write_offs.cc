// Write-offs with their approvals, states and breaks of the rules: the compliance report.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "projections/history/salespeople.h"
#include "projections/history/visible_events.h"
#include "projections/reports/write_off_register.h"
#include "projections/shared/grouping.h"
#include "projections/shared/projection.h"
#include "projections/shared/register.h"

namespace duebook {
namespace {

// The events that say of these customers who looks after them, and who recorded their payments; those of all customers
// where finding them one by one would take longer.
Result<std::vector<uint64_t>> SeqsAboutPeople(const EventLog& log, const std::set<std::string>& customers) {
  auto few = SeqsOfFewCustomers(log, customers);
  RETURN_IF_ERROR(few);
  if (few->has_value()) return **std::move(few);
  return SeqsOfTypes(log, {EventType::CustomerOpened, EventType::CustomerChanged, EventType::SalespersonAssigned,
                           EventType::PaymentReceived});
}

// The events that the register folds. Who people are is asked of imported approvals alone.
Result<std::vector<uint64_t>> SeqsToRead(const ReportRequest& request, const Cut& cut) {
  const EventLog& log = *request.log;
  auto seqs = SeqsOfTypes(*request.log,
                          {EventType::WriteOffRequested, EventType::WriteOffApproved, EventType::WriteOffRejected,
                           EventType::WriteOffReversed, EventType::RecoveryReceived, EventType::EventReversed},
                          request.customers);
  RETURN_IF_ERROR(seqs);
  std::set<std::string> judged;  // customers
  RETURN_IF_ERROR(ForEachVisible(log, *seqs, cut, [&](EventView event) {
    if (event.type() == EventType::WriteOffApproved && event.imported()) judged.emplace(event.customer());
  }));
  auto people = SeqsAboutPeople(log, judged);
  RETURN_IF_ERROR(people);
  auto control = SeqsOfTypes(log, {EventType::RoleGranted, EventType::RoleRevoked, EventType::WriteOffPolicySet});
  RETURN_IF_ERROR(control);
  return MergeSeqs(MergeSeqs(*std::move(seqs), *people), *control);
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
  auto seqs = SeqsToRead(request, cut);
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
    std::set<std::string> customers;
    for (const WriteOffEntry& entry : book.entries()) customers.insert(entry.customer);
    auto loaded = HistoryOfRegister(request, customers);
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
      const auto item = history->NamedItem(entry.invoice_seq);
      RETURN_IF_ERROR(item);
      report.rows.back().emplace_back(std::string(salespeople->Of(*item)));
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
                                  {
                                      {"write_off", "its number"},
                                      kCustomerColumn,
                                      {"invoice", "the invoice that is written off"},
                                      kCurrencyColumn,
                                      {"amount", "how much of it"},
                                      {"requested_by", "who asked for it"},
                                      {"requested", "the day of the request"},
                                      {"approvals", "who approved it, and when"},
                                      {"state", "how far it has come"},
                                      {"violations", "the rules that it breaks"},
                                      {"evidence", "with --violations: for each of them the events that show it"},
                                      kSalespersonColumn,
                                      kDocumentsColumn,
                                      {"remarks", "what breaks no rule and should be known"},
                                  },
                                  {kOfCustomers, kGroupedBy, kViolationsOnly}};

}  // namespace duebook
