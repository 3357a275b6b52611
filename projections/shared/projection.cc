#include "projections/shared/projection.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "projections/shared/totals.h"

namespace duebook {

extern const ReportInfo kBalanceReport;
extern const ReportInfo kAgingReport;
extern const ReportInfo kOpenItemsReport;
extern const ReportInfo kUnappliedReport;
extern const ReportInfo kReceiptsReport;
extern const ReportInfo kBillsReport;
extern const ReportInfo kCustomersReport;
extern const ReportInfo kCreditReport;
extern const ReportInfo kOverridesReport;
extern const ReportInfo kPromisesReport;
extern const ReportInfo kPromiseRatesReport;
extern const ReportInfo kDisputesReport;
extern const ReportInfo kContactsReport;
extern const ReportInfo kWriteOffsReport;
extern const ReportInfo kShipmentsReport;
extern const ReportInfo kPapersReport;
extern const ReportInfo kStatementReport;
extern const ReportInfo kTrailReport;
extern const ReportInfo kExplainReport;
extern const ReportInfo kRolesReport;
extern const ReportInfo kInterestReport;
extern const ReportInfo kDifferencesReport;
extern const ReportInfo kApplyReport;
extern const ReportInfo kWorklistReport;

Result<History> ReportRequest::LoadHistory(std::initializer_list<HistoryPart> further) const {
  if (!customers.empty()) return History::OfCustomers(*log, customers);
  if (columns != nullptr) return History(columns, std::numeric_limits<uint64_t>::max());
  std::vector<HistoryPart> parts(further);
  parts.push_back(HistoryPart::kFigures);
  if (by == "salesperson") parts.push_back(HistoryPart::kSalespeople);
  return History::Load(*log, parts);
}

Cut ReportRequest::ClippedCut() const { return {cut.effective, std::min(cut.known, log->last_seq())}; }

namespace {

// The column of what rows are grouped by is called like an attribute of customers, which may be called like a column
// that the report has of its own.
std::string ColumnOfGroups(const ReportInfo& info, const std::string& by) {
  if (by == "customer" || by == "currency" || by == kSalespersonAttribute) return by;
  const bool is_taken = std::any_of(info.columns.begin(), info.columns.end(),
                                    [&](const ReportColumn& column) { return column.name == by; });
  return is_taken ? "customer " + by : by;
}

// The column that says how many rows were added up; "" where that is not told.
std::string_view CountOf(ReportRows rows) {
  if (rows == ReportRows::kDocuments) return kDocumentsColumn.name;
  return rows == ReportRows::kItems ? kItemsColumn.name : "";
}

void GroupBy(const ReportRequest& request, ReportRows rows, Report* report) {
  std::vector<std::string> headings;
  if (request.by != "currency") headings.push_back(request.by_column);
  headings.emplace_back("currency");
  if (rows == ReportRows::kDocuments) headings.emplace_back("state");
  if (request.trend_months > 0) headings.emplace_back("bucket");
  const std::vector<std::string> behind(request.by == "customer" ? 1 : 0, "name");
  GroupRows(headings, std::string(CountOf(rows)), behind, report);
}

// Whether rows behind the first ones neither are shown nor say anything of what is.
bool AreFirstRowsEnough(const ReportInfo& info, const Selection& selection) {
  return info.rows == ReportRows::kListed && selection.where.empty() && selection.sort.empty() && !selection.nonzero;
}

// Figures that the report has of its own are of all rows, and are left out where not all are kept.
Status KeepAsked(const std::vector<std::string>& conditions, Report* report) {
  const size_t all = report->rows.size();
  RETURN_IF_ERROR(KeepWhere(conditions, report));
  if (report->rows.size() < all) report->figures.clear();
  return Status();
}

}  // namespace

Report EmptyReport(const ReportInfo& info, const Cut& cut, std::initializer_list<std::string_view> asked) {
  Report report{std::string(info.name), cut, {}, {}, {}, {}};
  for (const ReportColumn& column : info.columns) {
    const bool is_there = column.where == ReportColumn::Where::kAlways ||
                          std::find(asked.begin(), asked.end(), column.name) != asked.end();
    if (is_there) report.columns.push_back({std::string(column.name), column.type});
  }
  return report;
}

Result<std::optional<Time>> RecordedAt(const EventLog& log, uint64_t known) {
  if (known == 0) return std::optional<Time>();
  const auto last = log.Get(known);
  RETURN_IF_ERROR(last);
  return std::optional(last->view().recorded_at());
}

Result<Report> RunReport(const ReportInfo& info, const ReportRequest& asked) {
  ReportRequest request = asked;
  request.by_column = ColumnOfGroups(info, request.by);
  // Sums are made by what is asked for at once, unless there are conditions that choose among the customers' ones.
  request.by_customer_too = info.rows == ReportRows::kSums && !request.by.empty() && request.by != "customer" &&
                            !request.selection.where.empty();
  const bool is_list = info.rows == ReportRows::kItems || info.rows == ReportRows::kDocuments;
  const bool is_added_up = request.by_customer_too || (is_list && !request.by.empty());
  std::vector<std::string> of_rows, of_sums;
  for (const std::string& condition : request.selection.where) {
    (is_added_up && ColumnOf(condition) == CountOf(info.rows) ? of_sums : of_rows).push_back(condition);
  }
  if (AreFirstRowsEnough(info, request.selection)) request.first_rows = request.selection.top;
  auto report = info.run(request);
  RETURN_IF_ERROR(report);
  report->language = request.language;
  const auto recorded_at = RecordedAt(*request.log, report->cut.known);
  RETURN_IF_ERROR(recorded_at);
  report->recorded_at = *recorded_at;
  RETURN_IF_ERROR(KeepAsked(of_rows, &*report));
  if (is_added_up) GroupBy(request, info.rows, &*report);
  RETURN_IF_ERROR(KeepAsked(of_sums, &*report));
  if (info.rows == ReportRows::kDocuments || info.rows == ReportRows::kListedByState) AddSumsByState(&*report);
  if (request.selection.nonzero) DropZeros(&*report);
  RETURN_IF_ERROR(SortRows(request.selection.sort, &*report));
  if (request.selection.top.has_value()) KeepTop(*request.selection.top, &*report);
  const bool is_only_listed = info.rows == ReportRows::kListed || info.rows == ReportRows::kListedByState;
  const bool has_money = std::any_of(report->columns.begin(), report->columns.end(),
                                     [](const Column& column) { return IsMoney(column.type); });
  if (!is_only_listed && has_money) AddTotals(&*report, request.trend_months > 0 ? "bucket" : "");
  return report;
}

DefaultDay DefaultDayOf(const ReportInfo& info, const ReportRequest& request) {
  if (request.trend_months > 0) return DefaultDay::kMonthEnd;
  return request.by_bucket ? DefaultDay::kToday : info.default_day;
}

Status FindCustomers(const ReportInfo& info, bool by_part, ReportRequest* request, std::vector<FoundCustomer>* chosen) {
  const auto find = [&](std::string* customer) -> Status {
    auto found = FindCustomer(*request->log, *customer, by_part);
    RETURN_IF_ERROR(found);
    *customer = found->id;
    if (found->by_part) chosen->push_back(std::move(*found));
    return Status();
  };
  for (std::string& customer : request->customers) RETURN_IF_ERROR(find(&customer));
  const bool is_about_one =
      std::any_of(info.parameters.begin(), info.parameters.end(),
                  [](const ReportParameter& parameter) { return parameter.name == kAccount.name; });
  return is_about_one ? find(&request->subject) : Status();
}

const std::vector<ReportInfo>& AllReports() {
  static const std::vector<ReportInfo> reports{
      kBalanceReport,  kAgingReport,     kOpenItemsReport,    kUnappliedReport, kCustomersReport, kPromisesReport,
      kDisputesReport, kWriteOffsReport, kShipmentsReport,    kStatementReport, kTrailReport,     kExplainReport,
      kRolesReport,    kInterestReport,  kDifferencesReport,  kApplyReport,     kWorklistReport,  kReceiptsReport,
      kBillsReport,    kPapersReport,    kPromiseRatesReport, kContactsReport,  kCreditReport,    kOverridesReport,
  };
  return reports;
}

const ReportInfo* FindReport(std::string_view name) {
  const auto found =
      std::find_if(AllReports().begin(), AllReports().end(), [&](const ReportInfo& info) { return info.name == name; });
  return found == AllReports().end() ? nullptr : &*found;
}

}  // namespace duebook
