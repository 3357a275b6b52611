// Interest: what late interest has accrued on each invoice, and how much of it was billed by debit notes. Recording it
// bills the rest; a second run bills nothing.

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/events/debit_note_kinds.h"
#include "projections/reports/interest_book.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kInterestReport;

namespace {

struct Found {
  History history;
  std::vector<InvoiceInterest> invoices;  // in order of customer and number
};

Result<Found> FindInterest(const ReportRequest& request) {
  auto history = request.LoadHistory(
      {HistoryPart::kNumbers, HistoryPart::kFacts, HistoryPart::kDisputes, HistoryPart::kSalespeople});
  RETURN_IF_ERROR(history);
  Found found{*std::move(history), {}};
  found.invoices = InterestAt(found.history, request.ClippedCut());
  const History::Items& items = found.history.items;
  const auto place = [&](const InvoiceInterest& each) {
    return std::tuple(found.history.customers.id[items.customer[each.item]], items.number[each.item]);
  };
  std::stable_sort(found.invoices.begin(), found.invoices.end(),
                   [&](const InvoiceInterest& a, const InvoiceInterest& b) { return place(a) < place(b); });
  return found;
}

Cell DayOrNothing(const std::optional<Date>& day) { return day.has_value() ? Cell(*day) : Cell(); }

Result<Report> RunInterest(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto found = FindInterest(request);
  RETURN_IF_ERROR(found);
  const History& history = found->history;
  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  Report report = EmptyReport(kInterestReport, cut);
  cells->AddKeyColumn(&report);
  for (const InvoiceInterest& each : found->invoices) {
    const Currency currency = history.items.currency[each.item];
    report.rows.push_back({std::string(history.customers.id[history.items.customer[each.item]]),
                           std::string(history.items.number[each.item]), currency.ToString(), DayOrNothing(each.from),
                           DayOrNothing(each.through), each.days, Money{each.accrued, currency},
                           Money{each.billed, currency}, Money{each.unbilled(), currency}});
    cells->AddOfItem(each.item, &report.rows.back());
  }
  return report;
}

// Returns whether the amount is as much as was asked for, or more.
bool IsEnough(Sum amount, Currency currency, const std::optional<Decimal>& least) {
  if (!least.has_value()) return true;
  Sum units = amount;
  Sum asked = least->digits;
  for (int i = 0; i < least->scale; i++) units *= 10;
  for (int i = 0; i < currency.decimals(); i++) asked *= 10;
  return units >= asked;
}

// A debit note for what is not billed of each invoice. One that has a later note already was billed by that.
Result<std::vector<FoundGroup>> RecordInterest(const ReportRequest& request) {
  const auto found = FindInterest(request);
  RETURN_IF_ERROR(found);
  const std::string day = request.cut.effective.ToString();
  std::vector<FoundGroup> groups;
  for (const InvoiceInterest& each : found->invoices) {
    const Currency currency = found->history.items.currency[each.item];
    const bool is_due = each.unbilled() > 0 && !each.billed_later;
    if (!is_due || !IsEnough(each.unbilled(), currency, request.least)) continue;
    groups.emplace_back([day, invoice = std::string(found->history.items.number[each.item]),
                         amount = FormatAmount(each.unbilled(), currency)](int time) {
      return std::vector<FoundEvent>{{EventType::DebitNoteIssued,
                                      IdOver("interest:", {invoice, day}, time),
                                      {{"date", day},
                                       {"debit_note", NumberAround("INT-", invoice, "-" + day, time)},
                                       {"invoice", invoice},
                                       {"amount", amount},
                                       {"kind", std::string(kInterestNote)},
                                       {"through", day}}}};
    });
  }
  return groups;
}

}  // namespace

const ReportInfo kInterestReport{
    "interest",
    "late interest on each invoice: accrued, billed and not yet billed",
    "duebook interest --effective 2025-12-31\n"
    "  duebook interest --effective 2025-12-31 --minimum 50 --record",
    ReportRows::kItems,
    RunInterest,
    {
        kCustomerColumn,
        kAttributeColumn,
        {"invoice", "its number"},
        kCurrencyColumn,
        kItemsColumn,
        {"from", "the first day that bears interest", ColumnType::kDate},
        {"through", "the last day that does", ColumnType::kDate},
        {"days", "how many do, as the terms count days", ColumnType::kNumber},
        {"accrued", "interest of all these days", ColumnType::kMoney},
        {"billed", "debit notes of interest in force", ColumnType::kMoney},
        {"unbilled", "accrued and not billed; below zero where money was found later", ColumnType::kBalance},
        kNameColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy, kLeastBilled, kNonZero}),
    DefaultDay::kToday,
    false,
    nullptr,
    RecordInterest};

}  // namespace duebook
