#include "projections/reports/credit_book.h"

#include <algorithm>
#include <utility>

#include "projections/history/item_balances.h"
#include "projections/history/open_parts.h"
#include "projections/history/shipment_states.h"
#include "projections/history/visible_events.h"
#include "projections/history/visible_facts.h"
#include "projections/reports/bill_book.h"

namespace duebook {

Result<std::optional<CreditPolicy>> CreditPolicyAt(const EventLog& log, const History& history, const Cut& cut) {
  std::optional<uint32_t> last;
  VisibleFacts(history, cut).ForEach({EventType::CreditPolicySet}, [&](uint32_t fact) {
    if (!last.has_value() || IsEarlierFact(history, *last, fact)) last = fact;
  });
  if (!last.has_value()) return std::optional<CreditPolicy>();
  std::optional<CreditPolicy> policy;
  RETURN_IF_ERROR(ForEachOfType(log, EventType::CreditPolicySet, {history.facts.seq[*last]},
                                [&](EventView event) { policy = CreditPolicyOf(event); }));
  return policy;
}

Result<CreditBook> CreditBook::Make(const EventLog& log, const History& history, const Cut& cut) {
  auto policy = CreditPolicyAt(log, history, cut);
  RETURN_IF_ERROR(policy);
  return CreditBook(history, cut, log.identity().currency, *std::move(policy));
}

CreditBook::CreditBook(const History& history, const Cut& cut, Currency currency, std::optional<CreditPolicy> policy)
    : history_(&history),
      cut_(cut),
      currency_(currency),
      policy_(std::move(policy)),
      counted_(CountedBy(policy_, cut.effective)),
      escalations_(history, cut),
      customers_(history.customers.seq.size()) {
  AddCustomers();
  AddFacts();
  AddGuarantees();
  AddBills();
  AddShipments();
  AddItems();
  AddLimits();
  const History::Customers& all = history.customers;
  std::erase_if(standings_, [&](const CreditStanding& each) {
    return !cut_.Sees(all.date[each.customer], all.seq[each.customer]);
  });
}

CreditStanding& CreditBook::At(uint32_t customer, Currency currency) {
  if (currency == currency_) return standings_[customer];
  const uint64_t key = uint64_t{customer} << 32 | currency.packed();
  const auto [place, is_new] = others_.emplace(key, static_cast<uint32_t>(standings_.size()));
  if (is_new) standings_.push_back({.customer = customer, .currency = currency});
  return standings_[place->second];
}

void CreditBook::AddCustomers() {
  standings_.reserve(customers_.size());
  for (uint32_t customer = 0; customer < customers_.size(); ++customer) {
    standings_.push_back({.customer = customer, .currency = currency_});
  }
}

void CreditBook::AddFacts() {
  const History::Facts& facts = history_->facts;
  std::unordered_map<uint32_t, uint32_t> holds;  // by customer: the fact of the last hold or release
  const VisibleFacts visible(*history_, cut_);
  visible.ForEach({EventType::CustomerApproved, EventType::CustomerRated, EventType::CreditHoldPlaced,
                   EventType::CreditHoldReleased},
                  [&](uint32_t fact) {
                    CreditOfCustomer& customer = customers_[facts.customer[fact]];
                    if (facts.type[fact] == EventType::CustomerApproved) {
                      customer.approved = true;
                    } else if (facts.type[fact] == EventType::CustomerRated) {
                      if (!customer.rating.has_value() || IsEarlierFact(*history_, *customer.rating, fact))
                        customer.rating = fact;
                    } else {
                      const auto [last, is_new] = holds.emplace(facts.customer[fact], fact);
                      if (!is_new && IsEarlierFact(*history_, last->second, fact)) last->second = fact;
                    }
                  });
  for (const auto& [customer, fact] : holds) {
    if (facts.type[fact] == EventType::CreditHoldPlaced) customers_[customer].held = facts.date[fact];
  }
}

void CreditBook::AddGuarantees() {
  const History::Facts& facts = history_->facts;
  std::unordered_map<uint64_t, uint32_t> counted;  // by seq of the guarantee's event: its fact
  const VisibleFacts visible(*history_, cut_);
  visible.ForEach({EventType::GuaranteeReceived}, [&](uint32_t fact) {
    CreditStanding& standing = At(facts.customer[fact], facts.currency[fact]);
    const auto kind = PlaceOf(kGuaranteeKinds, facts.text[fact]);
    if (!kind.has_value() || !counted_.guarantees[*kind] || cut_.effective > facts.day[fact]) return;
    standing.guarantees += facts.amount[fact];
    counted.emplace(facts.seq[fact], fact);
  });
  if (counted.empty()) return;
  visible.ForEach({EventType::GuaranteeReleased}, [&](uint32_t fact) {
    if (!counted.contains(facts.subject[fact])) return;
    At(facts.customer[fact], facts.currency[fact]).guarantees -= facts.amount[fact];
  });
}

void CreditBook::AddBills() {
  for (const BookedBill& bill : BillsAt(*history_, cut_)) {
    if (!IsAtRisk(*history_, bill, counted_, cut_.effective)) continue;
    AtItem(bill.item).bills += history_->items.amount[bill.item];
  }
}

void CreditBook::AddShipments() {
  const History::Shipments& shipments = history_->shipments;
  const ShipmentStates states(*history_, cut_);
  const auto not_invoiced = [&](uint32_t shipment) {
    return states.Stands(shipment) && !states.IsInvoiced(shipment) ? states.Kept(shipment) : Sum{0};
  };
  for (uint32_t row = 0; row < RowsKnown(shipments.seq, cut_.known); ++row) {
    if (shipments.date[row] > cut_.effective) continue;
    customers_[shipments.customer[row]].trades = true;
    At(shipments.customer[row], shipments.currency[row]).not_invoiced += not_invoiced(row);
  }
  const VisibleFacts visible(*history_, cut_);
  visible.ForEach({EventType::ShipmentRecorded}, [&](uint32_t fact) {
    const uint32_t shipment = RowOf(shipments.seq, history_->facts.seq[fact]);
    if (shipment == kNoItem) return;
    visible.ForEachPart(fact,
                        [&](size_t part) { reserved_[history_->fact_parts.item[part]] += not_invoiced(shipment); });
  });
}

void CreditBook::AddItems() {
  const ItemBalances balances(*history_, cut_);
  const History::Items& items = history_->items;
  const size_t known = RowsKnown(items.seq, cut_.known);
  for (uint32_t item = 0; item < known; ++item) {
    if (items.date[item] > cut_.effective) continue;
    customers_[items.customer[item]].trades = true;
    CreditStanding& standing = AtItem(item);
    const Sum left = balances[item];
    if (items.kind[item] == ItemKind::kInvoice) {
      standing.balance += left;
      continue;
    }
    standing.balance -= left;
    const auto reserved = reserved_.empty() ? reserved_.end() : reserved_.find(item);
    standing.unapplied += reserved == reserved_.end() ? left : std::max<Sum>(0, left - reserved->second);
  }
  const OpenParts open(*history_, cut_, balances);
  open.ForEach([&](const OpenPart& part) {
    const int64_t days = cut_.effective - part.due;
    if (days <= 0) return;
    CreditStanding& standing = AtItem(part.item);
    standing.oldest = std::max(standing.oldest, days);
    const Sum late = part.open - (counted_.overdue.disputed ? Sum{0} : part.disputed);
    if (days <= counted_.overdue.days || late == 0) return;
    standing.late += late;
    standing.oldest_late = std::max(standing.oldest_late, days);
  });
}

void CreditBook::AddLimits() {
  const History::Limits& limits = history_->limits;
  for (size_t row = 0; row < RowsKnown(limits.seq, cut_.known); ++row) {
    if (limits.date[row] > cut_.effective) continue;
    CreditStanding& standing = At(limits.customer[row], limits.currency[row]);
    if (limits.date[row] < standing.limit_date) continue;
    standing.limit = limits.amount[row];
    standing.limit_date = limits.date[row];
  }
}

std::vector<CreditStanding> CreditBook::Sorted() const {
  std::vector<CreditStanding> sorted = standings_;
  std::sort(sorted.begin(), sorted.end(), [&](const CreditStanding& a, const CreditStanding& b) {
    if (a.customer == b.customer) return a.currency.ToString() < b.currency.ToString();
    return history_->customers.id[a.customer] < history_->customers.id[b.customer];
  });
  return sorted;
}

std::string_view CreditBook::StateOf(uint32_t customer) const {
  if (IsHeld(customer)) return "held";
  return Of(customer).approved || Of(customer).trades ? "trading" : "opened";
}

}  // namespace duebook
