// Disputes: what customers contest, how much of it is still open, and how it ended. The age counts from the opening to
// the resolution or, without one, to the cut's day.

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "projections/history/item_balances.h"
#include "projections/history/salespeople.h"
#include "projections/history/visible_events.h"
#include "projections/shared/grouping.h"
#include "projections/shared/projection.h"
#include "projections/shared/register.h"

namespace duebook {
namespace {

struct Dispute {
  std::string number, customer, invoice, reason;
  Currency currency;
  Date date;
  Minor amount = 0;
  uint64_t invoice_seq = 0;
  std::optional<Date> resolved;
  std::string outcome;
};

class DisputeBook {
 public:
  void Evolve(EventView event) {
    if (event.type() == EventType::DisputeOpened) {
      const auto& body = event.body<schema::DisputeOpened>();
      index_.emplace(event.seq(), disputes_.size());
      disputes_.push_back({std::string(EventView::Text(body.dispute())), std::string(event.customer()),
                           std::string(EventView::Text(body.invoice())), std::string(EventView::Text(body.reason())),
                           event.currency(), event.date(), AmountOf(body.amount()), event.Referred("invoice"),
                           std::nullopt, ""});
    } else if (event.type() == EventType::DisputeResolved) {
      const auto dispute = index_.find(event.Referred("dispute"));
      if (dispute == index_.end()) return;
      disputes_[dispute->second].resolved = event.date();
      disputes_[dispute->second].outcome = EventView::Text(event.body<schema::DisputeResolved>().outcome());
    }
  }
  const std::vector<Dispute>& disputes() const { return disputes_; }

 private:
  std::vector<Dispute> disputes_;
  std::unordered_map<uint64_t, size_t> index_;  // by seq
};

std::vector<Column> Columns(bool with_salesperson) {
  std::vector<Column> columns{{"dispute"},
                              {"customer"},
                              {"invoice"},
                              {"currency"},
                              {"date"},
                              {"amount", Column::Align::kRight},
                              {"open", Column::Align::kRight},
                              {"reason"},
                              {"state"},
                              {"resolved"},
                              {"outcome"},
                              {"age", Column::Align::kRight}};
  if (with_salesperson) columns.push_back({"salesperson"});
  return columns;
}

Result<Report> RunDisputes(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto seqs = SeqsOfTypes(*request.log, {EventType::DisputeOpened, EventType::DisputeResolved}, request.customers);
  RETURN_IF_ERROR(seqs);
  DisputeBook book;
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) { book.Evolve(event); }));
  std::set<std::string> customers;
  for (const Dispute& dispute : book.disputes()) customers.insert(dispute.customer);
  auto history = HistoryOfRegister(request, customers);
  RETURN_IF_ERROR(history);
  std::vector<Sum> left = ItemBalances(**history, cut);
  const Salespeople salespeople(**history, cut);

  Report report{"disputes", cut, Columns(NeedsSalesperson(request)), {}, {}, {}};
  for (const Dispute& dispute : book.disputes()) {
    const auto named = (*history)->NamedItem(dispute.invoice_seq);
    RETURN_IF_ERROR(named);
    const uint32_t item = *named;
    // Several disputes on one invoice share what is open of it, in the order in which they were opened.
    const Sum open = dispute.resolved.has_value() ? Sum{0} : std::min(Sum{dispute.amount}, left[item]);
    left[item] -= open;
    const Money amount{dispute.amount, dispute.currency};
    report.rows.push_back({dispute.number, dispute.customer, dispute.invoice, dispute.currency.ToString(), dispute.date,
                           amount, Money{open, dispute.currency}, dispute.reason,
                           Term{dispute.resolved.has_value() ? "resolved" : "open", "dispute"},
                           dispute.resolved.has_value() ? Cell(*dispute.resolved) : Cell(), dispute.outcome,
                           static_cast<int64_t>(dispute.resolved.value_or(cut.effective) - dispute.date)});
    if (NeedsSalesperson(request)) report.rows.back().emplace_back(std::string(salespeople.Of(item)));
  }
  return FinishRegister(std::move(report), request);
}

}  // namespace

extern const ReportInfo kDisputesReport;
const ReportInfo kDisputesReport{
    "disputes",
    "disputed invoices, what of them is still open, and how disputes ended",
    "duebook disputes --effective 2025-12-31 --by customer",
    RunDisputes,
    {
        {"dispute", "its number"},
        kCustomerColumn,
        {"invoice", "the invoice that is disputed"},
        kCurrencyColumn,
        {"date", "the day on which it was opened"},
        {"amount", "what is disputed"},
        {"open", "how much of that is still to be paid; nothing once it is resolved"},
        {"reason", "why, as it was recorded"},
        {"state", "open or resolved"},
        {"resolved", "the day on which it was resolved"},
        {"outcome", "how it ended, as it was recorded"},
        {"age", "days from its opening until it was resolved or, if it is open, until the day of the report"},
        kSalespersonColumn,
        kDocumentsColumn,
    },
    {kOfCustomers, kGroupedBy}};

}  // namespace duebook
