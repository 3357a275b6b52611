// What reports tell about the way to a figure (trail, statement) against figures of the model before and after; and
// history kept up to date against history replayed.

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "projections/history/item_balances.h"
#include "tests/model/compare.h"
#include "tests/model/simulation.h"

namespace duebook::model {

namespace {

Result<History> Replayed(const EventLog& log, uint64_t last) {
  auto columns = std::make_shared<GrowingHistory>();
  const Status scanned = log.Scan(1, last, [&](EventView event) {
    columns->Evolve(event);
    return true;
  });
  if (!scanned.ok()) return scanned.error();
  return History(std::move(columns), last);
}

// Returns whether the items have the same balances at the cut in both histories; what only one has must be worth
// nothing.
bool HaveSameBalances(const History& a, const History& b, const Cut& cut) {
  const ItemBalances of_a(a, cut);
  const ItemBalances of_b(b, cut);
  for (uint32_t item = 0; item < std::max(of_a.size(), of_b.size()); item++) {
    if ((item < of_a.size() ? of_a[item] : Sum{0}) != (item < of_b.size() ? of_b[item] : Sum{0})) return false;
  }
  return true;
}

Wide BalanceOf(const std::map<Key, BalanceRow>& rows, const Key& key) {
  const auto row = rows.find(key);
  return row == rows.end() ? 0 : row->second.balance;
}

std::string KindOf(const std::string& type) {
  static const std::map<std::string, std::string> kinds{{"CustomerOpened", "customer"},
                                                        {"InvoiceIssued", "invoice"},
                                                        {"PaymentReceived", "payment"},
                                                        {"CreditNoteIssued", "credit_note"}};
  return kinds.at(type);
}

}  // namespace

Problem Simulation::Extend() {
  const EventLog& log = ledger_->log();
  const Status caught_up = history_->CatchUp(log);
  if (!caught_up.ok()) return "scan: " + caught_up.error().ToString();
  return std::nullopt;
}

// A history of all that is known now answers a cut as one does that ends at the cut.
Problem Simulation::CompareReplay(const Cut& cut) const {
  const auto loaded = History::Load(ledger_->log(), kAllHistoryParts);
  const auto replayed = Replayed(ledger_->log(), ledger_->log().last_seq());
  const auto until_cut = Replayed(ledger_->log(), cut.known);
  if (!loaded.ok() || !replayed.ok() || !until_cut.ok()) return "the history cannot be read";
  const History kept(history_, ledger_->log().last_seq());
  const History kept_at_cut(history_, cut.known);
  if (!HaveSameBalances(*loaded, kept, cut)) return "the history loaded is not the history extended step by step";
  if (!HaveSameBalances(*replayed, kept, cut)) return "the history replayed is not the history extended step by step";
  if (!HaveSameBalances(*until_cut, kept, cut)) {
    return "the history up to the cut has other figures than the whole at the cut";
  }
  if (!HaveSameBalances(kept_at_cut, kept, cut)) return "a state of the history has other figures than the whole";
  return std::nullopt;
}

// Before and after each event: the balance of a customer in the event's currency, else what is open or unapplied.
Problem Simulation::CompareTrail(const Cut& cut, const Fact& subject) const {
  using Line = std::tuple<uint64_t, std::optional<Wide>, std::optional<Wide>>;
  ReportRequest request = RequestAt(cut);
  request.subject = KindOf(subject.type) + ":" + subject.number;
  const Report report = RunReport("trail", request);
  std::vector<Line> actual, expected;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    std::optional<Wide> before, after;
    if (cells.Has("before")) before = cells.Amount("before");
    if (cells.Has("after")) after = cells.Amount("after");
    actual.emplace_back(static_cast<uint64_t>(cells.Number("seq")), before, after);
  }
  // A credit note on an invoice moves that invoice, and has nothing unapplied of its own.
  const bool has_figure = subject.type != "CreditNoteIssued" || subject.invoice.empty();
  const auto figure = [&](const Fact& fact, uint64_t known) -> std::optional<Wide> {
    const Cut then{cut.effective, known};
    if (!has_figure) return std::nullopt;
    if (subject.type == "InvoiceIssued") return model_.Open(subject, then);
    if (subject.type != "CustomerOpened") return model_.Unapplied(subject, then);
    const bool of_master =
        fact.type == "CustomerOpened" || fact.type == "CustomerChanged" || fact.type == "CreditLimitSet";
    if (!fact.currency.empty() && !of_master) return BalanceOf(model_.Balance(then), {subject.number, fact.currency});
    return std::nullopt;
  };
  for (const Fact& fact : model_.facts()) {
    if (!cut.Sees(fact.date, fact.seq) || !model_.Touches(fact, subject.type, subject.number)) continue;
    expected.emplace_back(fact.seq, figure(fact, fact.seq - 1), figure(fact, fact.seq));
    // Which currency's balance is shown where the event has none is left to the report.
    const size_t at = expected.size() - 1;
    const bool is_left = subject.type == "CustomerOpened" || !has_figure;
    if (is_left && at < actual.size() && !std::get<1>(expected.back()).has_value()) {
      std::get<1>(actual[at]) = std::get<2>(actual[at]) = std::nullopt;
    }
  }
  if (actual == expected) return std::nullopt;
  const auto show = [](const std::vector<Line>& lines) {
    std::string text;
    for (const auto& [seq, before, after] : lines) {
      text += fmt::format(" {}: {} to {},", seq, before.value_or(-1), after.value_or(-1));
    }
    return text;
  };
  return fmt::format("trail of {}\n  the model says:{}\n  the report says:{}", request.subject, show(expected),
                     show(actual));
}

Problem Simulation::CompareStatement(const Cut& cut, const std::string& customer, Date first) const {
  ReportRequest request = RequestAt(cut);
  request.subject = customer;
  request.from = std::min(first, cut.effective);
  const Report report = RunReport("statement", request);
  std::map<std::string, Wide> running, closing;
  std::map<std::pair<std::string, Date>, Wide> at_end_of_day;
  for (const Row& row : report.rows) {
    const Cells cells(report, row);
    const std::string currency = cells.Text("currency");
    const Wide balance = cells.Amount("balance");
    if (cells.Text("type") == "closing balance") {
      closing[currency] = balance;
    } else if (cells.Text("type") == "opening balance") {
      running[currency] = balance;
      at_end_of_day[{currency, request.from->AddDays(-1)}] = balance;
    } else {
      if (cells.Has("debit")) running[currency] += cells.Amount("debit");
      if (cells.Has("credit")) running[currency] -= cells.Amount("credit");
      at_end_of_day[{currency, cells.Day("date")}] = balance;
    }
    if (running[currency] != balance) return "the lines of a statement do not add up";
  }
  for (const auto& [key, row] : model_.Balance(cut)) {
    if (key.first != customer) continue;
    const auto closed = closing.find(key.second);
    if (closed == closing.end() || row.balance != closed->second) return "closing balance of " + Show(key);
  }
  for (const auto& [currency_and_day, balance] : at_end_of_day) {
    const auto& [currency, day] = currency_and_day;
    const Wide expected = BalanceOf(model_.Balance({day, cut.known}), {customer, currency});
    if (balance == expected) continue;
    return fmt::format("statement of {}, {} on {}: {}, not {}", customer, currency, day.ToString(), balance, expected);
  }
  return std::nullopt;
}

}  // namespace duebook::model
