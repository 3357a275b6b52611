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
#include "ledger/values/result.h"
#include "projections/history/history.h"
#include "projections/shared/report.h"
#include "projections/shared/report_columns.h"
#include "projections/shared/report_parameters.h"

namespace duebook {

// What a report is asked for. `cut.known` is at most the log's last seq.
struct ReportRequest {
  const EventLog* log = nullptr;
  Cut cut;
  std::vector<std::string> customers;  // empty: all
  std::string by;                      // "" (the report's own grouping), "customer", "salesperson", "currency"
  std::string subject;        // statement: the customer; trail: a customer's or document's number, or KIND:NUMBER;
                              // customers: what is looked for
  std::string basis = "due";  // aging: "due" or "invoice"
  std::vector<int> bucket_ends{30, 60, 90, 120, 180, 365};  // aging: last day of each bucket after "not due", ascending
  int grace_days = 0;                                       // promises
  std::optional<Date> from, to;   // statement: first day, last day; shipments: `to` is the test day
  std::optional<Cut> before;      // explain: the earlier cut, of those that are told apart
  bool by_bucket = false;         // explain: what moved each bucket of the aging, rather than open and unapplied
  bool violations_only = false;   // write-offs: only those that break a rule
  bool without_shipment = false;  // shipments: also invoices that say nothing of the cut-off
  Language language = Language::kEnglish;

  // Returns the columns to compute from, of the customers asked for or of the whole log: figures, who sold what if it
  // is grouped by that, and what else is asked for.
  Result<History> LoadHistory(std::initializer_list<HistoryPart> further = {}) const;
  // The cut with `known` at most the log's last seq.
  Cut ClippedCut() const;
};

// The day up to which a report counts where nobody says one: those that say how things stand, today; those that list
// what happened, every day.
enum class DefaultDay : uint8_t { kToday, kEvery };

struct ReportInfo {
  std::string_view name;
  std::string_view summary;  // one line for --help
  std::string_view example;  // a command for --help
  Result<Report> (*run)(const ReportRequest& request);
  // Every column that it has or, as it is asked, may have, in their order.
  std::vector<ReportColumn> columns;
  // What it can be asked beside a cut and a language, in the order of --help.
  std::vector<ReportParameter> parameters = {};
  DefaultDay default_day = DefaultDay::kToday;
  bool compares_cuts = false;  // it tells two cuts apart, of which `before` is the earlier
};

// The default of what is asked for: of ages alone, which are counted up to some day, it is never every day.
DefaultDay DefaultDayOf(const ReportInfo& info, const ReportRequest& request);

// Puts the customers of the request as the ledger spells them in the place of what was asked for. Errors as
// CustomerInLog.
Status SpellCustomers(const ReportInfo& info, ReportRequest* request);

// Every report, in the order of --help. Each entry stands at the end of its projection's file.
const std::vector<ReportInfo>& AllReports();

}  // namespace duebook
