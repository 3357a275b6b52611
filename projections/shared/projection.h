// Projections: pure functions of the log and a cut. Each is one file with one entry in the table of all reports.

#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/event_log.h"
#include "ledger/values/cut.h"
#include "ledger/values/money.h"
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/history/open_parts.h"
#include "projections/shared/customer_search.h"
#include "projections/shared/found_event.h"
#include "projections/shared/letter.h"
#include "projections/shared/report.h"
#include "projections/shared/report_columns.h"
#include "projections/shared/report_parameters.h"
#include "projections/shared/selection.h"

namespace duebook {

// What a report is asked for. `cut.known` is at most the log's last seq.
struct ReportRequest {
  const EventLog* log = nullptr;
  Cut cut;
  std::vector<std::string> customers;  // empty: all
  std::string by;                // "" (the report's own grouping), "customer", "currency", or an attribute of customers
  std::string by_column;         // what the column of that is called; RunReport says it
  bool by_customer_too = false;  // sums by something else: a row for each customer in it; RunReport says it
  std::string subject;           // statement: the customer; trail: a customer's or document's number, or KIND:NUMBER;
                                 // customers: what is looked for
  AgingBasis basis = AgingBasis::kDue;
  std::vector<int> bucket_ends{30, 60, 90, 120, 180, 365};  // aging: last day of each bucket after "not due", ascending
  int trend_months = 0;                                     // aging: so many month ends side by side; 0: the cut's day
  int grace_days = 0;                                       // promises
  std::optional<Decimal> least;                             // interest: the smallest amount that is billed
  std::string payment;                                      // apply: the one payment; "": all
  std::string rule;               // apply: how it goes on where no rule finds an answer, "oldest" or "prc"; "": not
  std::string actor;              // apply: who records what is found, and closes its differences; "": nobody said
  int days_ahead = 0;             // worklist: days before a promise is due
  std::optional<Date> from, to;   // statement: first day, last day; shipments: `to` is the test day
  std::optional<Cut> before;      // explain: the earlier cut, of those that are told apart
  bool by_bucket = false;         // explain: what moved each bucket of the aging, rather than open and unapplied
  bool violations_only = false;   // write-offs: only those that break a rule
  bool credit_history = false;    // credit: what was said of it, rather than how it stands
  bool without_shipment = false;  // shipments: also invoices that say nothing of the cut-off
  int sign_days = 3;              // papers: days after shipping from which on a signature is missing, likewise
  int invoice_days = 30;          // an invoice
  bool asks_for_iou = false;      // papers: whether IOUs are missing, too
  Selection selection;            // which rows of the report are shown
  // So many of the first rows, in the report's own order, are all that anybody looks at; RunReport says it. A report
  // may leave the others out, and count them instead (Report::further_rows).
  std::optional<size_t> first_rows;
  Language language = Language::kEnglish;
  std::optional<Language> letter_language;  // of what is sent, in place of the one that its reader is written to in
  bool for_the_company = false;             // statement: the report, where the letter would be shown
  // Of the whole log, kept warm by whoever asks, and folded at least up to what the cut knows; null: they are loaded.
  std::shared_ptr<const GrowingHistory> columns;

  // Returns the columns to compute from, of the customers asked for or of the whole log: figures, who sold what if it
  // is grouped by that, and what else is asked for.
  Result<History> LoadHistory(std::initializer_list<HistoryPart> further = {}) const;
  // The cut with `known` at most the log's last seq.
  Cut ClippedCut() const;
};

// The day up to which a report counts where nobody says one: those that say how things stand, today; those that list
// what happened, every day; those of month ends, the last month that is over.
enum class DefaultDay : uint8_t { kToday, kEvery, kMonthEnd };

// What the rows of a report are, which says how they are added up.
enum class ReportRows : uint8_t {
  kListed,         // not at all
  kSums,           // sums by what the report is asked to group by: totals by currency
  kItems,          // about items: totals by currency; where it is asked to group them, a row for each group
  kDocuments,      // documents in some state: likewise, groups by state, too; and sums by state beside the table
  kListedByState,  // in some state: not at all; sums by state beside the table
};

struct ReportInfo {
  std::string_view name;
  std::string_view summary;  // one line for --help
  std::string_view example;  // a command for --help
  ReportRows rows;
  // Makes the rows, all of them, before they are selected, grouped and added up: RunReport.
  Result<Report> (*run)(const ReportRequest& request);
  // Every column that it has or, as it is asked, may have, in their order.
  std::vector<ReportColumn> columns;
  // What it can be asked beside a cut and a language, in the order of --help.
  std::vector<ReportParameter> parameters = {};
  DefaultDay default_day = DefaultDay::kToday;
  bool compares_cuts = false;  // it tells two cuts apart, of which `before` is the earlier
  // Makes what people are shown in place of its table, as it is sent to whom it is about; null: the table is for all.
  Result<Letter> (*letter)(const ReportRequest& request) = nullptr;
  // Returns what it found that ought to be recorded, where --record is asked for; null: nothing ever is.
  Result<std::vector<FoundGroup>> (*record)(const ReportRequest& request) = nullptr;
  bool records_by_all_days = false;  // what it records rests on every day that is known, so that none can be asked for
  bool ends_at_last_day = false;     // `to` is the day of its cut, too
  bool asks_who_records = false;     // what it finds follows from who records it, too (ReportRequest::actor)
};

// Returns a report without rows that has the columns which are always there, in their order, and of those that are not
// the ones with these names.
Report EmptyReport(const ReportInfo& info, const Cut& cut, std::initializer_list<std::string_view> asked = {});

// Makes the report that is asked for. Errors as the report says; kInvalidArgument also for what selects its rows.
Result<Report> RunReport(const ReportInfo& info, const ReportRequest& request);

// Returns when the event was recorded that was the last one known; nothing if none was.
Result<std::optional<Time>> RecordedAt(const EventLog& log, uint64_t known);

// The default of what is asked for: of ages alone, which are counted up to some day, it is never every day, and of
// month ends side by side (`trend_months`) the last month end.
DefaultDay DefaultDayOf(const ReportInfo& info, const ReportRequest& request);

// Puts the customers of the request as the ledger spells them in the place of what was asked for, as FindCustomer does.
// Adds those that were found by a part of their number or name to `chosen`.
Status FindCustomers(const ReportInfo& info, bool by_part, ReportRequest* request, std::vector<FoundCustomer>* chosen);

// Every report, in the order of --help. Each entry stands at the end of its projection's file.
const std::vector<ReportInfo>& AllReports();

// Returns the report of this name; null if there is none.
const ReportInfo* FindReport(std::string_view name);

}  // namespace duebook
