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
  std::string subject;        // statement: the customer; trail: a customer's or document's number, or KIND:NUMBER
  std::string basis = "due";  // aging: "due" or "invoice"
  std::vector<int> bucket_ends{30, 60, 90, 120, 180, 365};  // aging: last day of each bucket after "not due", ascending
  int grace_days = 0;                                       // promises
  std::optional<Date> from, to;  // statement: first day, last day; shipments: `to` is the test day
  std::optional<Cut> before;     // explain: the earlier cut, of those that are told apart
  bool by_bucket = false;        // explain: what moved each bucket of the aging, rather than open and unapplied
  bool violations_only = false;  // write-offs: only those that break a rule
  Language language = Language::kEnglish;

  // The columns to compute from: of the customers asked for, or the whole log.
  Result<std::shared_ptr<const History>> LoadHistory() const;
  // The cut with `known` at most the log's last seq.
  Cut ClippedCut() const;
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
