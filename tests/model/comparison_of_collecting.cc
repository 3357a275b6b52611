// The figures of collecting: late interest, differences, promises by rate, contacts, and the day's list.

#include <fmt/format.h>

#include <algorithm>

#include "projections/history/history.h"
#include "projections/reports/score_factors.h"
#include "projections/reports/work_entries.h"
#include "tests/model/arithmetic.h"
#include "tests/model/compare.h"
#include "tests/model/simulation.h"

namespace duebook::model {

namespace {

std::string Show(std::optional<Date> day) { return day.has_value() ? day->ToString() : ""; }

// The first line in which they differ.
Problem CompareLines(const char* what, const std::vector<std::string>& expected,
                     const std::vector<std::string>& actual) {
  for (size_t i = 0; i < std::max(expected.size(), actual.size()); i++) {
    const std::string says = i < expected.size() ? expected[i] : "no row";
    const std::string shown = i < actual.size() ? actual[i] : "no row";
    if (says != shown) {
      return fmt::format("line {} of {}\n  the model says: {}\n  the report says: {}", i + 1, what, says, shown);
    }
  }
  return std::nullopt;
}

}  // namespace

Problem Simulation::CompareInterest(const Cut& cut) const {
  const Report report = RunReport("interest", RequestAt(cut));
  std::map<std::string, InterestRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    InterestRow& shown = actual[cells.Text("invoice")];
    if (cells.Has("from")) shown.from = cells.Day("from");
    if (cells.Has("through")) shown.through = cells.Day("through");
    shown.days = cells.Number("days");
    shown.accrued = cells.Amount("accrued");
    shown.billed = cells.Amount("billed");
    if (cells.Amount("unbilled") != shown.accrued - shown.billed) return "what is not billed";
  }
  return Compare("late interest", model_.Interest(cut), actual);
}

Problem Simulation::CompareDifferences(const Cut& cut) const {
  const Report report = RunReport("differences", RequestAt(cut));
  std::map<std::string, DifferenceRow> actual;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    actual[cells.Text("difference")] = {cells.Amount("amount"), cells.Amount("month_total"), cells.Text("state")};
  }
  return Compare("difference", model_.Differences(cut), actual);
}

Problem Simulation::ComparePromiseRates(const Cut& cut, Date from, Date to, const std::string& by) const {
  ReportRequest request = RequestAt(cut);
  request.from = std::min(from, to);
  request.to = std::max(from, to);
  request.by = by;
  const Report report = RunReport("promise-rates", request);
  std::map<Key, RateRow> actual;
  const auto percent = [](std::optional<Wide> rate) {
    return rate.has_value() ? fmt::format("{}.{:02}", *rate / 100, *rate % 100) : "n/a";
  };
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    RateRow& shown = actual[{cells.Text("key"), cells.Text("currency")}];
    shown.promises = static_cast<int>(cells.Number("promises"));
    for (const char* state : {"kept", "partly kept", "broken", "withdrawn", "superseded"}) {
      const std::string column = std::string(state) == "partly kept" ? "partly_kept" : state;
      const int count = static_cast<int>(cells.Number(column.c_str()));
      if (count != 0) shown.states[state] = count;
    }
    shown.amount = cells.Amount("amount");
    shown.received = cells.Amount("received");
    if (shown.amount > 0) shown.kept_rate = HalfEven(shown.received * 10'000, shown.amount);
    const auto broken = shown.kept_rate.has_value() ? std::optional(10'000 - *shown.kept_rate) : std::nullopt;
    if (cells.Text("kept_rate") != percent(shown.kept_rate)) return "the rate " + cells.Text("kept_rate");
    if (cells.Text("broken_rate") != percent(broken)) return "the rate " + cells.Text("broken_rate");
  }
  return Compare("promises by rate", model_.PromiseRates(cut, *request.from, *request.to, by), actual);
}

Problem Simulation::CompareContacts(const Cut& cut) const {
  const Report report = RunReport("contacts", RequestAt(cut));
  std::vector<std::string> actual, expected;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    const auto next = cells.Has("next") ? std::optional(cells.Day("next")) : std::nullopt;
    actual.push_back(fmt::format("{} {} {} {} {} {} next {} {} {} {}", cells.Number("seq"),
                                 cells.Day("date").ToString(), cells.Text("customer"), cells.Text("actor"),
                                 cells.Text("channel"), cells.Text("outcome"), Show(next), cells.Text("invoice"),
                                 cells.Text("promise"), cells.Text("dispute")));
  }
  for (const Fact* fact : model_.Contacts(cut)) {
    expected.push_back(fmt::format("{} {} {} {} {} {} next {} {} {} {}", fact->seq, fact->date.ToString(),
                                   fact->customer, fact->actor, fact->channel, fact->outcome, Show(fact->next),
                                   fact->invoice, fact->promise, fact->dispute));
  }
  std::sort(actual.begin(), actual.end());
  std::sort(expected.begin(), expected.end());
  return CompareLines("contacts", expected, actual);
}

Problem Simulation::CompareWorklist(const Cut& cut, int ahead) const {
  ReportRequest request = RequestAt(cut);
  request.days_ahead = ahead;
  const Report report = RunReport("worklist", request);
  std::vector<std::string> actual, expected;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    std::string document;
    for (const std::string& each : cells.List("document")) document += (document.empty() ? "" : ";") + each;
    actual.push_back(fmt::format("{} {} {} {} {} {} since {}, {} days, risk {} {} {}", cells.Text("customer"),
                                 cells.Text("currency"), cells.Text("kind"),
                                 cells.Has("level") ? fmt::format("{}", cells.Number("level")) : "", document,
                                 cells.Amount("amount"), cells.Day("since").ToString(), cells.Number("days"),
                                 cells.Amount("risk"), cells.Text("channel"), cells.Text("salesperson")));
  }
  for (const WorkRow& row : model_.Worklist(cut, ahead)) {
    expected.push_back(fmt::format("{} {} {} {} {} {} since {}, {} days, risk {} {} {}", row.customer, row.currency,
                                   row.kind, row.level.has_value() ? fmt::format("{}", *row.level) : "", row.document,
                                   row.amount, row.since.ToString(), row.days, row.risk, row.channel, row.salesperson));
  }
  return CompareLines("the day's list", expected, actual);
}

Problem Simulation::CompareSuggestions(const Cut& cut, const std::string& order) const {
  ReportRequest request = RequestAt(cut);
  request.rule = order;
  const Report report = RunReport("apply", request);
  std::vector<std::string> actual, expected;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    const auto amount = [&](const char* name) { return cells.Has(name) ? cells.Amount(name) : Wide{0}; };
    actual.push_back(fmt::format("{} on {} by {}: {} with {}, {} off, {} closed", cells.Text("payment"),
                                 cells.Text("invoice"), cells.Text("rule"), amount("amount"), cells.Text("credit_note"),
                                 amount("discount"), amount("difference")));
  }
  for (const Suggestion& each : model_.Suggest(cut, order)) {
    expected.push_back(fmt::format("{} on {} by {}: {} with {}, {} off, {} closed", each.payment, each.invoice,
                                   each.rule, each.amount, each.credit_note, each.discount, each.difference));
  }
  std::sort(actual.begin(), actual.end());
  std::sort(expected.begin(), expected.end());
  return CompareLines("how cash is applied", expected, actual);
}

// The letters, which the list of the day has, too, and the money beside them.
Problem Simulation::CompareReminders(const Cut& cut) const {
  const auto history = RequestAt(cut).LoadHistory(Collecting::kParts);
  if (!history.ok()) return "the history cannot be read";
  auto policies = ReminderPolicies::Make(ledger_->log(), *history, cut);
  if (!policies.ok()) return "the reminder policies cannot be read";
  const Collecting collecting(*history, cut, *std::move(policies));
  std::vector<std::string> actual, expected;
  for (const duebook::Reminder& reminder : collecting.items.Reminders()) {
    const CustomerAccount& account = collecting.items.accounts()[reminder.account];
    std::string invoices;
    for (const auto* item : reminder.items) {
      invoices += fmt::format("{}{}", invoices.empty() ? "" : ";", history->items.number[item->item]);
    }
    actual.push_back(fmt::format("{} {} {} {} {} {} of {}", history->customers.id[account.customer],
                                 account.currency.ToString(), reminder.step->level, invoices,
                                 static_cast<Wide>(reminder.amount), reminder.step->channel,
                                 static_cast<Wide>(account.unapplied)));
  }
  const auto balances = model_.Balance(cut);
  for (const WorkRow& row : model_.Worklist(cut, 0)) {
    if (row.kind != "reminder") continue;
    expected.push_back(fmt::format("{} {} {} {} {} {} of {}", row.customer, row.currency, *row.level, row.document,
                                   row.amount, row.channel, balances.at({row.customer, row.currency}).unapplied));
  }
  std::sort(actual.begin(), actual.end());
  std::sort(expected.begin(), expected.end());
  compared_.report_rows["remind"] += actual.size();
  return CompareLines("reminders", expected, actual);
}

Problem Simulation::CompareFactors(const Cut& cut, const std::string& customer, int months) const {
  const Fact* opened = model_.Find("CustomerOpened", customer);
  if (opened == nullptr || !cut.Sees(opened->date, opened->seq)) return std::nullopt;
  const auto values = FactorsOf(ledger_->log(), customer, cut, months);
  if (!values.ok()) return "what a scorecard looks at cannot be read";
  std::map<std::string, std::string> actual, expected;
  const auto show = [](auto value) { return value.has_value() ? fmt::format("{}", *value) : "missing"; };
  for (size_t i = 0; i < kScoreFactors; i++) {
    const std::string name(FactorName(static_cast<ScoreFactor>(i)));
    actual[name] = show((*values)[i]);
    if ((*values)[i].value_or(0) != 0) compared_.report_rows["score " + name]++;
  }
  for (const auto& [name, value] : model_.ScoreFactors(customer, months, cut)) expected[name] = show(value);
  return Compare(("what a scorecard looks at of " + customer).c_str(), expected, actual);
}

Problem Simulation::CompareCollectingAt(const Cut& cut, Date other) const {
  Problem problem;
  // Late enough that much has accrued, and early enough that the model can count day by day.
  const Cut late{cut.effective.AddDays(100), cut.known};
  if (late.effective < Date::Max()) problem = CompareInterest(late);
  if (!problem) problem = CompareDifferences(cut);
  for (const char* by : {"customer", "salesperson", "month", "plan"}) {
    if (!problem) problem = ComparePromiseRates(cut, other, other.AddDays(12), by);
  }
  if (!problem) problem = CompareContacts(cut);
  for (const int ahead : {0, 4}) {
    if (!problem) problem = CompareWorklist(cut, ahead);
  }
  for (const char* order : {"", "oldest", "prc"}) {
    if (!problem) problem = CompareSuggestions(cut, order);
  }
  if (!problem) problem = CompareReminders(cut);
  for (const char* customer : {"A", "B"}) {
    if (!problem) problem = CompareFactors(cut, customer, 12);
    if (!problem) problem = CompareFactors(cut, customer, 1);
  }
  return problem;
}

}  // namespace duebook::model
