#include "projections/shared/projection.h"

#include <algorithm>
#include <utility>

#include "ledger/log/names_in_log.h"

namespace duebook {

extern const ReportInfo kBalanceReport;
extern const ReportInfo kAgingReport;
extern const ReportInfo kOpenItemsReport;
extern const ReportInfo kUnappliedReport;
extern const ReportInfo kCustomersReport;
extern const ReportInfo kPromisesReport;
extern const ReportInfo kDisputesReport;
extern const ReportInfo kWriteOffsReport;
extern const ReportInfo kShipmentsReport;
extern const ReportInfo kStatementReport;
extern const ReportInfo kTrailReport;
extern const ReportInfo kExplainReport;
extern const ReportInfo kRolesReport;

Result<History> ReportRequest::LoadHistory(std::initializer_list<HistoryPart> further) const {
  if (!customers.empty()) return History::OfCustomers(*log, customers);
  std::vector<HistoryPart> parts(further);
  parts.push_back(HistoryPart::kFigures);
  if (by == "salesperson") parts.push_back(HistoryPart::kSalespeople);
  return History::Load(*log, parts);
}

Cut ReportRequest::ClippedCut() const { return {cut.effective, std::min(cut.known, log->last_seq())}; }

DefaultDay DefaultDayOf(const ReportInfo& info, const ReportRequest& request) {
  return request.by_bucket ? DefaultDay::kToday : info.default_day;
}

Status SpellCustomers(const ReportInfo& info, ReportRequest* request) {
  for (std::string& customer : request->customers) {
    auto spelled = CustomerInLog(*request->log, customer);
    RETURN_IF_ERROR(spelled);
    customer = std::move(*spelled);
  }
  const bool is_about_one =
      std::any_of(info.parameters.begin(), info.parameters.end(),
                  [](const ReportParameter& parameter) { return parameter.name == kAccount.name; });
  if (!is_about_one) return Status();
  auto spelled = CustomerInLog(*request->log, request->subject);
  RETURN_IF_ERROR(spelled);
  request->subject = std::move(*spelled);
  return Status();
}

const std::vector<ReportInfo>& AllReports() {
  static const std::vector<ReportInfo> reports{
      kBalanceReport,  kAgingReport,    kOpenItemsReport, kUnappliedReport, kCustomersReport,
      kPromisesReport, kDisputesReport, kWriteOffsReport, kShipmentsReport, kStatementReport,
      kTrailReport,    kExplainReport,  kRolesReport,
  };
  return reports;
}

}  // namespace duebook
