// The statement of a customer's account: opening balance, what moved the balance, closing balance, aging. By currency,
// since currencies are never added together.
//
// Applying a payment moves no balance (the payment did when it came in) and is not listed; a discount taken with it
// does, and is. A write-off is listed on the day from which it is in force.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/books/books_records.h"
#include "projections/history/growing_history.h"
#include "projections/history/item_balances.h"
#include "projections/history/visible_events.h"
#include "projections/shared/event_text.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kAgingReport;
extern const ReportInfo kStatementReport;

namespace {

struct Line {
  Date date;
  uint64_t seq;
  std::string type, document, text;
  Sum amount;  // signed by its effect on the balance
};

// What the account's head says: of each, what was last said of it by the last day.
struct Account {
  std::optional<DatedText> name, terms;

  void Evolve(EventView event, Date last) {
    if (event.date() > last) return;
    for (const auto& [field, said] : {std::pair("name", &name), std::pair("terms", &terms)}) {
      const bool of_customer = event.type() == EventType::CustomerOpened ||
                               event.type() == EventType::CustomerChanged || event.type() == EventType::TermsSet;
      const FieldInfo* info = of_customer ? event.info().FindField(field) : nullptr;
      const std::string value = info == nullptr ? "" : FieldText(event, *info);
      if (value.empty() || (said->has_value() && event.date() < (*said)->date)) continue;
      *said = DatedText{event.date(), value};
    }
  }
};

std::string TextOf(const std::optional<DatedText>& said) { return said.has_value() ? said->text : ""; }

struct Section {
  Currency currency;
  std::vector<Line> lines;
};
using Sections = std::map<std::string, Section>;  // by the currency's code

// Returns what the events up to `cut.known` did to the balance by `last`, in order of date and seq.
Result<Sections> ReadSections(const EventLog& log, const std::string& customer, uint64_t known, Date last,
                              Language language, Account* account) {
  auto seqs = SeqsOfCustomers(log, {customer});
  RETURN_IF_ERROR(seqs);
  Sections sections;
  GrowingHistory history;
  // Every known event is folded, whatever its date: an event may move what a later-dated one introduced.
  RETURN_IF_ERROR(ForEachVisible(log, *seqs, Cut{Date::Max(), known}, [&](EventView event) {
    size_t row = history.movements.seq.size();
    history.Evolve(event);
    account->Evolve(event, last);
    Line line{event.date(), event.seq(), event.info().name, "", "", 0};
    for (; row < history.movements.seq.size(); ++row) {
      line.date = history.movements.date[row];
      line.amount += BalanceSign(history.items.kind[history.movements.item[row]]) * history.movements.amount[row];
    }
    if (line.amount == 0 || line.date > last) return;
    line.document = MainDocument(event);
    line.text = EventText(event, language);
    Section& section = sections[event.currency().ToString()];
    section.currency = event.currency();
    section.lines.push_back(std::move(line));
  }));
  RETURN_IF_ERROR(history.status());
  for (auto& [code, section] : sections) {
    std::sort(section.lines.begin(), section.lines.end(),
              [](const Line& a, const Line& b) { return std::tuple(a.date, a.seq) < std::tuple(b.date, b.seq); });
  }
  return sections;
}

Row BalanceRow(const std::string& customer, Cell date, std::string title, Sum balance, Currency currency) {
  return {customer, currency.ToString(),     std::move(date), Cell(), Term{std::move(title)}, "", "", Cell(),
          Cell(),   Money{balance, currency}};
}

// One currency's section: opening balance, movements from `from` on, closing balance.
void AddSection(const std::string& customer, const Section& section, std::optional<Date> from, Date last,
                Report& report) {
  const auto& [currency, lines] = section;
  Sum balance = 0;
  auto line = lines.begin();
  for (; line != lines.end() && from.has_value() && line->date < *from; ++line) balance += line->amount;
  report.rows.push_back(
      BalanceRow(customer, from.has_value() ? Cell(*from) : Cell(), "opening balance", balance, currency));
  for (; line != lines.end(); ++line) {
    balance += line->amount;
    const Cell amount = Money{line->amount < 0 ? -line->amount : line->amount, currency};
    report.rows.push_back({customer, currency.ToString(), line->date, static_cast<int64_t>(line->seq), Term{line->type},
                           line->document, line->text, line->amount > 0 ? amount : Cell(),
                           line->amount < 0 ? amount : Cell(), Money{balance, currency}});
  }
  report.rows.push_back(BalanceRow(customer, last, "closing balance", balance, currency));
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
  ReportRequest dated = request;
  if (request.to.has_value()) dated.cut.effective = std::min(*request.to, request.cut.effective);
  const Cut cut = dated.ClippedCut();
  if (request.from.has_value() && *request.from > cut.effective) {
    return Error{ErrorCode::kInvalidArgument,
                 "the statement would begin on " + request.from->ToString() + " and end before it, on " +
                     cut.effective.ToString(),
                 "give a first day (--from) that is not after the last (--to, --effective)"};
  }
  Account account;
  auto sections = ReadSections(*request.log, request.subject, cut.known, cut.effective, request.language, &account);
  RETURN_IF_ERROR(sections);
  Report report = EmptyReport(kStatementReport, cut);
  report.particulars = {
      {"customer", request.subject}, {"name", TextOf(account.name)}, {"terms", Term{TextOf(account.terms)}}};
  if (request.from.has_value()) report.particulars.emplace_back("from", *request.from);
  report.particulars.emplace_back("to", cut.effective);
  for (const auto& [code, section] : *sections)
    AddSection(request.subject, section, request.from, cut.effective, report);
  RETURN_IF_ERROR(AddAging(request, cut, report));
  return report;
}

}  // namespace

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
                                  {kAccount, kFirstDay, kLastDay, kPeriod, kAgingBasis, kBucketEnds}};

}  // namespace duebook
