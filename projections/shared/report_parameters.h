// What a report can be asked beside its cut. Each parameter is described once; whoever stands at a door offers those of
// the report and refuses all others.

#pragma once

#include <string_view>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/result.h"

namespace duebook {

struct ReportRequest;

struct ReportParameter {
  enum class Form : uint8_t {
    kSubject,  // what the report is about; has to be given
    kSearch,   // what is looked for; may be left out
    kValue,    // at most one
    kChoice,   // at most one, of a few
    kList,     // may be given several times
    kFlag,     // no value
  };

  std::string_view name;  // "from"
  Form form;
  std::string_view value;  // what stands for the value in --help, "YYYY-MM-DD"; of a choice the words, "due|invoice"
  std::string_view help;
  // Puts a value, as it was written, into the request; a flag's is empty. kInvalidArgument says what is wrong with the
  // value, as the end of a sentence that begins with its name.
  Status (*set)(std::string_view value, ReportRequest* request);
};

// Returns whether the text has the form of a day, be there such a day or not: four digits, two and two.
bool LooksLikeADay(std::string_view text);

// Returns the day that was written as YYYY-MM-DD. kInvalidArgument: it is written otherwise, or there is no such day.
Result<Date> ReadDay(std::string_view text);

extern const ReportParameter kOfCustomers;         // --customer
extern const ReportParameter kSearched;            // TEXT of the customers
extern const ReportParameter kGroupedBy;           // --by
extern const ReportParameter kAgingBasis;          // --basis
extern const ReportParameter kBucketEnds;          // --buckets
extern const ReportParameter kTrendMonths;         // --trend
extern const ReportParameter kGraceDays;           // --grace
extern const ReportParameter kPromisesBy;          // --by of the promises' rates
extern const ReportParameter kAccount;             // CUSTOMER of a statement
extern const ReportParameter kFirstDay;            // --from
extern const ReportParameter kLastDay;             // --to of a statement
extern const ReportParameter kPeriod;              // --period of a statement
extern const ReportParameter kForTheCompany;       // --internal
extern const ReportParameter kTestDay;             // --to of the cut-off test
extern const ReportParameter kCreditHistory;       // --history
extern const ReportParameter kWithoutShipment;     // --all
extern const ReportParameter kSignDays;            // --sign-days
extern const ReportParameter kInvoiceDays;         // --invoice-days
extern const ReportParameter kAsksForIou;          // --iou
extern const ReportParameter kCustomerOrDocument;  // ID of a trail
extern const ReportParameter kViolationsOnly;      // --violations
extern const ReportParameter kByBucket;            // --aging
extern const ReportParameter kOverdueOnly;         // --overdue
extern const ReportParameter kLeastOpen;           // --min
extern const ReportParameter kOfSalesperson;       // --salesperson
extern const ReportParameter kLeastBilled;         // --minimum
extern const ReportParameter kOnePayment;          // --payment
extern const ReportParameter kCashOrder;           // --rule
extern const ReportParameter kNonZero;             // --nonzero
extern const ReportParameter kOfWorkKind;          // --kind of the work list
extern const ReportParameter kDaysAhead;           // --ahead

// Returns the parameters, and behind them those of every list: --where, --sort and --top.
std::vector<ReportParameter> ListParameters(std::vector<ReportParameter> parameters);

}  // namespace duebook
