// The work list: what is to be done about customers today, what is most at risk first.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/history/customer_attribute.h"
#include "projections/history/visible_events.h"
#include "projections/reports/work_entries.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kWorklistReport;

namespace {

// What is shown of a contact and not counted.
struct ShownContact {
  std::string channel, text;
};

// The last contact with each customer of an entry, by the row of its fact.
Result<std::unordered_map<uint32_t, ShownContact>> LastContacts(const EventLog& log, const Collecting& collecting,
                                                                const std::vector<WorkEntry*>& entries) {
  std::vector<uint32_t> rows;
  for (const WorkEntry* entry : entries) {
    const uint32_t row = collecting.contacts.LastOf(entry->customer);
    if (row != kNoItem) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  std::vector<uint64_t> seqs;
  seqs.reserve(rows.size());
  for (const uint32_t row : rows) seqs.push_back(collecting.history.facts.seq[row]);
  std::unordered_map<uint32_t, ShownContact> contacts;
  size_t next = 0;
  RETURN_IF_ERROR(ForEachOfType(log, EventType::ContactLogged, seqs, [&](EventView event) {
    const auto& body = event.body<schema::ContactLogged>();
    contacts.emplace(rows[next++], ShownContact{std::string(EventView::Text(body.channel())),
                                                std::string(EventView::Text(body.text()))});
  }));
  return contacts;
}

std::string DocumentsOf(const WorkEntry& entry) { return fmt::format("{}", fmt::join(entry.documents, ";")); }

// The first entries: those in the ledger's currency before the others, which stand by the codes of theirs; then what is
// most at risk, and most of it. Entries are long, and stay where they are.
std::vector<WorkEntry*> First(size_t count, const History& history, Currency ledger_currency,
                              std::vector<WorkEntry>& entries) {
  std::vector<WorkEntry*> sorted;
  sorted.reserve(entries.size());
  for (WorkEntry& entry : entries) sorted.push_back(&entry);
  const auto end = sorted.begin() + static_cast<ptrdiff_t>(std::min(count, sorted.size()));
  std::partial_sort(sorted.begin(), end, sorted.end(), [&](const WorkEntry* a, const WorkEntry* b) {
    if (a->currency != b->currency) {
      return std::tuple(a->currency != ledger_currency, a->currency.ToString()) <
             std::tuple(b->currency != ledger_currency, b->currency.ToString());
    }
    if (a->risk != b->risk) return a->risk > b->risk;
    if (a->amount != b->amount) return a->amount > b->amount;
    if (a->customer != b->customer) return history.customers.id[a->customer] < history.customers.id[b->customer];
    return a->kind != b->kind ? a->kind < b->kind : DocumentsOf(*a) < DocumentsOf(*b);
  });
  sorted.erase(end, sorted.end());
  return sorted;
}

// Parts of the history that it needs.
constexpr std::initializer_list<HistoryPart> kParts{HistoryPart::kFacts,    HistoryPart::kPromises,
                                                    HistoryPart::kNumbers,  HistoryPart::kCounterparts,
                                                    HistoryPart::kDisputes, HistoryPart::kShipments};

// Only promises are there ahead of their day.
Status CheckAhead(const ReportRequest& request) {
  constexpr std::string_view kOnly = "kind = ";
  const std::vector<std::string>& where = request.selection.where;
  const bool has_others = std::any_of(where.begin(), where.end(), [&](std::string_view condition) {
    return condition.starts_with(kOnly) && condition.substr(kOnly.size()) != kPromiseDueWork;
  });
  if (request.days_ahead == 0 || !has_others) return Status();
  return Error{ErrorCode::kInvalidArgument, "--ahead is about promises, and another kind is asked for",
               "leave one of the two out"};
}

Result<Report> RunWorklist(const ReportRequest& request) {
  RETURN_IF_ERROR(CheckAhead(request));
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory(kParts);
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const Currency ledger_currency = request.log->identity().currency;
  auto policies = ReminderPolicies::Make(*request.log, history, cut);
  RETURN_IF_ERROR(policies);
  const Collecting collecting(history, cut, *std::move(policies));
  const auto credit = CreditBook::Make(*request.log, history, cut);
  RETURN_IF_ERROR(credit);
  std::vector<WorkEntry> all = WorkEntries(collecting, *credit, ledger_currency, request.days_ahead);
  const std::vector<WorkEntry*> entries = First(request.first_rows.value_or(all.size()), history, ledger_currency, all);
  const auto contacts = LastContacts(*request.log, collecting, entries);
  RETURN_IF_ERROR(contacts);
  const CustomerAttribute salespeople(history, cut, kSalespersonAttribute);
  const auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  Report report = EmptyReport(kWorklistReport, cut);
  report.rows.reserve(entries.size());
  report.further_rows = all.size() - entries.size();
  for (WorkEntry* entry : entries) {
    const auto contact = contacts->find(collecting.contacts.LastOf(entry->customer));
    const bool is_known = contact != contacts->end();
    if (entry->kind == kFollowUpWork && is_known) entry->channel = contact->second.channel;
    Row& row = report.rows.emplace_back();
    row.reserve(report.columns.size());  // there may be many rows
    row.emplace_back(std::string(history.customers.id[entry->customer]));
    row.emplace_back(entry->currency.ToString());
    row.emplace_back(Term{std::string(entry->kind), "work"});
    row.push_back(entry->level.has_value() ? Cell(int64_t{*entry->level}) : Cell());
    row.emplace_back(std::vector<std::string>(entry->documents.begin(), entry->documents.end()));
    row.emplace_back(Money{entry->amount, entry->currency});
    row.emplace_back(entry->since);
    row.emplace_back(entry->days);
    row.emplace_back(Money{entry->risk, entry->currency});
    row.emplace_back(Term{std::string(entry->channel), "channel"});
    row.emplace_back(std::string(salespeople.Of(entry->customer)));
    row.emplace_back(is_known ? contact->second.text : "");
    cells->AddOfCustomer(entry->customer, cut.effective, &row);
  }
  return report;
}

}  // namespace

const ReportInfo kWorklistReport{
    "worklist",
    "what is to be done about customers: whom to remind, call or stop, what is most at risk first",
    "duebook worklist --salesperson li.na --kind reminder",
    ReportRows::kListed,
    RunWorklist,
    {
        kCustomerColumn,
        kCurrencyColumn,
        {"kind", "what is to be done, until an event says that it was", ColumnType::kWord},
        {"level", "which reminder it is", ColumnType::kNumber},
        {"document", "the invoices, by due date; or the promise, dispute or payment"},
        {"amount", "what it is about", ColumnType::kMoney},
        {"since", "the day from which it is there", ColumnType::kDate},
        {"days", "days since then; of a reminder the greatest age of its invoices", ColumnType::kNumber},
        {"risk", "how much of it is likely to be lost, by the age of the oldest invoice and broken promises",
         ColumnType::kMoney},
        {"channel", "how the reminder goes out, or how the customer was spoken to", ColumnType::kWord},
        {"salesperson", "who looks after the customer on the day"},
        {"text", "what was said when the customer was last spoken to"},
        kNameColumn,
    },
    ListParameters({kOfCustomers, kOfSalesperson, kOfWorkKind, kDaysAhead})};

}  // namespace duebook
