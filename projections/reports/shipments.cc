// Shipments against invoices: the cut-off test. Of a test day (`--to`, or the cut's day) it shows what had been shipped
// but not invoiced by then, and what had been invoiced but not shipped. With a test day before the cut's day, the dates
// of what followed are there to be seen: `--effective 2026-01-31 --to 2025-12-31` shows what was shipped in December
// and invoiced in January.
//
// A shipment and an invoice belong together if either names the other. One invoice that names it makes a shipment
// invoiced. A voided invoice doesn't count, nor does a shipment that was reversed. An invoice that has nothing to do
// with a shipment says nothing of the cut-off if it comes from another system, or if the ledger has no shipments: it is
// counted below the table, and listed only if asked for. The amount of a shipment is what is left of it by the test
// day, beside what was returned; one that came back as a whole is `returned`. `days` are those from the earlier of the
// two to the later or, while one of them is missing, to the test day; of what was returned, those until it was.

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "projections/history/visible_events.h"
#include "projections/shared/customer_cells.h"
#include "projections/shared/projection.h"

namespace duebook {

extern const ReportInfo kShipmentsReport;

namespace {

constexpr std::string_view kInvoiced = "invoiced";
constexpr std::string_view kNotInvoiced = "shipped not invoiced";
constexpr std::string_view kNotShipped = "invoiced not shipped";
constexpr std::string_view kReturned = "returned";

// What came back of a shipment by the test day, and the last day on which something did.
struct Returned {
  Sum amount = 0;
  Date last;
};

// What the cut sees of shipments and invoices, judged as of a test day.
class ShipmentBook {
 public:
  // The history must outlive it, and have the parts kShipments and kNumbers.
  ShipmentBook(const History& history, const Cut& cut, Date test_day)
      : history_(history), cut_(cut), test_day_(test_day) {
    AddUndone(history.shipment_reversals, history.shipment_reversals.shipment, &reversed_);
    AddUndone(history.voids, history.voids.item, &voided_);
    AddReturns();
    Match();
  }

  // Rows of shipments, and items that are invoices, which the cut sees.
  bool SeesShipment(uint32_t row) const { return cut_.Sees(history_.shipments.date[row], history_.shipments.seq[row]); }
  bool SeesInvoice(uint32_t item) const {
    return history_.items.kind[item] == ItemKind::kInvoice &&
           cut_.Sees(history_.items.date[item], history_.items.seq[item]);
  }

  // The row of a shipment, or nothing if neither it nor an invoice of it is of the test day or earlier.
  std::optional<Row> ShipmentRow(uint32_t shipment) const;
  // Returns whether an invoice of the test day or earlier has no shipment; and the report's row of such an invoice.
  bool LacksShipment(uint32_t item) const;
  Row InvoiceRow(uint32_t item) const;
  // Returns whether the invoice ever had to do with a shipment.
  bool IsMatched(uint32_t item) const { return First(of_invoice_, item) != of_invoice_.end(); }

 private:
  using Undone = std::unordered_map<uint32_t, Date>;
  using Matches = std::vector<std::pair<uint32_t, uint32_t>>;

  template <class Table>
  void AddUndone(const Table& table, const ColumnView<uint32_t>& of, Undone* undone) const {
    const size_t rows = RowsKnown(table.seq, cut_.known);
    for (size_t row = 0; row < rows; ++row) {
      if (table.date[row] <= cut_.effective) undone->insert_or_assign(of[row], table.date[row]);
    }
  }
  void AddReturns();
  void Match();
  bool IsUndone(const Undone& undone, uint32_t row, Date date) const;
  static Matches::const_iterator First(const Matches& matches, uint32_t row) {
    const auto first = std::lower_bound(matches.begin(), matches.end(), std::pair(row, uint32_t{0}));
    return first != matches.end() && first->first == row ? first : matches.end();
  }

  const History& history_;
  const Cut cut_;
  const Date test_day_;
  Undone reversed_, voided_;  // by shipment, by item
  std::unordered_map<uint32_t, Returned> returned_;
  Matches of_shipment_, of_invoice_;  // of each shipment, or invoice, those that belong to it; ascending
};

void ShipmentBook::AddReturns() {
  const History::ShipmentReturns& returns = history_.returns;
  const size_t rows = RowsKnown(returns.seq, cut_.known);
  for (size_t row = 0; row < rows; ++row) {
    if (returns.date[row] > std::min(cut_.effective, test_day_)) continue;
    const uint32_t shipment = returns.shipment[row];
    Returned& returned = returned_.emplace(shipment, Returned{0, history_.shipments.date[shipment]}).first->second;
    returned.amount += returns.amount[row];
    if (returns.amount[row] > 0) returned.last = std::max(returned.last, returns.date[row]);
  }
}

// Both are there where the one that names the other is: causal dates and references see to that.
void ShipmentBook::Match() {
  const History::InvoicedShipments& matches = history_.invoiced_shipments;
  const size_t rows = RowsKnown(matches.seq, cut_.known);
  for (size_t row = 0; row < rows; ++row) {
    if (matches.date[row] > cut_.effective) continue;
    of_shipment_.emplace_back(matches.shipment[row], matches.item[row]);
    of_invoice_.emplace_back(matches.item[row], matches.shipment[row]);
  }
  for (Matches* each : {&of_shipment_, &of_invoice_}) {
    std::sort(each->begin(), each->end());
    each->erase(std::unique(each->begin(), each->end()), each->end());
  }
}

// Returns whether what has this row and date is undone as of the test day: what was undone later still stood on that
// day, if it was there by then.
bool ShipmentBook::IsUndone(const Undone& undone, uint32_t row, Date date) const {
  const auto found = undone.find(row);
  if (found == undone.end()) return false;
  const bool stood = date <= test_day_ && found->second > test_day_;
  return !stood;
}

std::optional<Row> ShipmentBook::ShipmentRow(uint32_t shipment) const {
  const History::Shipments& shipments = history_.shipments;
  const History::Items& items = history_.items;
  const Date date = shipments.date[shipment];
  if (IsUndone(reversed_, shipment, date)) return std::nullopt;
  std::vector<std::string> numbers;
  std::optional<Date> invoiced;
  for (auto match = First(of_shipment_, shipment); match != of_shipment_.end() && match->first == shipment; ++match) {
    const uint32_t item = match->second;
    if (IsUndone(voided_, item, items.date[item])) continue;
    numbers.emplace_back(items.number[item]);
    invoiced = std::min(items.date[item], invoiced.value_or(Date::Max()));
  }
  const bool shipped_by = date <= test_day_;
  const bool invoiced_by = invoiced.has_value() && *invoiced <= test_day_;
  if (!shipped_by && !invoiced_by) return std::nullopt;
  const auto found = returned_.find(shipment);
  const Returned returned = found == returned_.end() ? Returned{0, date} : found->second;
  const Sum left = shipments.amount[shipment] - returned.amount;
  const std::string_view state = left == 0      ? kReturned
                                 : !invoiced_by ? kNotInvoiced
                                 : shipped_by   ? kInvoiced
                                                : kNotShipped;
  const Date first = left == 0 ? date : std::min(date, invoiced.value_or(Date::Max()));
  const Date last = left == 0 ? returned.last : state == kInvoiced ? std::max(date, *invoiced) : test_day_;
  const Currency currency = shipments.currency[shipment];
  return Row{std::string(history_.customers.id[shipments.customer[shipment]]),
             std::string(shipments.number[shipment]),
             currency.ToString(),
             date,
             Money{left, currency},
             std::string(shipments.order[shipment]),
             std::string(shipments.signed_by[shipment]),
             std::move(numbers),
             invoiced.has_value() ? Cell(*invoiced) : Cell(),
             Term{std::string(state), "shipment"},
             static_cast<int64_t>(last - first),
             Money{returned.amount, currency}};
}

bool ShipmentBook::LacksShipment(uint32_t item) const {
  const Date date = history_.items.date[item];
  if (date > test_day_ || IsUndone(voided_, item, date)) return false;
  for (auto match = First(of_invoice_, item); match != of_invoice_.end() && match->first == item; ++match) {
    if (!IsUndone(reversed_, match->second, history_.shipments.date[match->second])) return false;
  }
  return true;
}

Row ShipmentBook::InvoiceRow(uint32_t item) const {
  const History::Items& items = history_.items;
  const Currency currency = items.currency[item];
  return {std::string(history_.customers.id[items.customer[item]]),
          "",
          currency.ToString(),
          Cell(),
          Money{items.amount[item], currency},
          "",
          "",
          std::vector<std::string>{std::string(items.number[item])},
          items.date[item],
          Term{std::string(kNotShipped), "shipment"},
          static_cast<int64_t>(test_day_ - items.date[item]),
          Cell()};
}

// Returns whether the cut sees a shipment of any customer.
Result<bool> SeesShipments(const EventLog& log, const Cut& cut) {
  const auto seqs = SeqsOfTypes(log, {EventType::ShipmentRecorded});
  RETURN_IF_ERROR(seqs);
  for (const uint64_t seq : *seqs) {
    if (seq > cut.known) break;
    const auto shipment = log.Get(seq);
    RETURN_IF_ERROR(shipment);
    if (cut.Sees(shipment->view().date(), seq)) return true;
  }
  return false;
}

// By customer, then by the day of shipment or, without one, of the invoice; then by number.
bool Before(const Row& a, const Row& b) {
  const auto key = [](const Row& row) {
    const Date* shipped = std::get_if<Date>(&row[3]);
    return std::tie(std::get<std::string>(row[0]), shipped != nullptr ? *shipped : std::get<Date>(row[8]),
                    std::get<std::string>(row[1]), std::get<std::vector<std::string>>(row[7]));
  };
  return key(a) < key(b);
}

Result<Report> RunShipments(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  const auto loaded = request.LoadHistory({HistoryPart::kShipments, HistoryPart::kNumbers});
  RETURN_IF_ERROR(loaded);
  const History& history = *loaded;

  auto cells = CustomerCells::Make(request, history, cut);
  RETURN_IF_ERROR(cells);
  Report report = EmptyReport(kShipmentsReport, cut);
  cells->AddKeyColumn(&report);
  const auto add = [&](Row row, uint32_t customer, Date date) {
    cells->AddOfCustomer(customer, date, &report.rows.emplace_back(std::move(row)));
  };
  const ShipmentBook book(history, cut, request.to.value_or(cut.effective));
  const auto shipments = static_cast<uint32_t>(RowsKnown(history.shipments.seq, cut.known));
  bool ships = false;
  for (uint32_t shipment = 0; shipment < shipments; ++shipment) {
    if (!book.SeesShipment(shipment)) continue;
    ships = true;
    auto row = book.ShipmentRow(shipment);
    if (row.has_value()) add(*std::move(row), history.shipments.customer[shipment], history.shipments.date[shipment]);
  }
  if (!ships && !request.customers.empty()) {  // the history has no others, which may have shipments
    const auto others = SeesShipments(*request.log, cut);
    RETURN_IF_ERROR(others);
    ships = *others;
  }
  int64_t left_out = 0;
  const auto items = static_cast<uint32_t>(RowsKnown(history.items.seq, cut.known));
  for (uint32_t item = 0; item < items; ++item) {
    if (!book.SeesInvoice(item) || !book.LacksShipment(item)) continue;
    const bool is_own = history.items.origin[item] == Origin::kRecorded;
    if (book.IsMatched(item) || (ships && is_own) || request.without_shipment) {
      add(book.InvoiceRow(item), history.items.customer[item], history.items.date[item]);
    } else {
      ++left_out;
    }
  }
  std::sort(report.rows.begin(), report.rows.end(), Before);
  if (left_out > 0) report.figures.emplace_back("invoices without shipments", left_out);
  return report;
}

}  // namespace

const ReportInfo kShipmentsReport{
    "shipments",
    "shipped and not invoiced, invoiced and not shipped: the cut-off test",
    "duebook shipments --effective 2026-01-31 --to 2025-12-31",
    ReportRows::kDocuments,
    RunShipments,
    {
        kCustomerColumn,
        {"shipment", "its number; none where only an invoice is there"},
        kCurrencyColumn,
        {"shipped", "the day of the shipment", ColumnType::kDate},
        {"amount", "shipped and not returned; without a shipment, what is invoiced", ColumnType::kMoney},
        {"order", "the customer's order"},
        {"signed_by", "who took delivery"},
        {"invoice", "the invoices of the shipment"},
        {"invoiced", "the day of the first of them", ColumnType::kDate},
        {"state", "invoiced, shipped not invoiced, invoiced not shipped or returned", ColumnType::kWord},
        {"days",
         "between shipment and invoice or, if one is not there, until the test day; until all was returned, if it was",
         ColumnType::kNumber},
        {"returned", "what came back", ColumnType::kMoney},
        kNameColumn,
        kAttributeColumn,
        kDocumentsColumn,
    },
    ListParameters({kOfCustomers, kGroupedBy, kTestDay, kWithoutShipment})};

}  // namespace duebook
