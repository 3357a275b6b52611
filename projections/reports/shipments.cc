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
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "projections/history/salespeople.h"
#include "projections/history/visible_events.h"
#include "projections/shared/projection.h"
#include "projections/shared/register.h"

namespace duebook {
namespace {

struct ShippedOrInvoiced {
  std::string number, customer, order, signed_by;
  uint64_t customer_seq = 0;
  Currency currency;
  Date date;
  Minor amount = 0;
  bool imported = false;
  std::optional<Date> undone;                           // an invoice voided, a shipment reversed
  std::map<uint64_t, std::pair<Date, Minor>> returned;  // of a shipment, by the seq of the return
  std::set<uint64_t> counterparts;  // seqs of the invoices of a shipment, of the shipments of an invoice
};

class ShipmentBook {
 public:
  void Evolve(EventView event) {
    switch (event.type()) {
      case EventType::ShipmentRecorded: {
        const auto& body = event.body<schema::ShipmentRecorded>();
        ShippedOrInvoiced& shipment = Add(shipments, event, body.shipment(), body.amount());
        shipment.order = EventView::Text(body.order());
        shipment.signed_by = EventView::Text(body.signed_by());
        Match(event);
        return;
      }
      case EventType::InvoiceIssued: {
        const auto& body = event.body<schema::InvoiceIssued>();
        Add(invoices, event, body.invoice(), body.amount());
        Match(event);
        return;
      }
      case EventType::InvoiceVoided: {
        const auto invoice = invoices.find(event.Referred("invoice"));
        if (invoice != invoices.end()) invoice->second.undone = event.date();
        return;
      }
      case EventType::ShipmentReturned: {
        const auto shipment = shipments.find(event.Referred("shipment"));
        const Minor amount = AmountOf(event.body<schema::ShipmentReturned>().amount());
        if (shipment != shipments.end()) shipment->second.returned[event.seq()] = {event.date(), amount};
        return;
      }
      case EventType::EventReversed:
        return Undo(event);
      default:
        return;
    }
  }

  std::unordered_map<uint64_t, ShippedOrInvoiced> shipments, invoices;  // by seq

 private:
  // Of a shipment, or of a return: then of the shipment behind it.
  void Undo(EventView event) {
    const auto shipment = shipments.find(event.Referred("event"));
    if (shipment != shipments.end()) shipment->second.undone = event.date();
    const auto returned = shipments.find(event.Referred("event.document"));
    if (returned == shipments.end()) return;
    const Minor amount = AmountOf(event.body<schema::EventReversed>().amount());
    returned->second.returned[event.seq()] = {event.date(), -amount};
  }

  static ShippedOrInvoiced& Add(std::unordered_map<uint64_t, ShippedOrInvoiced>& to, EventView event,
                                const flatbuffers::String* number, const schema::Amount* amount) {
    ShippedOrInvoiced& added = to[event.seq()];
    added.number = EventView::Text(number);
    added.customer = event.customer();
    added.customer_seq = event.Referred("customer");
    added.currency = event.currency();
    added.date = event.date();
    added.amount = AmountOf(amount);
    added.imported = event.imported();
    return added;
  }

  // Of what the event names, all introduced before it: causal dates and references see to that.
  void Match(EventView event) {
    const bool is_shipment = event.type() == EventType::ShipmentRecorded;
    auto& own = is_shipment ? shipments : invoices;
    auto& others = is_shipment ? invoices : shipments;
    for (const uint64_t seq : event.AllReferred(is_shipment ? "invoice" : "shipments")) {
      const auto other = others.find(seq);
      if (other == others.end()) continue;
      other->second.counterparts.insert(event.seq());
      own[event.seq()].counterparts.insert(seq);
    }
  }
};

constexpr std::string_view kInvoiced = "invoiced";
constexpr std::string_view kNotInvoiced = "shipped not invoiced";
constexpr std::string_view kNotShipped = "invoiced not shipped";
constexpr std::string_view kReturned = "returned";

// What was undone later still stood on the test day, if it was there by then.
bool UndoneFor(const ShippedOrInvoiced& document, Date test_day) {
  const bool stood = document.date <= test_day && (!document.undone.has_value() || *document.undone > test_day);
  return document.undone.has_value() && !stood;
}

// What came back of a shipment by the test day, and the last day on which something did.
struct Returned {
  Sum amount = 0;
  Date last;
};

Returned ReturnedBy(const ShippedOrInvoiced& shipment, Date test_day) {
  Returned returned{0, shipment.date};
  for (const auto& [seq, change] : shipment.returned) {
    if (change.first > test_day) continue;
    returned.amount += change.second;
    if (change.second > 0) returned.last = std::max(returned.last, change.first);
  }
  return returned;
}

// The row of a shipment, or nothing if neither it nor an invoice of it is of the test day or earlier.
std::optional<Row> ShipmentRow(const ShipmentBook& book, const ShippedOrInvoiced& shipment, Date test_day) {
  if (UndoneFor(shipment, test_day)) return std::nullopt;
  std::vector<std::string> numbers;
  std::optional<Date> invoiced;
  for (const uint64_t seq : shipment.counterparts) {
    const ShippedOrInvoiced& invoice = book.invoices.at(seq);
    if (UndoneFor(invoice, test_day)) continue;
    numbers.push_back(invoice.number);
    invoiced = std::min(invoice.date, invoiced.value_or(Date::Max()));
  }
  const bool shipped_by = shipment.date <= test_day;
  const bool invoiced_by = invoiced.has_value() && *invoiced <= test_day;
  if (!shipped_by && !invoiced_by) return std::nullopt;
  const Returned returned = ReturnedBy(shipment, test_day);
  const Sum left = shipment.amount - returned.amount;
  const std::string_view state = left == 0      ? kReturned
                                 : !invoiced_by ? kNotInvoiced
                                 : shipped_by   ? kInvoiced
                                                : kNotShipped;
  const Date first = left == 0 ? shipment.date : std::min(shipment.date, invoiced.value_or(Date::Max()));
  const Date last = left == 0 ? returned.last : state == kInvoiced ? std::max(shipment.date, *invoiced) : test_day;
  return Row{shipment.customer,
             shipment.number,
             shipment.currency.ToString(),
             shipment.date,
             Money{left, shipment.currency},
             shipment.order,
             shipment.signed_by,
             std::move(numbers),
             invoiced.has_value() ? Cell(*invoiced) : Cell(),
             Term{std::string(state)},
             static_cast<int64_t>(last - first),
             Money{returned.amount, shipment.currency}};
}

// The row of an invoice that has no shipment.
std::optional<Row> InvoiceRow(const ShipmentBook& book, const ShippedOrInvoiced& invoice, Date test_day) {
  const bool shipped = std::any_of(invoice.counterparts.begin(), invoice.counterparts.end(),
                                   [&](uint64_t seq) { return !UndoneFor(book.shipments.at(seq), test_day); });
  if (invoice.date > test_day || UndoneFor(invoice, test_day) || shipped) return std::nullopt;
  return Row{invoice.customer,
             "",
             invoice.currency.ToString(),
             Cell(),
             Money{invoice.amount, invoice.currency},
             "",
             "",
             std::vector<std::string>{invoice.number},
             invoice.date,
             Term{std::string(kNotShipped)},
             static_cast<int64_t>(test_day - invoice.date),
             Cell()};
}

Result<std::vector<uint64_t>> SeqsToRead(const ReportRequest& request) {
  if (!request.customers.empty()) return SeqsOfCustomers(*request.log, request.customers);
  return SeqsOfTypes(*request.log, {EventType::ShipmentRecorded, EventType::ShipmentReturned, EventType::InvoiceIssued,
                                    EventType::InvoiceVoided, EventType::EventReversed});
}

// Whether the cut sees a shipment of any customer.
Result<bool> SeesShipments(const EventLog& log, const Cut& cut) {
  const auto seqs = SeqsOfTypes(log, {EventType::ShipmentRecorded});
  RETURN_IF_ERROR(seqs);
  for (const uint64_t seq : *seqs) {
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
  auto seqs = SeqsToRead(request);
  RETURN_IF_ERROR(seqs);
  ShipmentBook book;
  RETURN_IF_ERROR(ForEachVisible(*request.log, *seqs, cut, [&](EventView event) { book.Evolve(event); }));

  Report report{"shipments", cut, {}, {}, {}, {}};
  constexpr auto kRight = Column::Align::kRight;
  report.columns = {{"customer"},  {"shipment"}, {"currency"}, {"shipped"}, {"amount", kRight}, {"order"},
                    {"signed_by"}, {"invoice"},  {"invoiced"}, {"state"},   {"days", kRight},   {"returned", kRight}};
  std::shared_ptr<const History> history;
  std::optional<Salespeople> salespeople;
  if (NeedsSalesperson(request)) {
    auto loaded = request.LoadHistory();
    RETURN_IF_ERROR(loaded);
    history = *loaded;
    salespeople.emplace(*history, cut);
  }
  if (NeedsSalesperson(request)) report.columns.push_back({"salesperson"});
  const auto add = [&](const ShippedOrInvoiced& document, std::optional<Row> row) -> Status {
    if (!row.has_value()) return Status();
    if (salespeople.has_value()) {
      const auto customer = history->NamedCustomer(document.customer_seq);
      RETURN_IF_ERROR(customer);
      row->emplace_back(std::string(salespeople->OfCustomer(*customer, document.date)));
    }
    report.rows.push_back(std::move(*row));
    return Status();
  };
  const Date test_day = request.to.value_or(cut.effective);
  for (const auto& [seq, shipment] : book.shipments) {
    RETURN_IF_ERROR(add(shipment, ShipmentRow(book, shipment, test_day)));
  }
  const auto ships = SeesShipments(*request.log, cut);
  RETURN_IF_ERROR(ships);
  int64_t left_out = 0;
  for (const auto& [seq, invoice] : book.invoices) {
    std::optional<Row> row = InvoiceRow(book, invoice, test_day);
    const bool telling = !invoice.counterparts.empty() || (*ships && !invoice.imported);
    if (row.has_value() && !telling && !request.without_shipment) {
      ++left_out;
    } else {
      RETURN_IF_ERROR(add(invoice, std::move(row)));
    }
  }
  std::sort(report.rows.begin(), report.rows.end(), Before);
  auto finished = FinishRegister(std::move(report), request);
  RETURN_IF_ERROR(finished);
  if (left_out > 0) finished->figures.emplace_back("invoices without shipments", left_out);
  return finished;
}

}  // namespace

extern const ReportInfo kShipmentsReport;
const ReportInfo kShipmentsReport{
    "shipments",
    "shipped and not invoiced, invoiced and not shipped: the cut-off test",
    "duebook shipments --effective 2026-01-31 --to 2025-12-31",
    RunShipments,
    {
        kCustomerColumn,
        {"shipment", "its number; none where only an invoice is there"},
        kCurrencyColumn,
        {"shipped", "the day of the shipment"},
        {"amount", "shipped and not returned; without a shipment, what is invoiced"},
        {"order", "the customer's order"},
        {"signed_by", "who took delivery"},
        {"invoice", "the invoices of the shipment"},
        {"invoiced", "the day of the first of them"},
        {"state", "invoiced, shipped not invoiced, invoiced not shipped or returned"},
        {"days",
         "between shipment and invoice or, if one is not there, until the test day; until all was returned, if it was"},
        {"returned", "what came back"},
        kSalespersonColumn,
        kDocumentsColumn,
    },
    {kOfCustomers, kGroupedBy, kTestDay, kWithoutShipment}};

}  // namespace duebook
