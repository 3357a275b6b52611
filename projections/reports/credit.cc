// Credit: how much each customer may owe, how much it owes with what is shipped and not yet invoiced, and what secures
// that; or, as its history, what was said of a customer's credit, by whom and why. Of an account, in each currency:
//
//   exposure     balance + not_invoiced + bills - guarantees
//   room         limit - exposure
//   overdue      what is late by the credit policy, less what is unapplied and not reserved; at least 0

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/history/customer_attribute.h"
#include "projections/history/visible_events.h"
#include "projections/reports/credit_book.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"
#include "projections/shared/totals.h"

namespace duebook {

extern const ReportInfo kCreditReport;

namespace {

constexpr std::initializer_list<std::string_view> kHistoryColumns{"seq",   "date",   "what",    "value",
                                                                  "actor", "reason", "reversed"};

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
void AddMaster(EventView event, const Body& body, std::vector<Said>* said) {
  const Currency currency = event.currency();
  if (body.limit() != nullptr) said->push_back({"limit", AmountIn(body.limit(), currency), currency});
  if (body.terms() != nullptr) said->push_back({"terms", std::string(EventView::Text(body.terms()))});
}

std::vector<Said> SaidByOpening(EventView event) {
  std::vector<Said> said{{"opened"}};
  AddMaster(event, event.body<schema::CustomerOpened>(), &said);
  return said;
}

std::vector<Said> SaidByChange(EventView event) {
  const auto& body = event.body<schema::CustomerChanged>();
  std::vector<Said> said;
  AddMaster(event, body, &said);
  if (body.clear() == nullptr) return said;
  for (const flatbuffers::String* cleared : *body.clear()) {
    if (EventView::Text(cleared) == kTermsAttribute) said.push_back({"terms"});
  }
  return said;
}

std::vector<Said> SaidByApproval(EventView event) {
  const auto& body = event.body<schema::CustomerApproved>();
  std::vector<Said> said{{"approved", "", {}, EventView::Text(body.reason())}};
  AddMaster(event, body, &said);
  return said;
}

std::vector<Said> SaidByRating(EventView event) {
  const auto& body = event.body<schema::CustomerRated>();
  const std::string grade(EventView::Text(body.grade()));
  const std::string value = body.score() < 0 ? grade : fmt::format("{} {}", grade, body.score());
  return {{"rated", value, {}, EventView::Text(body.reason())}};
}

std::vector<Said> SaidOfReminders(EventView event) {
  const auto* until = event.body<schema::ReminderPolicySet>().until();
  return {{"reminders", until == nullptr ? "" : DateOf(*until).ToString()}};
}

// One thing, with a word or an amount, and why.
Said OfText(std::string_view what, const flatbuffers::String* text, const flatbuffers::String* reason = nullptr) {
  return {what, std::string(EventView::Text(text)), {}, EventView::Text(reason)};
}
Said OfAmount(std::string_view what, EventView event, const schema::Amount* amount,
              const flatbuffers::String* reason = nullptr) {
  return {what, AmountIn(amount, event.currency()), event.currency(), EventView::Text(reason)};
}

// The types of events that say something of a customer's credit, and what theirs say. Where an event can be taken back,
// the first thing that it says is the one that holds no longer; a limit and terms stay.
struct Saying {
  EventType type;
  std::vector<Said> (*said)(EventView);
};
constexpr std::array kSayings{
    Saying{EventType::CustomerOpened, SaidByOpening},
    Saying{EventType::CustomerChanged, SaidByChange},
    Saying{EventType::CustomerApproved, SaidByApproval},
    Saying{EventType::CreditLimitSet,
           [](EventView event) -> std::vector<Said> {
             return {OfAmount("limit", event, event.body<schema::CreditLimitSet>().limit())};
           }},
    Saying{
        EventType::TermsSet,
        [](EventView event) -> std::vector<Said> { return {OfText("terms", event.body<schema::TermsSet>().terms())}; }},
    Saying{EventType::CustomerRated, SaidByRating},
    Saying{EventType::CreditHoldPlaced,
           [](EventView event) -> std::vector<Said> {
             return {OfText("held", nullptr, event.body<schema::CreditHoldPlaced>().reason())};
           }},
    Saying{EventType::CreditHoldReleased,
           [](EventView event) -> std::vector<Said> {
             return {OfText("released", nullptr, event.body<schema::CreditHoldReleased>().reason())};
           }},
    Saying{EventType::EscalationStarted,
           [](EventView event) -> std::vector<Said> {
             const auto& body = event.body<schema::EscalationStarted>();
             return {OfText("escalated", body.step(), body.reason())};
           }},
    Saying{EventType::EscalationClosed,
           [](EventView event) -> std::vector<Said> {
             return {OfText("escalation closed", event.body<schema::EscalationClosed>().outcome())};
           }},
    Saying{EventType::GuaranteeReceived,
           [](EventView event) -> std::vector<Said> {
             return {OfAmount("guarantee", event, event.body<schema::GuaranteeReceived>().amount())};
           }},
    Saying{EventType::GuaranteeReleased,
           [](EventView event) -> std::vector<Said> {
             const auto& body = event.body<schema::GuaranteeReleased>();
             return {OfAmount("guarantee released", event, body.amount(), body.reason())};
           }},
    Saying{EventType::CreditOverridden,
           [](EventView event) -> std::vector<Said> {
             const auto& body = event.body<schema::CreditOverridden>();
             return {OfAmount("override", event, body.amount(), body.reason())};
           }},
    Saying{EventType::InterestSet,
           [](EventView event) -> std::vector<Said> {
             return {OfText("interest", event.body<schema::InterestSet>().rate())};
           }},
    Saying{EventType::ReminderPolicySet, SaidOfReminders},
};

// What an event says of its customer's credit. `taken_back` is the number of the event that it undoes, if one of those
// above.
std::vector<Said> SaidBy(EventView event, std::optional<uint64_t> taken_back) {
  if (event.type() == EventType::EventReversed) {
    if (!taken_back.has_value()) return {};
    const auto& body = event.body<schema::EventReversed>();
    return {{"taken back", std::to_string(*taken_back), {}, EventView::Text(body.reason())}};
  }
  const auto* const saying =
      std::find_if(kSayings.begin(), kSayings.end(), [&](const Saying& each) { return each.type == event.type(); });
  return saying == kSayings.end() ? std::vector<Said>() : saying->said(event);
}

Result<Report> RunHistory(const ReportRequest& request) {
  if (request.selection.nonzero) {
    return Error{ErrorCode::kInvalidArgument, "--nonzero with --history: its rows are what was said, not what is left",
                 "leave one of the two out"};
  }
  const Cut cut = request.ClippedCut();
  std::vector<EventType> types{EventType::EventReversed};
  for (const Saying& saying : kSayings) types.push_back(saying.type);
  const auto seqs = SeqsOfTypes(*request.log, types, request.customers);
  RETURN_IF_ERROR(seqs);
  const auto loaded = request.LoadHistory({HistoryPart::kFacts});
  RETURN_IF_ERROR(loaded);
  const CustomerAttribute names(*loaded, cut, kNameAttribute);
  Report report = ReportWith(true, cut);
  const size_t reversed = ColumnIndex(report, "reversed");
  std::unordered_map<uint64_t, size_t> rows;  // by seq of an event: its first row
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) {
    if (event.customer().empty()) return;
    const bool is_reversal = event.type() == EventType::EventReversed;
    const auto original = is_reversal ? rows.find(event.Referred("event")) : rows.end();
    if (original != rows.end()) report.rows[original->second][reversed] = event.date();
    const auto taken_back = original != rows.end() ? std::optional(original->first) : std::nullopt;
    const uint32_t customer =
        loaded->CustomerAt(event.Referred("customer") == 0 ? event.seq() : event.Referred("customer"));
    const std::vector<Said> all = SaidBy(event, taken_back);
    if (!all.empty()) rows.emplace(event.seq(), report.rows.size());
    for (const Said& said : all) {
      report.rows.push_back({std::string(event.customer()), static_cast<int64_t>(event.seq()), event.date(),
                             Term{std::string(said.what), "credit"}, said.currency.ToString(), said.value,
                             std::string(event.actor()), std::string(said.reason), std::string(names.Of(customer)),
                             Cell()});
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
        {"value", "with --history: what it is from then on; of what is taken back the event's place in the log",
         ColumnType::kText, kAsked},
        {"actor", "with --history: who is named as the one who did it", ColumnType::kText, kAsked},
        {"reason", "with --history: why", ColumnType::kText, kAsked},
        kNameColumn,
        {"reversed", "with --history: the day from which on it counts no more, as it was taken back", ColumnType::kDate,
         kAsked},
    },
    ListParameters({kOfCustomers, kCreditHistory, kNonZero})};

}  // namespace duebook
