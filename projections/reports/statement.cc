// The statement of a customer's account, as the company reads it: opening balance, what moved the balance, closing
// balance, aging. By currency, since currencies are never added together. What the customer is sent is its letter
// (statement_letter.h).

#include "projections/reports/statement.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "projections/reports/account.h"
#include "projections/reports/statement_letter.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kAgingReport;
extern const ReportInfo kStatementReport;

namespace {

Row BalanceRow(const std::string& customer, Cell date, std::string title, Sum balance, Currency currency) {
  return {customer, currency.ToString(),     std::move(date), Cell(), Term{std::move(title)}, "", "", Cell(),
          Cell(),   Money{balance, currency}};
}

// One currency's section: opening balance, movements from `from` on, closing balance.
void AddSection(const std::string& customer, const AccountSection& section, std::optional<Date> from, Date last,
                Report& report) {
  const Currency currency = section.currency;
  const size_t opening_row = report.rows.size();
  report.rows.emplace_back();
  const auto [opening, closing] = ForEachLine(section, from, [&](const AccountLine& line, Sum balance) {
    const Cell amount = Money{line.amount < 0 ? -line.amount : line.amount, currency};
    report.rows.push_back({customer, currency.ToString(), line.date, static_cast<int64_t>(line.seq), Term{line.type},
                           line.document, line.text, line.amount > 0 ? amount : Cell(),
                           line.amount < 0 ? amount : Cell(), Money{balance, currency}});
  });
  report.rows[opening_row] =
      BalanceRow(customer, from.has_value() ? Cell(*from) : Cell(), "opening balance", opening, currency);
  report.rows.push_back(BalanceRow(customer, last, "closing balance", closing, currency));
}

// The aging of the account at its last day, as figures: "CNY not_due", "CNY 1-30", ...
Status AddAging(const ReportRequest& request, const Cut& cut, Report& report) {
  ReportRequest aging_request = request;
  aging_request.cut = cut;
  aging_request.customers = {request.subject};
  aging_request.by.clear();
  auto aging = kAgingReport.run(aging_request);
  RETURN_IF_ERROR(aging);
  for (const Row& row : aging->rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const Money* money = std::get_if<Money>(&row[i]);
      if (money == nullptr) continue;
      report.figures.emplace_back(money->currency.ToString() + " " + aging->columns[i].name, *money);
    }
  }
  return {};
}

Result<Report> RunStatement(const ReportRequest& request) {
  const auto cut = StatementCut(request);
  RETURN_IF_ERROR(cut);
  auto account = ReadAccount(*request.log, request.subject, *cut, cut->effective, request.language);
  RETURN_IF_ERROR(account);
  Report report = EmptyReport(kStatementReport, *cut);
  report.particulars = {{"customer", request.subject},
                        {"name", account->customer.Of("name")},
                        {"terms", Term{account->customer.Of("terms")}}};
  if (request.from.has_value()) report.particulars.emplace_back("from", *request.from);
  report.particulars.emplace_back("to", cut->effective);
  for (const auto& [code, section] : account->sections)
    AddSection(request.subject, section, request.from, cut->effective, report);
  RETURN_IF_ERROR(AddAging(request, *cut, report));
  return report;
}

}  // namespace

Result<Cut> StatementCut(const ReportRequest& request) {
  ReportRequest dated = request;
  if (request.to.has_value()) dated.cut.effective = std::min(*request.to, request.cut.effective);
  const Cut cut = dated.ClippedCut();
  if (!request.from.has_value() || *request.from <= cut.effective) return cut;
  return Error{
      ErrorCode::kInvalidArgument,
      "the statement would begin on " + request.from->ToString() + " and end before it, on " + cut.effective.ToString(),
      "give a first day (--from) that is not after the last (--to, --effective)"};
}

const ReportInfo kStatementReport{"statement",
                                  "a customer's account: opening balance, movements, closing balance, aging",
                                  "duebook statement C-7 --from 2025-01-01 --to 2025-12-31",
                                  ReportRows::kListed,
                                  RunStatement,
                                  {
                                      kCustomerColumn,
                                      kCurrencyColumn,
                                      kDateColumn,
                                      kSeqColumn,
                                      {"type", "the event's type, or which balance the row is", ColumnType::kWord},
                                      {"document", "the number of the document that moved the account"},
                                      kTextColumn,
                                      {"debit", "what the customer owes more", ColumnType::kMoney},
                                      {"credit", "what the customer owes less", ColumnType::kMoney},
                                      {"balance", "what is owed after it", ColumnType::kMoney},
                                  },
                                  {kAccount, kFirstDay, kLastDay, kPeriod, kAgingBasis, kBucketEnds, kForTheCompany},
                                  DefaultDay::kToday,
                                  false,
                                  StatementLetter,
                                  nullptr,
                                  false,
                                  true};

}  // namespace duebook
