#include "projections/reports/account.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "projections/history/growing_history.h"
#include "projections/history/item_balances.h"
#include "projections/history/visible_events.h"
#include "projections/shared/event_text.h"

namespace duebook {

namespace {

// Returns what a customer calls it that something moved an item. A write-off is an adjustment to them: what the company
// expects of a claim is its own affair.
std::string_view WordOfMovement(MovementKind kind, ItemKind item, Minor amount) {
  const bool is_taken_back = amount > 0;
  switch (kind) {
    case MovementKind::kIssued:
      return item == ItemKind::kInvoice ? "Invoice" : item == ItemKind::kPayment ? "Payment" : "Credit note";
    case MovementKind::kDebited:
      return is_taken_back ? "Debit note" : "Debit note cancelled";
    case MovementKind::kCredited:
      return is_taken_back ? "Credit note cancelled" : "Credit note";
    case MovementKind::kApplied:
      return "Payment";
    case MovementKind::kDiscount:
      return is_taken_back ? "Discount taken back" : "Discount";
    case MovementKind::kWrittenOff:
      return "Adjustment";
    case MovementKind::kRefunded:
      return is_taken_back ? "Refund returned" : "Refund";
    case MovementKind::kReversed:
      return item == ItemKind::kPayment ? "Payment returned" : "Credit note cancelled";
  }
  return "Adjustment";
}

// Returns the number that the event gives to what it introduces; "" if it gives none.
std::string OwnNumber(EventView event) {
  for (const FieldInfo& field : event.info().fields) {
    if (field.introduces != DocumentKind::kNone) return FieldText(event, field);
  }
  return "";
}

// The numbers that events gave to what they introduced, by seq.
using Numbers = std::unordered_map<uint64_t, std::string>;

// Says for the customer what the event's movements, which begin at this row, are about.
void DescribeForCustomer(EventView event, const GrowingHistory& history, size_t row, const Numbers& numbers,
                         AccountLine* line) {
  const uint64_t described = event.type() == EventType::EventReversed ? event.Referred("event") : event.seq();
  const auto number = numbers.find(described);
  if (number != numbers.end()) line->number = number->second;
  // What is taken as income of a payment moves it as a refund does, and is none.
  const uint32_t fact = RowOf(history.facts.seq.View(), described);
  const bool is_difference = fact != kNoItem && history.facts.type[fact] == EventType::DifferenceClosed;
  for (; row < history.movements.seq.size(); ++row) {
    const MovementKind kind = history.movements.kind[row];
    if (kind == MovementKind::kApplied) continue;  // moves both an invoice and what pays it, and no balance
    const uint32_t item = history.movements.item[row];
    line->what = Term{event.type() == EventType::InvoiceVoided ? "Invoice cancelled"
                      : is_difference
                          ? "Adjustment"
                          : std::string(WordOfMovement(kind, history.items.kind[item], history.movements.amount[row]))};
    if (line->number.empty()) line->number = history.items.number[item];
    break;
  }
  if (event.type() == EventType::PaymentReceived) {
    line->reference = EventView::Text(event.body<schema::PaymentReceived>().reference());
  }
}

}  // namespace

Result<Account> ReadAccount(const EventLog& log, const std::string& customer, const Cut& cut, Date described,
                            Language language) {
  auto seqs = SeqsOfCustomers(log, {customer});
  RETURN_IF_ERROR(seqs);
  Account account{CustomerDescription(described), {}};
  GrowingHistory history;
  Numbers numbers;
  // Every known event is folded, whatever its date: an event may move what a later-dated one introduced.
  RETURN_IF_ERROR(ForEachVisible(log, *seqs, Cut{Date::Max(), cut.known}, [&](EventView event) {
    const size_t first = history.movements.seq.size();
    history.Evolve(event);
    account.customer.Evolve(event);
    if (std::string number = OwnNumber(event); !number.empty()) numbers.emplace(event.seq(), std::move(number));
    AccountLine line{event.date(), event.seq(), 0, event.info().name, "", "", {}, "", ""};
    for (size_t row = first; row < history.movements.seq.size(); ++row) {
      line.date = history.movements.date[row];
      line.amount += BalanceSign(history.items.kind[history.movements.item[row]]) * history.movements.amount[row];
    }
    if (line.amount == 0 || line.date > cut.effective) return;
    line.document = MainDocument(event);
    line.text = EventText(event, language);
    DescribeForCustomer(event, history, first, numbers, &line);
    AccountSection& section = account.sections[event.currency().ToString()];
    section.currency = event.currency();
    section.lines.push_back(std::move(line));
  }));
  RETURN_IF_ERROR(history.status());
  for (auto& [code, section] : account.sections) {
    std::sort(section.lines.begin(), section.lines.end(), [](const AccountLine& a, const AccountLine& b) {
      return std::tuple(a.date, a.seq) < std::tuple(b.date, b.seq);
    });
  }
  return account;
}

}  // namespace duebook
