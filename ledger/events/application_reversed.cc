// An application is taken back: the invoice is open again, and the payment unapplied. What was closed beside it as a
// small difference is owed again first.

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/reversals.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckApplicationStands(RuleCase& rule_case) {
  const NamedDocument& application = rule_case.named.By("application");
  if (!application.Get<Application>().reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed,
                   fmt::format("application {} was reversed already", application.number()), "application"};
}

std::optional<Rejection> DecideApplicationReversed(RuleCase& rule_case) {
  const auto& application = rule_case.named.Get<Application>("application");
  // From here on it succeeds.
  rule_case.command.Set("amount", application.amount);
  rule_case.command.Set("discount", application.discount);
  ReverseDifferencesOfApplication(rule_case);
  return std::nullopt;
}

void EvolveApplicationReversed(const EvolveCase& evolve_case) {
  Books& books = evolve_case.books;
  auto& application = evolve_case.Mutable<Application>("application");
  application.reversed = true;
  const Date date = evolve_case.event.date();
  const auto& [invoice, funding] = evolve_case.named.By("application").parents;
  const Sum on_invoice = Sum{application.amount} + application.discount;
  Settle(books.Mutable<Invoice>(invoice), date, -on_invoice);
  books.Mutable<Funding>(funding).unapplied.Add(date, application.amount);
}

void MoveApplicationReversed(EventView event, Figures& figures) {
  const auto& body = event.body<schema::ApplicationReversed>();
  figures.Apply(event.Referred("application.invoice"), event.Referred("application.funding"), AmountOf(body.amount()),
                AmountOf(body.discount()));
  figures.EndApplication(event.Referred("application"));
}

}  // namespace

const EventKind kApplicationReversed{
    .chinese = "撤销核销",
    .sentence = "Application {application}[ of {amount}][ with discount {discount}] reversed[: {reason}]",
    .chinese_sentence = "撤销核销 {application}[，金额 {amount}][，现金折扣 {discount}][：{reason}]",
    .check_state = CheckApplicationStands,
    .check_dates = CheckNoLaterDifference,
    .decide = DecideApplicationReversed,
    .evolve = EvolveApplicationReversed,
    .moves = MoveApplicationReversed,
};

}  // namespace duebook
