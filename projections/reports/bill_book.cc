#include "projections/reports/bill_book.h"

#include <algorithm>
#include <unordered_map>

#include "ledger/events/bills.h"
#include "projections/history/reversed_items.h"
#include "projections/history/visible_facts.h"

namespace duebook {

namespace {

std::string_view StateAfter(EventType step) {
  switch (step) {
    case EventType::BillEndorsed:
      return kEndorsedState;
    case EventType::BillDiscounted:
      return kDiscountedState;
    case EventType::BillHonoured:
      return kHonouredState;
    default:
      return kDishonouredState;
  }
}

// What can be undone of a bill.
bool IsStep(EventType type) {
  return type == EventType::BillEndorsed || type == EventType::BillDiscounted || type == EventType::BillHonoured;
}

// The bill of a payment, of which this is the event's seq; null if the cut sees none.
BookedBill* BillOf(const History& history, std::vector<BookedBill>& bills, uint64_t payment) {
  const auto found = std::lower_bound(bills.begin(), bills.end(), payment, [&](const BookedBill& bill, uint64_t seq) {
    return history.facts.seq[bill.fact] < seq;
  });
  return found != bills.end() && history.facts.seq[found->fact] == payment ? &*found : nullptr;
}

void TakeStep(const History& history, uint32_t step, BookedBill* bill) {
  const History::Facts& facts = history.facts;
  bill->state = StateAfter(facts.type[step]);
  bill->changed = facts.date[step];
  if (bill->state == kEndorsedState || bill->state == kDiscountedState) bill->passed_on = step;
}

// A step that was undone left the bill, from that day on, in the state of the one before it.
void MarkUndone(const History& history, const Cut& cut, std::vector<BookedBill>& bills) {
  const History::FactReversals& reversals = history.fact_reversals;
  const size_t rows = RowsKnown(reversals.seq, cut.known);
  for (size_t row = 0; row < rows; ++row) {
    const uint32_t fact = reversals.fact[row];
    if (reversals.date[row] > cut.effective || !IsStep(history.facts.type[fact])) continue;
    BookedBill* bill = BillOf(history, bills, history.facts.subject[fact]);
    if (bill != nullptr) bill->changed = std::max(bill->changed, reversals.date[row]);
  }
}

// Those that are still held although their payments were reversed, which no fact tells.
void MarkReversed(const History& history, const Cut& cut, std::vector<BookedBill>& bills) {
  const std::unordered_map<uint32_t, Date> reversed = ReversedItems(history, cut);
  for (BookedBill& bill : bills) {
    const auto of_payment = reversed.find(bill.item);
    if (of_payment == reversed.end() || !bill.IsHeld()) continue;
    bill.state = kReversedState;
    bill.changed = of_payment->second;
  }
}

}  // namespace

bool BookedBill::MayComeBackOn(const History& history, Date day) const {
  if (IsHeld()) return true;
  const bool is_passed_on = state == kEndorsedState || state == kDiscountedState;
  return is_passed_on && day <= history.facts.day[fact].AddDays(kDaysToComeBack);
}

std::vector<BookedBill> BillsAt(const History& history, const Cut& cut) {
  std::vector<BookedBill> bills;
  const VisibleFacts facts(history, cut);
  // A payment's fact comes before those of its bill's steps.
  facts.ForEach({EventType::PaymentReceived, EventType::BillEndorsed, EventType::BillDiscounted,
                 EventType::BillHonoured, EventType::BillDishonoured},
                [&](uint32_t row) {
                  if (history.facts.type[row] == EventType::PaymentReceived) {
                    const uint32_t item = history.ItemAt(history.facts.seq[row]);
                    if (item != kNoItem) bills.push_back({row, item, kHeldState, history.facts.date[row]});
                  } else if (BookedBill* bill = BillOf(history, bills, history.facts.subject[row])) {
                    TakeStep(history, row, bill);
                  }
                });
  if (bills.empty()) return bills;
  MarkUndone(history, cut, bills);
  MarkReversed(history, cut, bills);
  return bills;
}

bool IsAtRisk(const History& history, const BookedBill& bill, const CreditPolicy& counted, Date day) {
  const auto method = PlaceOf(kBillMethods, history.facts.key[bill.fact]);
  return method.has_value() && counted.bills[*method] && bill.MayComeBackOn(history, day);
}

}  // namespace duebook
