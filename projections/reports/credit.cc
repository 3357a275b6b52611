// Credit: how much each customer may owe, how much it owes with what is shipped and not yet invoiced, and what secures
// that; or, as its history, what was said of a customer's credit, by whom and why. Of an account, in each currency:
//
//   exposure     balance + not_invoiced + bills - guarantees
//   room         limit - exposure
//   overdue      what is late by the credit policy, less what is unapplied and not reserved; at least 0

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "projections/history/customer_attribute.h"
#include "projections/history/visible_events.h"
#include "projections/reports/credit_book.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kCreditReport;

namespace {

constexpr std::initializer_list<std::string_view> kHistoryColumns{"seq", "date", "what", "value", "actor", "reason"};

// The columns that both forms of the report have, beside those that only this one has.
Report ReportWith(bool is_history, const Cut& cut) {
  Report report = EmptyReport(kCreditReport, cut,
                              is_history ? kHistoryColumns
                                         : std::initializer_list<std::string_view>{
                                               "state", "grade", "score", "limit", "balance", "not_invoiced", "bills",
                                               "guarantees", "exposure", "room", "overdue", "oldest", "terms"});
  if (!is_history) return report;
  // In the order of what happened.
  const auto place = [&](std::string_view name) {
    return std::find_if(report.columns.begin(), report.columns.end(),
                        [&](const Column& column) { return column.name == name; });
  };
  const auto currency = place("currency");
  std::rotate(currency, currency + 1, place("value"));
  return report;
}

Cell GradeOf(const CreditBook& book, const History& history, uint32_t customer) {
  const auto rating = book.Of(customer).rating;
  return rating.has_value() ? Cell(std::string(history.facts.key[*rating])) : Cell();
}

Cell ScoreOf(const CreditBook& book, const History& history, uint32_t customer) {
  const auto rating = book.Of(customer).rating;
  const uint32_t number = rating.has_value() ? history.facts.number[*rating] : 0;
  return number == 0 ? Cell() : Cell(static_cast<int64_t>(number) - 1);
}

Result<Report> RunStandings(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kShipments, HistoryPart::kFacts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  auto book = CreditBook::Make(*request.log, history, cut);
  RETURN_IF_ERROR(book);
  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  const CustomerAttribute terms(history, cut, kTermsAttribute);

  Report report = ReportWith(false, cut);
  cells->AddKeyColumn(&report);
  for (const CreditStanding& each : book->Sorted()) {
    const auto money = [&](Sum amount) { return Money{amount, each.currency}; };
    Row& row = report.rows.emplace_back(Row{
        std::string(history.customers.id[each.customer]), each.currency.ToString(),
        Term{std::string(book->StateOf(each.customer)), "customer"}, GradeOf(*book, history, each.customer),
        ScoreOf(*book, history, each.customer), money(each.limit), money(each.balance), money(each.not_invoiced),
        money(each.bills), money(each.guarantees), money(each.Exposure()), money(each.Room()), money(each.NetOverdue()),
        each.oldest > 0 ? Cell(each.oldest) : Cell(), Term{std::string(terms.Of(each.customer))}});
    cells->AddOfCustomer(each.customer, cut.effective, &row);
  }
  return report;
}

// --- what was said of it ---

struct Said {
  std::string_view what;
  std::string value = {};
  Currency currency = {};
  std::string_view reason = {};
};

std::string AmountIn(const schema::Amount* amount, Currency currency) {
  return amount == nullptr ? "" : FormatAmount(amount->minor(), currency);
}

template <class Body>
void AddMaster(const Body& body, Currency currency, std::vector<Said>* said) {
  if (body.limit() != nullptr) said->push_back({"limit", AmountIn(body.limit(), currency), currency});
  if (body.terms() != nullptr) said->push_back({"terms", std::string(EventView::Text(body.terms()))});
}

std::vector<Said> SaidBy(EventView event) {
  const Currency currency = event.currency();
  std::vector<Said> said;
  switch (event.type()) {
    case EventType::CustomerOpened:
      said.push_back({"opened"});
      AddMaster(event.body<schema::CustomerOpened>(), currency, &said);
      break;
    case EventType::CustomerChanged:
      AddMaster(event.body<schema::CustomerChanged>(), currency, &said);
      break;
    case EventType::CustomerApproved: {
      const auto& body = event.body<schema::CustomerApproved>();
      said.push_back({"approved", "", {}, EventView::Text(body.reason())});
      AddMaster(body, currency, &said);
      break;
    }
    case EventType::CreditLimitSet:
      said.push_back({"limit", AmountIn(event.body<schema::CreditLimitSet>().limit(), currency), currency});
      break;
    case EventType::TermsSet:
      said.push_back({"terms", std::string(EventView::Text(event.body<schema::TermsSet>().terms()))});
      break;
    case EventType::CustomerRated: {
      const auto& body = event.body<schema::CustomerRated>();
      const std::string grade(EventView::Text(body.grade()));
      said.push_back({"rated",
                      body.score() < 0 ? grade : fmt::format("{} {}", grade, body.score()),
                      {},
                      EventView::Text(body.reason())});
      break;
    }
    case EventType::CreditHoldPlaced:
      said.push_back({"held", "", {}, EventView::Text(event.body<schema::CreditHoldPlaced>().reason())});
      break;
    case EventType::CreditHoldReleased:
      said.push_back({"released", "", {}, EventView::Text(event.body<schema::CreditHoldReleased>().reason())});
      break;
    case EventType::GuaranteeReceived:
      said.push_back({"guarantee", AmountIn(event.body<schema::GuaranteeReceived>().amount(), currency), currency});
      break;
    case EventType::GuaranteeReleased: {
      const auto& body = event.body<schema::GuaranteeReleased>();
      said.push_back(
          {"guarantee released", AmountIn(body.amount(), currency), currency, EventView::Text(body.reason())});
      break;
    }
    case EventType::CreditOverridden: {
      const auto& body = event.body<schema::CreditOverridden>();
      said.push_back({"override", AmountIn(body.amount(), currency), currency, EventView::Text(body.reason())});
      break;
    }
    case EventType::InterestSet:
      said.push_back({"interest", std::string(EventView::Text(event.body<schema::InterestSet>().rate()))});
      break;
    case EventType::ReminderPolicySet: {
      const auto* until = event.body<schema::ReminderPolicySet>().until();
      said.push_back({"reminders", until == nullptr ? "" : DateOf(*until).ToString()});
      break;
    }
    default:
      break;
  }
  return said;
}

Result<Report> RunHistory(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto seqs = SeqsOfTypes(
      *request.log,
      {EventType::CustomerOpened, EventType::CustomerChanged, EventType::CustomerApproved, EventType::CreditLimitSet,
       EventType::TermsSet, EventType::CustomerRated, EventType::CreditHoldPlaced, EventType::CreditHoldReleased,
       EventType::GuaranteeReceived, EventType::GuaranteeReleased, EventType::CreditOverridden, EventType::InterestSet,
       EventType::ReminderPolicySet},
      request.customers);
  RETURN_IF_ERROR(seqs);
  const auto loaded = request.LoadHistory({HistoryPart::kFacts});
  RETURN_IF_ERROR(loaded);
  const CustomerAttribute names(*loaded, cut, kNameAttribute);
  Report report = ReportWith(true, cut);
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) {
    if (event.customer().empty()) return;
    const uint32_t customer =
        loaded->CustomerAt(event.Referred("customer") == 0 ? event.seq() : event.Referred("customer"));
    for (const Said& said : SaidBy(event)) {
      report.rows.push_back({std::string(event.customer()), static_cast<int64_t>(event.seq()), event.date(),
                             Term{std::string(said.what), "credit"}, said.currency.ToString(), said.value,
                             std::string(event.actor()), std::string(said.reason), std::string(names.Of(customer))});
    }
  }));
  std::stable_sort(report.rows.begin(), report.rows.end(), [](const Row& a, const Row& b) {
    return std::tuple(std::get<Date>(a[2]), std::get<int64_t>(a[1])) <
           std::tuple(std::get<Date>(b[2]), std::get<int64_t>(b[1]));
  });
  return report;
}

Result<Report> RunCredit(const ReportRequest& request) {
  return request.credit_history ? RunHistory(request) : RunStandings(request);
}

constexpr auto kAsked = ReportColumn::Where::kAsked;

}  // namespace

const ReportInfo kCreditReport{
    "credit",
    "how much customers may owe, what they owe with all that is on its way, and what is left of their limits",
    "duebook credit --effective 2025-12-31",
    ReportRows::kSums,
    RunCredit,
    {
        kCustomerColumn,
        kCurrencyColumn,
        {"state", "opened, trading or held", ColumnType::kWord, kAsked},
        {"grade", "as it was last rated", ColumnType::kText, kAsked},
        {"score", "behind the grade", ColumnType::kNumber, kAsked},
        {"limit", "up to what the customer may owe; 0 is cash in advance only", ColumnType::kMoney, kAsked},
        {"balance", "what is owed in all: open less unapplied", ColumnType::kBalance, kAsked},
        {"not_invoiced", "shipped, not returned, and on no invoice yet", ColumnType::kBalance, kAsked},
        {"bills", "bills of exchange that may still come back", ColumnType::kBalance, kAsked},
        {"guarantees", "what is left of guarantees that count and have not expired", ColumnType::kBalance, kAsked},
        {"exposure", "balance, not_invoiced and bills less guarantees", ColumnType::kBalance, kAsked},
        {"room", "limit less exposure", ColumnType::kBalance, kAsked},
        {"overdue", "what is late by the credit policy, less what is unapplied and not reserved", ColumnType::kBalance,
         kAsked},
        {"oldest", "the greatest number of days by which something is overdue", ColumnType::kNumber, kAsked},
        {"terms", "when invoices are due that do not say so", ColumnType::kWord, kAsked},
        {"seq", "with --history: the event's place in the log", ColumnType::kNumber, kAsked},
        {"date", "with --history: the day on which it takes effect", ColumnType::kDate, kAsked},
        {"what", "with --history: what was said of the customer's credit", ColumnType::kWord, kAsked},
        {"value", "with --history: what it is from then on", ColumnType::kText, kAsked},
        {"actor", "with --history: who is named as the one who did it", ColumnType::kText, kAsked},
        {"reason", "with --history: why", ColumnType::kText, kAsked},
        kNameColumn,
    },
    ListParameters({kOfCustomers, kCreditHistory, kNonZero})};

}  // namespace duebook
