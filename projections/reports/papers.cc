// Papers: of each shipment, which papers prove that the customer ordered it, took it and owes it, how long they took,
// and which are missing.
//
// A shipment in force needs a confirmation of prices that held on its day: of the same order, or any one where it has
// no order; the last such counts. It needs a signature and an invoice, each from some days on; and, if that is asked, a
// paper by which the customer acknowledged to owe it or an invoice of it. A paper that was attached without its file is
// none that anybody could show. What came back as a whole needs no paper.

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "projections/history/shipment_states.h"
#include "projections/history/visible_events.h"
#include "projections/history/visible_facts.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kPapersReport;

namespace {

// Prices that a customer confirmed.
struct ConfirmedPrices {
  uint32_t customer;
  std::string_view order;
  Date date, valid_until;
  uint64_t seq;
};

// The confirmations that a cut sees, to be asked for the one that a shipment relies on.
class Confirmations {
 public:
  Confirmations(const History& history, const VisibleFacts& visible) {
    visible.ForEach({EventType::PriceConfirmed}, [&](uint32_t row) {
      const History::Facts& facts = history.facts;
      of_customers_.push_back({facts.customer[row], facts.text[row], facts.date[row], facts.day[row], facts.seq[row]});
    });
    of_orders_ = of_customers_;
    const auto by_day = [](const ConfirmedPrices& prices) { return std::tuple(prices.date, prices.seq); };
    std::sort(of_customers_.begin(), of_customers_.end(), [&](const ConfirmedPrices& a, const ConfirmedPrices& b) {
      return std::tuple(a.customer, by_day(a)) < std::tuple(b.customer, by_day(b));
    });
    std::sort(of_orders_.begin(), of_orders_.end(), [&](const ConfirmedPrices& a, const ConfirmedPrices& b) {
      return std::tuple(a.customer, a.order, by_day(a)) < std::tuple(b.customer, b.order, by_day(b));
    });
  }

  // The last one that holds on the day; null if none does.
  const ConfirmedPrices* Find(uint32_t customer, std::string_view order, Date day) const {
    if (order.empty()) {
      return LastOf(of_customers_, std::tuple(customer, day),
                    [](const ConfirmedPrices& prices) { return std::tuple(prices.customer, prices.date); });
    }
    return LastOf(of_orders_, std::tuple(customer, order, day),
                  [](const ConfirmedPrices& prices) { return std::tuple(prices.customer, prices.order, prices.date); });
  }

 private:
  // Of those whose key agrees with `last` but for the day, which comes last and is no later.
  template <class Key, class KeyOf>
  static const ConfirmedPrices* LastOf(const std::vector<ConfirmedPrices>& all, const Key& last, const KeyOf& key_of) {
    constexpr size_t kDay = std::tuple_size_v<Key> - 1;
    const Date day = std::get<kDay>(last);
    auto next = std::upper_bound(all.begin(), all.end(), last,
                                 [&](const Key& key, const ConfirmedPrices& prices) { return key < key_of(prices); });
    while (next != all.begin()) {
      Key key = key_of(*--next);
      std::get<kDay>(key) = day;
      if (key != last) return nullptr;
      if (next->valid_until >= day) return &*next;
    }
    return nullptr;
  }

  std::vector<ConfirmedPrices> of_customers_;  // in order of customer, then of day
  std::vector<ConfirmedPrices> of_orders_;     // in order of customer and order, then of day
};

// The shipments and invoices that a customer acknowledged to owe, each with the paper that says so, by the seqs of
// their events.
using Acknowledged = std::unordered_multimap<uint64_t, uint64_t>;

// The history has the part kFacts. Cost: reads the events of all acknowledgements.
Result<Acknowledged> ReadAcknowledged(const EventLog& log, const History& history, const VisibleFacts& visible) {
  std::vector<uint64_t> seqs;
  visible.ForEach({EventType::DebtAcknowledged}, [&](uint32_t row) { seqs.push_back(history.facts.seq[row]); });
  Acknowledged acknowledged;
  RETURN_IF_ERROR(ForEachOfType(log, EventType::DebtAcknowledged, seqs, [&](EventView event) {
    for (const char* field : {"invoices", "shipments"}) {
      for (const uint64_t document : event.AllReferred(field)) acknowledged.emplace(document, event.seq());
    }
  }));
  return acknowledged;
}

// What the cut sees of papers.
class PaperBook {
 public:
  // The history must outlive it, and have the parts kShipments, kNumbers and kFacts.
  PaperBook(const ReportRequest& request, const History& history, const Cut& cut, const Acknowledged* acknowledged)
      : request_(request),
        history_(history),
        cut_(cut),
        visible_(history, cut),
        confirmations_(history, visible_),
        acknowledged_(acknowledged),
        shipments_(history, cut),
        signed_on_(history.shipments.seq.size(), Date::Max()) {
    AddSignatures();
    visible_.ForEach({EventType::DocumentAttached}, [&](uint32_t row) {
      if (history.facts.number[row] == 0) without_file_.insert(history.facts.subject[row]);
    });
  }

  bool Sees(uint32_t shipment) const { return shipments_.Stands(shipment); }
  // Requires that it sees the shipment.
  Row RowOf(uint32_t shipment) const;

 private:
  void AddSignatures();

  const ReportRequest& request_;
  const History& history_;
  const Cut cut_;
  const VisibleFacts visible_;
  const Confirmations confirmations_;
  const Acknowledged* const acknowledged_;  // null: nobody asks for IOUs
  const ShipmentStates shipments_;
  std::vector<Date> signed_on_;                // by shipment; Date::Max() until it is signed for
  std::unordered_set<uint64_t> without_file_;  // documents to which some file is attached that is not kept
};

void PaperBook::AddSignatures() {
  const History::Shipments& shipments = history_.shipments;
  for (size_t row = 0; row < signed_on_.size(); ++row) {
    if (!shipments.signed_by[row].empty()) signed_on_[row] = shipments.date[row];
  }
  visible_.ForEach({EventType::DeliverySigned}, [&](uint32_t row) {
    const uint32_t shipment = duebook::RowOf(shipments.seq, history_.facts.subject[row]);
    if (shipment != kNoItem) signed_on_[shipment] = std::min(signed_on_[shipment], history_.facts.date[row]);
  });
}

Row PaperBook::RowOf(uint32_t shipment) const {
  const History::Shipments& shipments = history_.shipments;
  const Date shipped = shipments.date[shipment];
  const uint32_t customer = shipments.customer[shipment];
  const ConfirmedPrices* confirmed = confirmations_.Find(customer, shipments.order[shipment], shipped);
  const std::optional<Date> signed_on =
      signed_on_[shipment] == Date::Max() ? std::nullopt : std::optional(signed_on_[shipment]);
  std::vector<std::string> invoices;
  std::optional<Date> invoiced;
  bool owes_by_iou = false;
  bool lacks_file = confirmed != nullptr && without_file_.contains(confirmed->seq);
  const auto add_papers_of = [&](uint64_t document) {
    lacks_file = lacks_file || without_file_.contains(document);
    if (acknowledged_ == nullptr) return;
    const auto [begin, end] = acknowledged_->equal_range(document);
    owes_by_iou = owes_by_iou || begin != end;
    for (auto paper = begin; paper != end; ++paper) lacks_file = lacks_file || without_file_.contains(paper->second);
  };
  add_papers_of(shipments.seq[shipment]);
  for (const uint32_t item : shipments_.InvoicesOf(shipment)) {
    invoices.emplace_back(history_.items.number[item]);
    invoiced = std::min(history_.items.date[item], invoiced.value_or(Date::Max()));
    add_papers_of(history_.items.seq[item]);
  }
  const int64_t days = cut_.effective - shipped;
  const bool is_kept = shipments_.Kept(shipment) != 0;
  std::vector<Term> missing;
  if (is_kept && confirmed == nullptr) missing.push_back({"price_confirmation"});
  if (is_kept && !signed_on.has_value() && days > request_.sign_days) missing.push_back({"signature"});
  if (is_kept && !invoiced.has_value() && days > request_.invoice_days) missing.push_back({"invoice"});
  if (is_kept && acknowledged_ != nullptr && !owes_by_iou) missing.push_back({"iou"});
  if (lacks_file) missing.push_back({"file"});
  const Currency currency = shipments.currency[shipment];
  return {std::string(history_.customers.id[customer]),
          std::string(shipments.number[shipment]),
          currency.ToString(),
          shipped,
          Money{shipments_.Kept(shipment), currency},
          confirmed == nullptr ? Cell() : Cell(confirmed->date),
          signed_on.has_value() ? Cell(*signed_on) : Cell(),
          std::move(invoices),
          invoiced.has_value() ? Cell(*invoiced) : Cell(),
          signed_on.has_value() ? Cell(int64_t{*signed_on - shipped}) : Cell(),
          invoiced.has_value() ? Cell(int64_t{*invoiced - shipped}) : Cell(),
          std::move(missing)};
}

Result<Report> RunPapers(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kShipments, HistoryPart::kNumbers, HistoryPart::kFacts});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;
  Result<Acknowledged> acknowledged = Acknowledged();
  if (request.asks_for_iou) acknowledged = ReadAcknowledged(*request.log, history, VisibleFacts(history, cut));
  RETURN_IF_ERROR(acknowledged);
  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  const PaperBook book(request, history, cut, request.asks_for_iou ? &*acknowledged : nullptr);
  std::vector<uint32_t> shipments;
  const auto known = static_cast<uint32_t>(RowsKnown(history.shipments.seq, cut.known));
  for (uint32_t shipment = 0; shipment < known; ++shipment) {
    if (book.Sees(shipment)) shipments.push_back(shipment);
  }
  std::sort(shipments.begin(), shipments.end(), [&](uint32_t a, uint32_t b) {
    const auto key = [&](uint32_t shipment) {
      return std::tuple(history.customers.id[history.shipments.customer[shipment]], history.shipments.date[shipment],
                        history.shipments.number[shipment]);
    };
    return key(a) < key(b);
  });
  Report report = EmptyReport(kPapersReport, cut);
  cells->AddKeyColumn(&report);
  report.rows.reserve(shipments.size());
  for (const uint32_t shipment : shipments) {
    report.rows.push_back(book.RowOf(shipment));
    cells->AddOfCustomer(history.shipments.customer[shipment], history.shipments.date[shipment], &report.rows.back());
  }
  return report;
}

}  // namespace

const ReportInfo kPapersReport{
    "papers",
    "which papers there are of each shipment, and which are missing",
    "duebook papers --effective 2025-12-31 --where 'missing ~ signature'",
    ReportRows::kItems,
    RunPapers,
    {
        kCustomerColumn,
        {"shipment", "its number"},
        kCurrencyColumn,
        kItemsColumn,
        {"shipped", "the day of the shipment", ColumnType::kDate},
        {"amount", "shipped and not returned", ColumnType::kMoney},
        {"confirmed", "the day on which the customer confirmed the prices that held on that day", ColumnType::kDate},
        {"signed", "the day on which the customer signed for it", ColumnType::kDate},
        {"invoice", "its invoices"},
        {"invoiced", "the day of the first of them", ColumnType::kDate},
        {"days_to_sign", "from shipping to signing", ColumnType::kNumber},
        {"days_to_invoice", "from shipping to the first invoice; below zero if that came before", ColumnType::kNumber},
        {"missing",
         "price_confirmation; signature and invoice, once it is time; iou, if asked for; file, where a paper was "
         "attached without one",
         ColumnType::kWord},
        kNameColumn,
        kAttributeColumn,
    },
    ListParameters({kSignDays, kInvoiceDays, kAsksForIou, kOfCustomers, kGroupedBy})};

}  // namespace duebook
