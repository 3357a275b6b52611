#include "ledger/events/reversals.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/events/bills.h"
#include "ledger/events/fundings.h"
#include "ledger/events/preceding.h"

namespace duebook {

namespace {

// Adds the reversal of what the event takes back. `what` says what that is about.
void PrecedeByReversal(RuleCase& rule_case, EventType type, std::string_view reversed, std::string_view what) {
  const std::string reason = fmt::format("{} reversed by {}", what, rule_case.event.id());
  Precede(rule_case, type,
          {{type == EventType::EventReversed ? "event" : "application", reversed}, {"reason", reason}});
}

// Visits the differences in force that were closed with the payment, in order of seq, with their event ids.
template <class Visit>
void ForEachDifference(Books& books, const Funding& payment, Visit&& visit) {
  for (const Name id : *payment.differences) {
    const auto& difference = books.Get<Reversible>(books.FindDocument(DocumentKind::kEvent, id));
    if (!difference.reversed) visit(id, difference);
  }
}

// The same of those on the invoice that the event's application pays.
template <class Visit>
void ForEachDifferenceOfApplication(const RuleCase& rule_case, Visit&& visit) {
  const NamedDocument& application = rule_case.named.By("application");
  const auto& funding = rule_case.books.Get<Funding>(application.parents[1]);
  ForEachDifference(rule_case.books, funding, [&](Name id, const Reversible& difference) {
    if (difference.parent_seq == application.Get<Application>().invoice_seq) visit(id, difference);
  });
}

// Visits the payment's applications that were not reversed, in order of seq, with their event ids.
template <class Visit>
void ForEachApplication(Books& books, const Funding& payment, Visit&& visit) {
  for (const Name id : payment.applications) {
    const auto& application = books.Get<Application>(books.FindDocument(DocumentKind::kApplication, id));
    if (!application.reversed) visit(id, application);
  }
}

bool Reverses(std::span<const Command> commands, std::string_view event) {
  return std::any_of(commands.begin(), commands.end(), [event](const Command& command) {
    return command.event().type() == EventType::EventReversed &&
           EventView::Text(command.event().body<schema::EventReversed>().event()) == event;
  });
}

// The latest day on which the payment is used: applied, an application of it reversed, or a difference closed with it.
// The payment's own if never.
Date LastUse(Books& books, const Funding& payment) {
  Date last = payment.unapplied.LastChange().value_or(payment.date);
  // An application made on the very day on which another of the same amount is reversed leaves no change behind.
  ForEachApplication(books, payment, [&](Name /*id*/, const Application& each) { last = std::max(last, each.date); });
  ForEachDifference(books, payment, [&](Name /*id*/, const Reversible& each) { last = std::max(last, each.date); });
  return last;
}

}  // namespace

std::optional<Rejection> CheckNoLaterDifference(RuleCase& rule_case) {
  const Date date = rule_case.event.date();
  std::optional<Rejection> rejection;
  ForEachDifferenceOfApplication(rule_case, [&](Name id, const Reversible& difference) {
    if (date >= difference.date || rejection.has_value()) return;
    rejection = Rejection{
        RejectionCode::kBeforeItsCause,
        fmt::format("dated {}, before the difference of {} that was closed beside the application on {}, by event {}",
                    date.ToString(), Shown(difference.amount, difference.currency), difference.date.ToString(),
                    id.text()),
        "date"};
  });
  return rejection;
}

void ReverseDifferencesOfApplication(RuleCase& rule_case) {
  ForEachDifferenceOfApplication(rule_case, [&](Name id, const Reversible& /*difference*/) {
    if (Reverses(rule_case.made_before, id)) return;
    PrecedeByReversal(rule_case, EventType::EventReversed, id, "application");
  });
}

std::optional<Rejection> CheckNotUsedLater(RuleCase& rule_case) {
  const NamedDocument& payment = rule_case.named.By("payment");
  const Date last_use = LastUse(rule_case.books, payment.Get<Funding>());
  if (rule_case.event.date() >= last_use) return CheckBillDates(rule_case);
  return Rejection{RejectionCode::kBeforeItsCause,
                   fmt::format("dated {}, before payment {} was last applied, an application of it reversed, or a "
                               "difference closed with it, on {}",
                               rule_case.event.date().ToString(), payment.number(), last_use.ToString()),
                   "date"};
}

std::optional<Rejection> CheckNothingRefunded(RuleCase& rule_case) {
  const NamedDocument& named = rule_case.named.By("payment");
  const auto& payment = named.Get<Funding>();
  Sum refunded = payment.refunded;
  ForEachDifference(rule_case.books, payment, [&](Name /*id*/, const Reversible& difference) {
    if (difference.kind == DocumentKind::kPayment) refunded -= difference.amount;
  });
  if (refunded == 0) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanUnapplied,
      fmt::format("{} of payment {} was refunded; of its {} only the rest could be taken back",
                  Shown(refunded, payment.currency), named.number(), Shown(payment.amount, payment.currency)),
      "payment"};
}

void ReverseApplications(RuleCase& rule_case) {
  const auto& payment = rule_case.named.Get<Funding>("payment");
  const auto reverse = [&](EventType type, Name id) { PrecedeByReversal(rule_case, type, id, "payment"); };
  ForEachDifference(rule_case.books, payment,
                    [&](Name id, const Reversible& /*difference*/) { reverse(EventType::EventReversed, id); });
  ForEachApplication(rule_case.books, payment,
                     [&](Name id, const Application& /*application*/) { reverse(EventType::ApplicationReversed, id); });
}

void EvolvePaymentTakenBack(const EvolveCase& evolve_case) {
  auto& payment = evolve_case.Mutable<Funding>("payment");
  payment.reversed = true;
  payment.unapplied.Add(evolve_case.event.date(), -payment.amount);
  EvolveBillTakenBack(evolve_case, payment);
}

void MovePaymentTakenBack(EventView event, const schema::Amount* amount, Figures& figures) {
  figures.Move(event.Referred("payment"), MovementKind::kReversed, -AmountOf(amount), event.date());
}

}  // namespace duebook
