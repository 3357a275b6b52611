// Projections: pure functions of the log and a cut. Each is one file with one entry in the table of all reports.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/cut.h"
#include "ledger/event_log.h"
#include "ledger/result.h"
#include "projections/history.h"
#include "projections/report.h"

namespace duebook {

// What a report is asked for. `cut.known` is at most the log's last seq.
struct ReportRequest {
  const EventLog* log = nullptr;
  Cut cut;
  std::vector<std::string> customers;  // empty: all
  std::string by;                      // "" (the report's own grouping), "customer", "salesperson", "currency"
  std::string subject;                 // statement: the customer; trail: a customer's or document's number
  std::string kind;                    // trail: what the subject is: "customer", "invoice", ...; "": whatever has it
  std::string basis = "due";           // aging: "due" or "invoice"
  std::vector<int> bucket_ends{30, 60, 90, 120, 180, 365};  // aging: last day of each bucket after "not due", ascending
  int grace_days = 0;                                       // promises
  std::optional<Date> from, to;  // statement: first and last day; shipments: `to` is the test day
  uint64_t known_before = 0;     // explain: the earlier state of knowledge (cut.known is the later)

  // The columns to compute from: of the customers asked for, or the whole log.
  Result<std::shared_ptr<const History>> LoadHistory() const;
  // The cut with both ends in the log: `known` at most its last seq, `effective` at most the latest effective date of
  // any event known then (there is nothing to see after it). So a report that was given no date counts days (ages,
  // promises due) up to that date, and says so: it does not know what day it is today. Costs nothing if `effective`
  // is given or `known` is the newest; else the whole history is loaded.
  Result<Cut> ResolvedCut() const;
};

struct ReportInfo {
  std::string_view name;
  std::string_view summary;  // one line for --help
  std::string_view example;  // a command for --help
  Result<Report> (*run)(const ReportRequest& request);
};

// Every report, in the order of --help. Each entry stands at the end of its projection's file.
const std::vector<ReportInfo>& AllReports();

}  // namespace duebook
