#include "projections/shared/report_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/values/parse_number.h"
#include "ledger/values/split.h"
#include "projections/shared/period.h"
#include "projections/shared/projection.h"

namespace duebook {
namespace {

using Form = ReportParameter::Form;

Error Wrong(std::string sentence, std::string hint) {
  return {ErrorCode::kInvalidArgument, std::move(sentence), std::move(hint)};
}

Status SetFirstDay(std::string_view value, ReportRequest* request) {
  const auto period = ReadPeriod(value);
  RETURN_IF_ERROR(period);
  request->from = period->first;
  return Status();
}

Status SetLastDay(std::string_view value, ReportRequest* request) {
  const auto period = ReadPeriod(value);
  RETURN_IF_ERROR(period);
  request->to = period->last;
  return Status();
}

template <auto member>
Status SetText(std::string_view value, ReportRequest* request) {
  request->*member = std::string(value);
  return Status();
}

template <auto member>
Status SetFlag(std::string_view, ReportRequest* request) {
  request->*member = true;
  return Status();
}

Status SetPeriod(std::string_view value, ReportRequest* request) {
  const auto period = ReadPeriod(value);
  RETURN_IF_ERROR(period);
  if (request->from.has_value() || request->to.has_value()) {
    return Wrong("it says what --from and --to say, too", "leave one or the other out");
  }
  request->from = period->first;
  request->to = period->last;
  return Status();
}

Status AddCustomer(std::string_view value, ReportRequest* request) {
  request->customers.emplace_back(value);
  return Status();
}

// Which attributes there are, the history knows.
Status SetGrouping(std::string_view value, ReportRequest* request) {
  request->by = value;
  return Status();
}

Status SetPromisesBy(std::string_view value, ReportRequest* request) {
  if (value != "customer" && value != "salesperson" && value != "month" && value != "plan") {
    return Wrong("promises are not grouped by that", "say customer, salesperson, month or plan");
  }
  return SetGrouping(value, request);
}

Status SetBasis(std::string_view value, ReportRequest* request) {
  if (value == "due") {
    request->basis = AgingBasis::kDue;
  } else if (value == "original") {
    request->basis = AgingBasis::kOriginal;
  } else if (value == "invoice") {
    request->basis = AgingBasis::kInvoice;
  } else {
    return Wrong("ages are not counted from that", "say due, original or invoice");
  }
  return Status();
}

Status SetLeastBilled(std::string_view value, ReportRequest* request) {
  const std::optional<Decimal> least = Decimal::Parse(value);
  if (!least.has_value() || least->digits < 0) return Wrong("it is no amount", "write such as 50.00");
  request->least = least;
  return Status();
}

Status AddCondition(std::string_view value, ReportRequest* request) {
  request->selection.where.emplace_back(value);
  return Status();
}

Status SetOverdueOnly(std::string_view, ReportRequest* request) { return AddCondition("overdue_days > 0", request); }

Status SetLeastOpen(std::string_view value, ReportRequest* request) {
  if (!Decimal::Parse(value).has_value()) return Wrong("this is no amount", "write it as 1000.00");
  return AddCondition("open >= " + std::string(value), request);
}

Status SetSalesperson(std::string_view value, ReportRequest* request) {
  return AddCondition("salesperson = " + std::string(value), request);
}

Status SetOrder(std::string_view value, ReportRequest* request) {
  request->selection.sort = value;
  return Status();
}

Status SetTop(std::string_view value, ReportRequest* request) {
  const auto rows = ParseNumber<size_t>(value);
  if (!rows.has_value() || *rows == 0) return Wrong("this is no number of rows", "write a whole number from 1");
  request->selection.top = *rows;
  return Status();
}

Status SetNonZero(std::string_view, ReportRequest* request) {
  request->selection.nonzero = true;
  return Status();
}

// "30,60,90".
Status SetBuckets(std::string_view value, ReportRequest* request) {
  constexpr int kMost = 99'999;
  std::vector<int> ends;
  for (const std::string_view text : SplitAt(value, ',')) {
    const auto day = ParseNumber<int>(text);
    if (!day.has_value() || *day > kMost || *day <= (ends.empty() ? 0 : ends.back())) {
      return Wrong("these are no ascending days", "write the last day of each, such as 30,60,90");
    }
    ends.push_back(*day);
  }
  request->bucket_ends = std::move(ends);
  return Status();
}

Status SetTrend(std::string_view value, ReportRequest* request) {
  constexpr int kMost = 120;
  const auto months = ParseNumber<int>(value);
  if (!months.has_value() || *months < 1 || *months > kMost)
    return Wrong("this is no number of months from 1 to 120", "");
  request->trend_months = *months;
  return Status();
}

Status SetCashOrder(std::string_view value, ReportRequest* request) {
  if (value != "oldest" && value != "prc") return Wrong("cash is not applied in that order", "say oldest or prc");
  request->rule = value;
  return Status();
}

template <auto member>
Status SetDays(std::string_view value, ReportRequest* request) {
  constexpr int kMost = 3650;
  const auto days = ParseNumber<int>(value);
  if (!days.has_value() || *days < 0 || *days > kMost) return Wrong("this is no number of days from 0 to 3650", "");
  request->*member = *days;
  return Status();
}

Status SetWorkKind(std::string_view value, ReportRequest* request) {
  const std::vector<std::string_view> kinds = SplitAt(kOfWorkKind.value, '|');
  if (std::find(kinds.begin(), kinds.end(), value) == kinds.end()) {
    return Wrong("there is no such kind", fmt::format("say one of {}", fmt::join(kinds, ", ")));
  }
  return AddCondition("kind = " + std::string(value), request);
}

}  // namespace

bool LooksLikeADay(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00";
  return std::equal(text.begin(), text.end(), kForm.begin(), kForm.end(),
                    [](char c, char form) { return form == '0' ? c >= '0' && c <= '9' : c == form; });
}

Result<Date> ReadDay(std::string_view text) {
  const auto day = Date::Parse(text);
  if (day.has_value()) return *day;
  if (LooksLikeADay(text)) return Wrong("there is no such day", "write it as YYYY-MM-DD");
  return Wrong("the form of this date is wrong", "write it as YYYY-MM-DD, such as 2025-12-31");
}

const ReportParameter kOfCustomers{"customer", Form::kList, "ID", "of these customers only; may repeat", AddCustomer};
const ReportParameter kSearched{"TEXT", Form::kSearch, "",
                                "only those with this in their number or name, in any case or width",
                                SetText<&ReportRequest::subject>};
const ReportParameter kGroupedBy{"by", Form::kChoice, "customer|salesperson|currency",
                                 "one row for each, or for each value of any other attribute of customers, as region",
                                 SetGrouping};
const ReportParameter kAgingBasis{"basis", Form::kChoice, "due|original|invoice",
                                  "age from the due date, the one that was first agreed, or the invoice's date "
                                  "(default: due)",
                                  SetBasis};
const ReportParameter kBucketEnds{"buckets", Form::kValue, "DAYS",
                                  "last day of each bucket (default: 30,60,90,120,180,365)", SetBuckets};
const ReportParameter kTrendMonths{"trend", Form::kValue, "MONTHS",
                                   "the same at the last so many month ends, side by side (by currency, unless --by; "
                                   "--effective left out: up to the last month that is over)",
                                   SetTrend};
const ReportParameter kGraceDays{
    "grace", Form::kValue, "DAYS",
    "days after the promised one that still count, for promises that say none (default: 0)",
    SetDays<&ReportRequest::grace_days>};
const ReportParameter kPromisesBy{"by", Form::kChoice, "customer|salesperson|month|plan",
                                  "one row for each; months are those of the last day (default: customer)",
                                  SetPromisesBy};
const ReportParameter kAccount{"CUSTOMER", Form::kSubject, "", "whose account", SetText<&ReportRequest::subject>};
const ReportParameter kFirstDay{"from", Form::kValue, "YYYY-MM-DD",
                                "first day, or that of a month, 2025-12, quarter or year (default: the first there is)",
                                SetFirstDay};
const ReportParameter kLastDay{"to", Form::kValue, "YYYY-MM-DD",
                               "last day, or that of a month, 2025-12, quarter or year (default: --effective)",
                               SetLastDay};
const ReportParameter kPeriod{"period", Form::kValue, "2025-12|2025-Q4|2025",
                              "--from and --to of this month, quarter or year", SetPeriod};
const ReportParameter kForTheCompany{
    "internal", Form::kFlag, "",
    "what the company reads, with events, memos and every figure, in place of what the customer is sent",
    SetFlag<&ReportRequest::for_the_company>};
const ReportParameter kTestDay{
    "to", Form::kValue, "YYYY-MM-DD",
    "the day of the cut-off test, or the last of a month, 2025-12, quarter or year (default: --effective)", SetLastDay};
const ReportParameter kCreditHistory{"history", Form::kFlag, "",
                                     "what was said of each customer's credit, by whom and why, one row each",
                                     SetFlag<&ReportRequest::credit_history>};
const ReportParameter kWithoutShipment{
    "all", Form::kFlag, "",
    "also invoices without shipments that come from another system, or stand in a ledger without shipments",
    SetFlag<&ReportRequest::without_shipment>};
const ReportParameter kSignDays{"sign-days", Form::kValue, "DAYS",
                                "days after shipping within which it is to be signed for (default: 3)",
                                SetDays<&ReportRequest::sign_days>};
const ReportParameter kInvoiceDays{"invoice-days", Form::kValue, "DAYS",
                                   "days after shipping within which it is to be invoiced (default: 30)",
                                   SetDays<&ReportRequest::invoice_days>};
const ReportParameter kAsksForIou{"iou", Form::kFlag, "", "also shipments that nobody owes by an IOU are incomplete",
                                  SetFlag<&ReportRequest::asks_for_iou>};
const ReportParameter kCustomerOrDocument{
    "ID", Form::kSubject, "",
    "a customer, or the number of a document; KIND:ID where several kinds have it, as in invoice:42",
    SetText<&ReportRequest::subject>};
const ReportParameter kViolationsOnly{
    "violations", Form::kFlag, "",
    "only those that break a rule, with the events that show it; the exit status is 1 if there are any",
    SetFlag<&ReportRequest::violations_only>};
const ReportParameter kByBucket{
    "aging", Form::kFlag, "",
    "by how much each bucket of the aging moved, by events and by time alone (--effective left out: today)",
    SetFlag<&ReportRequest::by_bucket>};

const ReportParameter kOverdueOnly{"overdue", Form::kFlag, "", "only what is past its due date", SetOverdueOnly};
const ReportParameter kLeastOpen{"min", Form::kValue, "AMOUNT", "only what is open with so much or more", SetLeastOpen};
const ReportParameter kOfSalesperson{"salesperson", Form::kValue, "NAME", "only what this salesperson looks after",
                                     SetSalesperson};
const ReportParameter kLeastBilled{"minimum", Form::kValue, "AMOUNT",
                                   "with --record: only what is not billed with so much or more", SetLeastBilled};
const ReportParameter kOnePayment{"payment", Form::kValue, "NUMBER",
                                  "only this payment, as if it were the only one that is unapplied",
                                  SetText<&ReportRequest::payment>};
const ReportParameter kCashOrder{"rule", Form::kChoice, "oldest|prc",
                                 "where nothing else is found, pay as far as the money reaches: the oldest due first, "
                                 "or in the order of article 560 of the Civil Code",
                                 SetCashOrder};
const ReportParameter kNonZero{"nonzero", Form::kFlag, "", "no rows of which nothing is left", SetNonZero};
const ReportParameter kOfWorkKind{
    "kind", Form::kChoice,
    "reminder|promise_due|promise_broken|follow_up|hold|release|escalation|dispute|credit_note|bill|apply|approve",
    "only what asks for this", SetWorkKind};
const ReportParameter kDaysAhead{"ahead", Form::kValue, "DAYS",
                                 "promises from so many days before they are due (default: 0)",
                                 SetDays<&ReportRequest::days_ahead>};

std::vector<ReportParameter> ListParameters(std::vector<ReportParameter> parameters) {
  parameters.push_back({"where", Form::kList, "CONDITION",
                        "only rows that meet it, as in 'open >= 1000.00': a column, one of = "
                        "!= < <= > >= ~ (holds), a "
                        "value; may repeat, and all hold then",
                        AddCondition});
  parameters.push_back(
      {"sort", Form::kValue, "COLUMN[:desc]", "in order of this column; of several, parted by commas", SetOrder});
  parameters.push_back({"top", Form::kValue, "ROWS", "the first rows only", SetTop});
  return parameters;
}

}  // namespace duebook
