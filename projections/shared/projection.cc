#include "projections/shared/projection.h"

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
extern const ReportInfo kRolesReport;

Result<std::shared_ptr<const History>> ReportRequest::LoadHistory() const {
  return customers.empty() ? History::Load(*log) : History::OfCustomers(*log, customers);
}

Cut ReportRequest::ClippedCut() const { return {cut.effective, std::min(cut.known, log->last_seq())}; }

const std::vector<ReportInfo>& AllReports() {
  static const std::vector<ReportInfo> reports{
      kBalanceReport,   kAgingReport,     kOpenItemsReport, kUnappliedReport, kPromisesReport, kDisputesReport,
      kWriteOffsReport, kShipmentsReport, kStatementReport, kTrailReport,     kExplainReport,  kRolesReport,
  };
  return reports;
}

}  // namespace duebook
