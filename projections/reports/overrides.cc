// Overrides: what left although the credit policy would have stopped it, and what was granted for that. A row for each
// override, with the shipment that left by it if one did, be that undone since, as it serves once for ever; and for
// each shipment that came from another system and failed a check, or was dated back past what was known of its
// customer.

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ledger/values/split.h"
#include "projections/history/visible_events.h"
#include "projections/history/visible_facts.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kOverridesReport;

namespace {

// The cells of a shipment: its number, day, amount and the codes that it passed.
struct ShipmentCells {
  Cell number, date, amount, passed;
};

ShipmentCells CellsOf(const History& history, uint32_t fact) {
  const History::Facts& facts = history.facts;
  const uint32_t shipment = RowOf(history.shipments.seq, facts.seq[fact]);
  std::vector<Term> passed;
  if (!facts.key[fact].empty()) {
    for (const std::string_view code : SplitAt(facts.key[fact], ';')) passed.push_back({std::string(code), "refusal"});
  }
  return {std::string(shipment == kNoItem ? std::string_view() : history.shipments.number[shipment]), facts.date[fact],
          Money{facts.amount[fact], facts.currency[fact]}, std::move(passed)};
}

struct Listed {
  Date date;
  uint32_t customer;
  Row row;
};

Result<Report> RunOverrides(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kShipments, HistoryPart::kFacts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  const History::Facts& facts = history.facts;
  const VisibleFacts visible(history, cut);
  std::unordered_map<uint64_t, uint32_t> used;  // by seq of the override: the shipment's fact
  std::vector<uint32_t> others;                 // shipments without override
  visible.ForEachOrReversed({EventType::ShipmentRecorded}, [&](uint32_t fact) {
    const bool fails = !facts.key[fact].empty() || !facts.text[fact].empty();
    if (facts.subject[fact] != 0) {
      used.emplace(facts.subject[fact], fact);
    } else if (fails && !visible.IsReversed(fact)) {
      others.push_back(fact);
    }
  });
  std::vector<uint32_t> overrides;
  std::vector<uint64_t> seqs;
  visible.ForEach({EventType::CreditOverridden}, [&](uint32_t fact) {
    overrides.push_back(fact);
    seqs.push_back(facts.seq[fact]);
  });
  std::unordered_map<uint64_t, std::string> granted_by;
  RETURN_IF_ERROR(ForEachOfType(*request.log, EventType::CreditOverridden, seqs,
                                [&](EventView event) { granted_by.emplace(event.seq(), std::string(event.actor())); }));

  std::vector<Listed> listed;
  const auto customer_of = [&](uint32_t fact) { return std::string(history.customers.id[facts.customer[fact]]); };
  for (const uint32_t fact : overrides) {
    const auto shipment = used.find(facts.seq[fact]);
    const bool is_used = shipment != used.end();
    const bool is_undone = is_used && visible.IsReversed(shipment->second);
    ShipmentCells cells = is_used ? CellsOf(history, shipment->second) : ShipmentCells();
    if (is_undone) cells.amount = Cell();  // nothing left by it
    const std::string_view kind = is_undone                         ? "undone"
                                  : is_used                         ? "override"
                                  : cut.effective > facts.day[fact] ? "expired"
                                                                    : "unused";
    listed.push_back({facts.date[fact],
                      facts.customer[fact],
                      {std::string(facts.key[fact]), customer_of(fact), facts.currency[fact].ToString(),
                       Money{facts.amount[fact], facts.currency[fact]}, granted_by[facts.seq[fact]], facts.date[fact],
                       facts.day[fact], std::string(facts.text[fact]), cells.number, cells.date, cells.amount,
                       cells.passed, Term{std::string(kind), "override"}}});
  }
  for (const uint32_t fact : others) {
    const ShipmentCells cells = CellsOf(history, fact);
    listed.push_back({facts.date[fact],
                      facts.customer[fact],
                      {std::string(), customer_of(fact), facts.currency[fact].ToString(), Cell(), Cell(), Cell(),
                       Cell(), Cell(), cells.number, cells.date, cells.amount, cells.passed,
                       Term{facts.number[fact] == 1 ? "imported" : "backdated", "override"}}});
  }
  std::stable_sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    const auto text = [](const Cell& cell) {
      const auto* text = std::get_if<std::string>(&cell);
      return text == nullptr ? std::string_view() : std::string_view(*text);
    };
    return std::tuple(a.date, text(a.row[0]), text(a.row[8])) < std::tuple(b.date, text(b.row[0]), text(b.row[8]));
  });
  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  Report report = EmptyReport(kOverridesReport, cut);
  cells->AddKeyColumn(&report);
  for (Listed& each : listed) {
    cells->AddOfCustomer(each.customer, each.date, &report.rows.emplace_back(std::move(each.row)));
  }
  return report;
}

}  // namespace

const ReportInfo kOverridesReport{
    "overrides",
    "what left although the credit policy would have stopped it, and who let it",
    "duebook overrides --effective 2025-12-31",
    ReportRows::kItems,
    RunOverrides,
    {
        {"override", "its number; none of what was imported or dated back"},
        kCustomerColumn,
        kAttributeColumn,
        kCurrencyColumn,
        kItemsColumn,
        {"amount", "the largest amount that may leave by it", ColumnType::kMoney},
        {"granted_by", "who granted it"},
        {"granted", "the day on which it was granted", ColumnType::kDate},
        {"until", "the last day on which a shipment may leave by it", ColumnType::kDate},
        {"reason", "why it was granted"},
        {"shipment", "that left"},
        {"shipped", "the day of that", ColumnType::kDate},
        {"shipped_amount", "the amount of that", ColumnType::kMoney},
        {"passed",
         "the codes of the checks that it failed or, dated back, would have failed on the latest day known of the "
         "customer",
         ColumnType::kWord},
        {"kind", "override, undone if what left by it was, unused, expired, imported or backdated", ColumnType::kWord},
        kNameColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy})};

}  // namespace duebook
