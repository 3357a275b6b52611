#include "projections/projection.h"

#include <algorithm>

namespace duebook {

extern const ReportInfo kBalanceReport;
extern const ReportInfo kAgingReport;
extern const ReportInfo kOpenItemsReport;
extern const ReportInfo kUnappliedReport;
extern const ReportInfo kPromisesReport;
extern const ReportInfo kDisputesReport;
extern const ReportInfo kWriteOffsReport;
extern const ReportInfo kShipmentsReport;
extern const ReportInfo kStatementReport;
extern const ReportInfo kTrailReport;
extern const ReportInfo kExplainReport;

Result<std::shared_ptr<const History>> ReportRequest::LoadHistory() const {
  return customers.empty() ? History::Load(*log) : History::OfCustomers(*log, customers);
}

Result<Cut> ReportRequest::ResolvedCut() const {
  Cut resolved = cut;
  resolved.known = std::min(cut.known, log->last_seq());
  if (cut.effective != Date::Max() || resolved.known == 0) return resolved;
  if (resolved.known == log->last_seq()) {
    resolved.effective = log->state().last_date;
    return resolved;
  }
  auto history = History::Load(*log);
  RETURN_IF_ERROR(history);
  resolved.effective = (*history)->LatestDate(resolved.known);
  return resolved;
}

const std::vector<ReportInfo>& AllReports() {
  static const std::vector<ReportInfo> reports{
      kBalanceReport,   kAgingReport,     kOpenItemsReport, kUnappliedReport, kPromisesReport, kDisputesReport,
      kWriteOffsReport, kShipmentsReport, kStatementReport, kTrailReport,     kExplainReport,
  };
  return reports;
}

}  // namespace duebook
