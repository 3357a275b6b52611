#include "projections/reports/cash_book.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "ledger/books/tolerance_policy.h"
#include "ledger/command/spelling.h"
#include "ledger/log/names_in_log.h"
#include "projections/history/open_parts.h"
#include "projections/history/visible_events.h"
#include "projections/history/visible_facts.h"
#include "projections/reports/interest_rates.h"
#include "projections/reports/invoice_discounts.h"
#include "projections/reports/invoice_numbers.h"
#include "projections/reports/live_guarantees.h"
#include "projections/reports/monthly_differences.h"
#include "projections/reports/open_timelines.h"
#include "projections/shared/closings.h"
#include "projections/shared/payment_references.h"

namespace duebook {

namespace {

// Returns the first day behind all periods that are known to be closed; nothing if the last day there is is closed.
Result<std::optional<Date>> FirstOpenDay(const EventLog& log, uint64_t known) {
  const auto closings = ClosingsOf(log);
  RETURN_IF_ERROR(closings);
  std::optional<Date> first = Date::Min();
  for (const Closing& closing : *closings) {
    if (!closing.IsInForceAt(known)) continue;
    if (closing.through == Date::Max()) return std::optional<Date>();
    first = std::max(*first, closing.through.AddDays(1));
  }
  return first;
}

Result<std::vector<TolerancePolicy>> TolerancesOf(const EventLog& log, const Cut& cut) {
  const auto seqs = log.FindOfType(EventType::TolerancePolicySet);
  RETURN_IF_ERROR(seqs);
  std::vector<TolerancePolicy> policies;
  RETURN_IF_ERROR(
      ForEachVisible(log, *seqs, cut, [&](EventView event) { policies.push_back(TolerancePolicyOf(event)); }));
  return policies;
}

// What the person closed, as the cut sees it.
MonthlyDifferences ClosedBy(std::string_view person, const History& history, const Cut& cut) {
  MonthlyDifferences closed;
  if (person.empty()) return closed;
  const History::Facts& facts = history.facts;
  VisibleFacts(history, cut).ForEach({EventType::DifferenceClosed}, [&](uint32_t fact) {
    if (facts.text[fact] == person) closed.Add(person, facts.date[fact], facts.currency[fact], facts.amount[fact]);
  });
  return closed;
}

// What a customer owes or has, in one currency: places among the open items.
struct Account {
  std::vector<uint32_t> invoices;
  std::vector<uint32_t> credit_notes;
};

// Open invoices, payments and credit notes, from which payments take one after the other.
class CashBook {
 public:
  // The first three must outlive it. `person` closes the differences; if it is empty, somebody who closed none yet.
  CashBook(const History& history, const Cut& cut, const std::vector<TolerancePolicy>& tolerances,
           std::optional<Date> first_open_day, std::string person);

  // The places of payments of which something is unapplied, by day and then by recording.
  std::vector<uint32_t> Payments() const;
  uint32_t ItemAt(uint32_t place) const { return timelines_.items()[place]; }

  // Finds what a payment pays, and takes it; nothing if nothing of it is left.
  std::optional<CashSuggestion> Suggest(uint32_t payment, const std::vector<uint32_t>& named, CashOrder order);

 private:
  struct CreditLeft {
    uint32_t place = 0;
    Date day;  // no earlier than this it is applied
    Minor amount = 0;
  };

  const Account& AccountOf(uint32_t item) const;
  std::vector<CreditLeft> CreditOf(const Account& account, Date day) const;
  std::optional<Claim> ClaimOf(uint32_t place, Date paid, Date day, Minor amount, CashOrder order) const;
  void SetParts(uint32_t place, Claim* claim) const;
  void SetTolerance(uint32_t place, Claim* claim) const;
  // Takes what the shares settle, with the credit notes first.
  std::vector<SuggestedApplication> Take(const std::vector<Claim>& claims, const std::vector<uint32_t>& places,
                                         const CashMatch& match, std::vector<CreditLeft> credit);

  static uint64_t KeyOf(uint32_t customer, Currency currency) { return uint64_t{customer} << 32 | currency.packed(); }

  const History& history_;
  const Cut cut_;
  const std::vector<TolerancePolicy>& tolerances_;
  const std::optional<Date> first_open_day_;
  const std::string person_;
  MonthlyDifferences closed_;
  OpenTimelines timelines_;
  const NewSchedules schedules_;
  const InvoiceDiscounts discounts_;
  const LiveGuarantees guarantees_;
  const InterestRates rates_;
  std::vector<bool> has_instalments_;  // by place
  std::unordered_map<uint64_t, Account> accounts_;
};

CashBook::CashBook(const History& history, const Cut& cut, const std::vector<TolerancePolicy>& tolerances,
                   std::optional<Date> first_open_day, std::string person)
    : history_(history),
      cut_(cut),
      tolerances_(tolerances),
      first_open_day_(first_open_day),
      person_(std::move(person)),
      closed_(ClosedBy(person_, history, cut)),
      timelines_(history, cut),
      schedules_(history, cut.known),
      discounts_(history, cut),
      guarantees_(history, cut),
      rates_(history, cut) {
  const std::vector<uint32_t>& open = timelines_.items();
  const ColumnView<uint32_t>& in_instalments = history.instalments.item;
  size_t instalment = 0;
  has_instalments_.resize(open.size());
  for (uint32_t place = 0; place < open.size(); ++place) {
    const uint32_t item = open[place];
    while (instalment < in_instalments.size() && in_instalments[instalment] < item) ++instalment;
    has_instalments_[place] = instalment < in_instalments.size() && in_instalments[instalment] == item;
    const ItemKind kind = history.items.kind[item];
    if (kind == ItemKind::kPayment) continue;
    Account& account = accounts_[KeyOf(history.items.customer[item], history.items.currency[item])];
    (kind == ItemKind::kInvoice ? account.invoices : account.credit_notes).push_back(place);
  }
  for (auto& [key, account] : accounts_) {
    std::stable_sort(account.credit_notes.begin(), account.credit_notes.end(),
                     [&](uint32_t a, uint32_t b) { return history.items.date[open[a]] < history.items.date[open[b]]; });
  }
}

std::vector<uint32_t> CashBook::Payments() const {
  std::vector<uint32_t> payments;
  const std::vector<uint32_t>& open = timelines_.items();
  for (uint32_t place = 0; place < open.size(); ++place) {
    if (history_.items.kind[open[place]] == ItemKind::kPayment) payments.push_back(place);
  }
  std::stable_sort(payments.begin(), payments.end(),
                   [&](uint32_t a, uint32_t b) { return history_.items.date[open[a]] < history_.items.date[open[b]]; });
  return payments;
}

const Account& CashBook::AccountOf(uint32_t item) const {
  static const Account none;
  const auto account = accounts_.find(KeyOf(history_.items.customer[item], history_.items.currency[item]));
  return account == accounts_.end() ? none : account->second;
}

std::vector<CashBook::CreditLeft> CashBook::CreditOf(const Account& account, Date day) const {
  std::vector<CreditLeft> credit;
  for (const uint32_t place : account.credit_notes) {
    const auto left = timelines_.LeftFrom(place, day);
    const auto amount = left.has_value() ? ToMinor(left->least) : std::nullopt;
    if (amount.has_value()) credit.push_back({place, left->since, *amount});
  }
  return credit;
}

void CashBook::SetParts(uint32_t place, Claim* claim) const {
  const std::vector<OpenPart> parts =
      OpenPartsOn(history_, schedules_, claim->item, std::min(claim->day, cut_.effective), claim->open,
                  timelines_.DebitedBy(place, claim->day));
  if (parts.empty()) return;
  claim->due = parts.front().due;
  claim->first_part = parts.front().open;
  for (size_t i = 1; i < parts.size(); ++i) {
    claim->later.push_back({parts[i].due, parts[i].open});
  }
}

// A rest may be closed if a policy lets it, and if it is the same on the day and later.
void CashBook::SetTolerance(uint32_t place, Claim* claim) const {
  const Currency currency = history_.items.currency[claim->item];
  const TolerancePolicy* policy = ToleranceOn(tolerances_, currency, claim->day);
  if (policy == nullptr || timelines_.At(place, claim->day) != claim->open) return;
  claim->tolerance = *policy;
  claim->invoiced = history_.items.amount[claim->item] + timelines_.DebitedBy(place, Date::Max());
  claim->left_in_month = Sum{policy->per_month.value_or(INT64_MAX)} - closed_.InMonthOf(person_, claim->day, currency);
}

// Of what came in on one day and is unapplied from another one on. Nothing if nothing of the invoice can be paid.
std::optional<Claim> CashBook::ClaimOf(uint32_t place, Date paid, Date day, Minor amount, CashOrder order) const {
  const auto open = timelines_.LeftFrom(place, day);
  if (!open.has_value()) return std::nullopt;
  Claim claim;
  claim.item = ItemAt(place);
  claim.issued = history_.items.date[claim.item];
  claim.day = open->since;
  claim.open = open->least;
  claim.number = history_.items.number[claim.item];
  claim.due = history_.items.due[claim.item];
  claim.first_part = claim.open;
  if (schedules_.Find(claim.item) != nullptr || has_instalments_[place]) SetParts(place, &claim);
  claim.discount_ppm = discounts_.Of(claim.item, paid);
  if (claim.open > amount && !tolerances_.empty()) SetTolerance(place, &claim);
  if (order == CashOrder::kPrc) {
    claim.guaranteed = guarantees_.Cover(claim.item, claim.day);
    claim.yearly_rate = rates_.YearlyRate(claim.item, claim.day);
  }
  return claim;
}

std::optional<CashSuggestion> CashBook::Suggest(uint32_t payment, const std::vector<uint32_t>& named, CashOrder order) {
  const uint32_t item = ItemAt(payment);
  const Date paid = history_.items.date[item];
  const auto left = timelines_.LeftFrom(payment, std::max(paid, first_open_day_.value_or(Date::Max())));
  const auto unapplied = left.has_value() ? ToMinor(left->least) : std::nullopt;
  if (!unapplied.has_value()) return std::nullopt;
  if (!first_open_day_.has_value()) return CashSuggestion{item, *unapplied, kNoRule, "no day is open", {}};
  const Date day = left->since;
  CashToMatch cash;
  cash.amount = *unapplied;
  cash.order = order;
  const Account& account = AccountOf(item);
  std::vector<CreditLeft> credit = CreditOf(account, day);
  for (const CreditLeft& each : credit) cash.credit += each.amount;
  std::vector<uint32_t> places;  // of the claims
  for (const uint32_t place : account.invoices) {
    auto claim = ClaimOf(place, paid, day, cash.amount, order);
    if (!claim.has_value()) continue;
    claim->named = std::binary_search(named.begin(), named.end(), claim->item);
    cash.claims.push_back(*claim);
    places.push_back(place);
  }
  cash.names_others_only = !named.empty() && std::none_of(named.begin(), named.end(), [&](uint32_t invoice) {
    return history_.items.customer[invoice] == history_.items.customer[item];
  });
  const CashMatch match = MatchCash(cash);
  if (match.rule != kNetRule) credit.clear();
  return CashSuggestion{item, cash.amount, match.rule, match.reason,
                        Take(cash.claims, places, match, std::move(credit))};
}

std::vector<SuggestedApplication> CashBook::Take(const std::vector<Claim>& claims, const std::vector<uint32_t>& places,
                                                 const CashMatch& match, std::vector<CreditLeft> credit) {
  std::vector<SuggestedApplication> applications;
  auto next = credit.begin();
  for (const CashShare& share : match.shares) {
    const Claim& claim = claims[share.claim];
    Sum left = share.amount;
    for (; next != credit.end() && left > 0; next += next->amount == 0 ? 1 : 0) {
      const Minor amount = left < next->amount ? *ToMinor(left) : next->amount;
      const Date day = std::max(claim.day, next->day);
      applications.push_back({claim.item, ItemAt(next->place), day, amount, 0, 0});
      timelines_.Take(next->place, day, amount);
      timelines_.Take(places[share.claim], day, amount);
      next->amount -= amount;
      left -= amount;
    }
    if (left > 0) {
      applications.push_back({claim.item, kNoItem, claim.day, *ToMinor(left), share.discount, share.difference});
    }
    closed_.Add(person_, claim.day, history_.items.currency[claim.item], share.difference);
    timelines_.Take(places[share.claim], claim.day, left + share.discount + share.difference);
  }
  return applications;
}

// The payment of this number; nothing if the cut sees none.
Result<std::optional<uint32_t>> FindPayment(const EventLog& log, const History& history, const Cut& cut,
                                            std::string_view number) {
  const auto spelled = DocumentInLog(log, DocumentKind::kPayment, number);
  RETURN_IF_ERROR(spelled);
  const auto seq = log.FindIntroducing(DocumentKey(DocumentKind::kPayment, *spelled));
  RETURN_IF_ERROR(seq);
  const uint32_t item = seq->has_value() ? history.ItemAt(**seq) : kNoItem;
  if (item == kNoItem || !cut.Sees(history.items.date[item], **seq)) return std::optional<uint32_t>();
  return std::optional(item);
}

CashOrder OrderOf(std::string_view rule) {
  if (rule == "oldest") return CashOrder::kOldest;
  return rule == "prc" ? CashOrder::kPrc : CashOrder::kNone;
}

}  // namespace

Result<CashSuggestions> SuggestCash(const ReportRequest& request) {
  const Cut cut = request.ClippedCut();
  auto history = request.LoadHistory({HistoryPart::kNumbers, HistoryPart::kFacts});
  RETURN_IF_ERROR(history);
  const auto tolerances = TolerancesOf(*request.log, cut);
  RETURN_IF_ERROR(tolerances);
  const auto first_open_day = FirstOpenDay(*request.log, cut.known);
  RETURN_IF_ERROR(first_open_day);
  CashBook book(*history, cut, *tolerances, *first_open_day, Nfc(request.actor));
  std::vector<uint32_t> payments = book.Payments();
  if (!request.payment.empty()) {
    const auto asked = FindPayment(*request.log, *history, cut, request.payment);
    RETURN_IF_ERROR(asked);
    if (!asked->has_value()) {
      return Error{ErrorCode::kNotFound, fmt::format("there is no payment {}", request.payment),
                   "`duebook unapplied` lists those of which something is left"};
    }
    std::erase_if(payments, [&](uint32_t place) { return book.ItemAt(place) != **asked; });
  }
  std::vector<uint64_t> seqs;
  for (const uint32_t place : payments) seqs.push_back(history->items.seq[book.ItemAt(place)]);
  std::sort(seqs.begin(), seqs.end());
  const auto references = ReferencesOf(*request.log, seqs);
  RETURN_IF_ERROR(references);
  const InvoiceNumbers numbers(*history, references->empty() ? Cut{Date::Min(), 0} : cut);
  std::vector<CashSuggestion> suggestions;
  for (const uint32_t payment : payments) {
    const auto reference = references->find(history->items.seq[book.ItemAt(payment)]);
    const std::vector<uint32_t> named =
        reference == references->end() ? std::vector<uint32_t>() : numbers.NamedIn(reference->second);
    auto suggestion = book.Suggest(payment, named, OrderOf(request.rule));
    if (suggestion.has_value()) suggestions.push_back(*std::move(suggestion));
  }
  return CashSuggestions{*std::move(history), std::move(suggestions)};
}

}  // namespace duebook
