// A small difference is closed: the rest of an invoice that a payment paid but for that, which counts as written off,
// or all that is left of a payment, which counts as refunded and is income.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/command/spelling.h"
#include "ledger/events/differences.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/fundings.h"
#include "ledger/events/reversals.h"
#include "ledger/events/schedules.h"
#include "ledger/events/write_offs.h"
#include "ledger/values/percentage.h"

namespace duebook {

namespace {

// The place of the reason among all, or behind them.
uint32_t PlaceOfReason(EventView event) {
  const std::string_view reason = EventView::Text(event.body<schema::DifferenceClosed>().reason());
  const auto* place = std::find(kDifferenceReasons.begin(), kDifferenceReasons.end(), reason);
  return static_cast<uint32_t>(place - kDifferenceReasons.begin());
}

// The first day from which the payment is applied to the invoice; nothing if it is not.
std::optional<Date> AppliedFrom(Books& books, const Funding& payment, const Invoice& invoice) {
  std::optional<Date> first;
  for (const Name id : payment.applications) {
    const auto& application = books.Get<Application>(books.FindDocument(DocumentKind::kApplication, id));
    if (application.reversed || application.invoice_seq != invoice.seq) continue;
    first = std::min(application.date, first.value_or(application.date));
  }
  return first;
}

// Without cash on the invoice it would be a write-off, which somebody has to approve.
std::optional<Rejection> CheckPaidInvoice(RuleCase& rule_case) {
  const NamedDocument& payment = rule_case.named.By("payment");
  const NamedDocument* invoice = rule_case.named.Find("invoice");
  if (invoice == nullptr || !payment.found || !invoice->found) return std::nullopt;
  if (AppliedFrom(rule_case.books, payment.Get<Funding>(), invoice->Get<Invoice>()).has_value()) return std::nullopt;
  return Rejection{RejectionCode::kUnknownReference,
                   fmt::format("payment {} is not applied to invoice {}, so that no rest of it can be closed with that "
                               "payment; what nobody paid is written off",
                               payment.number(), invoice->number()),
                   "invoice"};
}

std::optional<Rejection> CheckDifferenceFields(RuleCase& rule_case) {
  const EventView event = rule_case.event;
  if (PlaceOfReason(event) == kDifferenceReasons.size()) {
    return Rejection{RejectionCode::kBadField,
                     fmt::format("'{}' is no reason: write one of {}",
                                 EventView::Text(event.body<schema::DifferenceClosed>().reason()),
                                 fmt::join(kDifferenceReasons, ", ")),
                     "reason"};
  }
  return CheckPaidInvoice(rule_case);
}

// It closes what the application left.
std::optional<Rejection> CheckIsApplied(RuleCase& rule_case) {
  const NamedDocument* invoice = rule_case.named.Find("invoice");
  if (invoice == nullptr) return std::nullopt;
  const NamedDocument& payment = rule_case.named.By("payment");
  const auto first = AppliedFrom(rule_case.books, payment.Get<Funding>(), invoice->Get<Invoice>());
  if (!first.has_value() || *first <= rule_case.event.date()) return std::nullopt;
  return Rejection{
      RejectionCode::kBeforeItsCause,
      fmt::format("dated {}, before payment {} was applied to invoice {}, on {}", rule_case.event.date().ToString(),
                  payment.number(), invoice->number(), first->ToString()),
      "date"};
}

PersonMonth MonthOf(EventView event) {
  return {Nfc(event.actor()), 12 * event.date().year() + event.date().month(), event.currency()};
}

// What the person closed in that month and nobody reversed.
Sum ClosedInMonth(Books& books, EventView event, Minor most) {
  const auto& all = books.control().differences;
  const auto month = all.find(MonthOf(event));
  if (month == all.end()) return 0;
  // Which of them were reversed has to be looked up, and makes no difference where all together are few.
  if (month->second.amount + AmountOf(event.body<schema::DifferenceClosed>().amount()) <= most) {
    return month->second.amount;
  }
  Sum closed = 0;
  for (const std::string& id : month->second.events) {
    const auto& difference = books.Get<Reversible>(books.FindDocument(DocumentKind::kEvent, id));
    if (!difference.reversed) closed += difference.amount;
  }
  return closed;
}

// Which limit of the policy a difference is above; nothing if it is above none.
std::optional<std::string> WhyOver(RuleCase& rule_case, Minor amount) {
  Books& books = rule_case.books;
  const EventView event = rule_case.event;
  const Currency currency = event.currency();
  const TolerancePolicy* policy = ToleranceOn(books.control().tolerances, currency, event.date());
  if (policy == nullptr) {
    return fmt::format("no policy lets differences in {} be closed on {}; a TolerancePolicySet would",
                       currency.ToString(), event.date().ToString());
  }
  const std::string since = fmt::format("by the policy of {}", policy->date.ToString());
  if (amount > policy->amount) {
    return fmt::format("a difference of {} is above {}, the largest that may be closed {}", Shown(amount, currency),
                       Shown(policy->amount, currency), since);
  }
  const NamedDocument* invoice = rule_case.named.Find("invoice");
  const Sum invoiced = invoice == nullptr ? Sum{0} : InvoicedAndDebited(books, invoice->found);
  if (invoice != nullptr && !IsWithinPercent(*policy, amount, invoiced)) {
    return fmt::format(
        "a difference of {} is above {} per cent of {}, invoiced and debited with {}, the most that may be closed {}",
        Shown(amount, currency), ShownPercentage(*policy->percent), Shown(invoiced, currency), invoice->number(),
        since);
  }
  if (!policy->per_month.has_value()) return std::nullopt;
  const Sum closed = ClosedInMonth(books, event, *policy->per_month) + amount;
  if (closed <= *policy->per_month) return std::nullopt;
  return fmt::format(
      "with a difference of {} {} would have closed {} in {}, above {}, the most of one person in a "
      "month {}",
      Shown(amount, currency), event.actor(), Shown(closed, currency), event.date().ToString().substr(0, 7),
      Shown(*policy->per_month, currency), since);
}

// What may be closed is exactly what is left on the day, and the least that is left from then on: less would leave a
// rest, more would overdraw.
std::optional<Rejection> CheckIsTheRest(RuleCase& rule_case, Minor amount) {
  const Date date = rule_case.event.date();
  const Currency currency = rule_case.event.currency();
  const NamedDocument* invoice = rule_case.named.Find("invoice");
  const NamedDocument& payment = rule_case.named.By("payment");
  const Timeline& left = invoice == nullptr ? payment.Get<Funding>().unapplied : invoice->Get<Invoice>().open;
  const Sum on_day = left.At(date);
  const Timeline::Extreme least = on_day == amount ? left.LeastFrom(date) : Timeline::Extreme{date, on_day};
  if (least.value == amount) return std::nullopt;
  const std::string of = invoice == nullptr ? fmt::format("unapplied of payment {}", payment.number())
                                            : fmt::format("open of invoice {}", invoice->number());
  return Rejection{RejectionCode::kNotTheRest,
                   fmt::format("a difference of {} is not the rest: {} is {} on {}", Shown(amount, currency),
                               Shown(least.value, currency), of, least.date.ToString()),
                   "amount"};
}

std::optional<Rejection> DecideDifferenceClosed(RuleCase& rule_case) {
  const Minor amount = rule_case.event.body<schema::DifferenceClosed>().amount()->minor();
  if (auto reason = WhyOver(rule_case, amount)) {
    return Rejection{RejectionCode::kOverTolerance, *std::move(reason), "amount"};
  }
  if (auto rejection = CheckIsTheRest(rule_case, amount)) return rejection;
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  return std::nullopt;
}

void EvolveDifferenceClosed(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  const EventView event = evolve_case.event;
  const auto& body = event.body<schema::DifferenceClosed>();
  const Minor amount = body.amount()->minor();
  EvolveBase(evolve_case,
             books.CreateDocument<PlainDocument>(DocumentKind::kDifference, EventView::Text(body.difference())),
             body.amount());
  auto& payment = evolve_case.Mutable<Funding>("payment");
  payment.differences.Mutable().push_back(books.Keep(event.id()));
  if (evolve_case.Find("invoice")) {
    auto& invoice = evolve_case.Mutable<Invoice>("invoice");
    Settle(invoice, event.date(), amount);
    ChangeRequested(evolve_case.MutableCustomer(), event.currency(), event.date(), amount);
  } else {
    ChangeRefunded(books, payment, amount);
    payment.unapplied.Add(event.date(), -amount);
  }
}

void EvolveControl(EventView event, Control& control) {
  ClosedDifferences& month = control.differences[MonthOf(event)];
  month.amount += AmountOf(event.body<schema::DifferenceClosed>().amount());
  month.events.emplace_back(event.id());
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  if (original.kind == DocumentKind::kInvoice) {
    Settle(books.Mutable<Invoice>(changed), date, -original.amount);
    ChangeRequested(books.MutableCustomer(original.customer), original.currency, original.date, -original.amount);
  } else {
    auto& payment = books.Mutable<Funding>(changed);
    ChangeRefunded(books, payment, -Sum{original.amount});
    payment.unapplied.Add(date, original.amount);
  }
}

// The fact's subject is the payment, its key the difference's number, its text who closed it, its number the place of
// the reason, and its part the invoice, if there is one.
void MoveDifferenceClosed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::DifferenceClosed>();
  const Minor amount = AmountOf(body.amount());
  const uint64_t invoice = event.Referred("invoice");
  if (invoice != 0) {
    figures.Move(invoice, MovementKind::kWrittenOff, -amount, event.date());
  } else {
    figures.Move(event.Referred("payment"), MovementKind::kRefunded, -amount, event.date());
  }
  const std::string actor = Nfc(event.actor());
  const std::array<FactPart, 1> part{{{invoice, event.date(), amount}}};
  figures.AddFact({.subject = event.Referred("payment"),
                   .amount = amount,
                   .number = PlaceOfReason(event),
                   .key = EventView::Text(body.difference()),
                   .text = actor,
                   .parts = invoice == 0 ? std::span<const FactPart>() : std::span<const FactPart>(part)});
}

}  // namespace

const EventKind kDifferenceClosed{
    .chinese = "差异处理",
    .sentence = "Difference {difference} of {amount} closed[ on invoice {invoice}], payment {payment}: {reason}",
    .chinese_sentence = "差异 {difference}，金额 {amount}[，发票 {invoice}]，收款 {payment}：{reason}",
    .check_fields = CheckDifferenceFields,
    .check_state = CheckPaymentStands,
    .check_dates = CheckIsApplied,
    .decide = DecideDifferenceClosed,
    .evolve = EvolveDifferenceClosed,
    .evolve_control = EvolveControl,
    .undo = {.changes = {"invoice", "payment"}, .evolve = EvolveUndone, .changes_whole_customer = true},
    .moves = MoveDifferenceClosed,
};

}  // namespace duebook
