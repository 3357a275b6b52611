#include "ledger/events/guarantees.h"

#include <fmt/core.h>

#include "ledger/events/documents.h"
#include "ledger/events/preceding.h"

namespace duebook {

namespace {

// The id of the event by which the deposit of such a payment is released.
std::string ReleaseIdOf(EventView payment) { return fmt::format("{}:1", payment.id()); }

// Returns whether the release stands already, as it does in the export of a ledger, which has it before the payment.
bool IsReleasedAlready(const RuleCase& rule_case, const NamedDocument& guarantee) {
  const EventView event = rule_case.event;
  const Books::Found found = rule_case.books.FindDocument(DocumentKind::kEvent, ReleaseIdOf(event));
  const auto* release = found.As<Reversible>();
  return release != nullptr && release->type == EventType::GuaranteeReleased && !release->reversed &&
         release->number.text() == guarantee.number() && release->date == event.date() &&
         release->amount == event.body<schema::PaymentReceived>().amount()->minor();
}

const NamedDocument* NamedGuarantee(const RuleCase& rule_case) { return rule_case.named.Find("guarantee"); }

}  // namespace

std::optional<Rejection> CheckGuaranteeStands(const NamedDocument& guarantee) {
  if (!guarantee.Get<Guarantee>().reversed) return std::nullopt;
  return Rejection{RejectionCode::kAlreadyReversed, fmt::format("guarantee {} was reversed", guarantee.number()),
                   std::string(guarantee.field)};
}

std::optional<Rejection> CheckLeftOfGuarantee(const NamedDocument& guarantee, Date date, Minor amount) {
  const auto& record = guarantee.Get<Guarantee>();
  const Timeline::Extreme least = record.left.LeastFrom(date);
  if (amount > 0 && amount <= least.value) return std::nullopt;
  return Rejection{
      RejectionCode::kMoreThanGuarantee,
      amount > 0
          ? fmt::format("releasing {} of guarantee {}, of which {} is left on {}", Shown(amount, record.currency),
                        guarantee.number(), Shown(least.value, record.currency), least.date.ToString())
          : fmt::format("nothing is left of guarantee {} on {}", guarantee.number(), least.date.ToString()),
      "amount"};
}

std::optional<Rejection> CheckDepositFields(RuleCase& rule_case) {
  const NamedDocument* named = NamedGuarantee(rule_case);
  if (named == nullptr) return std::nullopt;
  const auto& body = rule_case.event.body<schema::PaymentReceived>();
  if (EventView::Text(body.method()) != kDeposit) {
    return Rejection{RejectionCode::kBadField, "only a payment by deposit comes out of a guarantee; say method deposit",
                     "method"};
  }
  const auto* guarantee = named->As<Guarantee>();
  if (guarantee == nullptr || kGuaranteeKinds[guarantee->kind] == kDeposit) return std::nullopt;
  return Rejection{
      RejectionCode::kBadField,
      fmt::format("guarantee {} is no deposit: its kind is {}", named->number(), kGuaranteeKinds[guarantee->kind]),
      "guarantee"};
}

std::optional<Rejection> CheckDepositStands(RuleCase& rule_case) {
  const NamedDocument* named = NamedGuarantee(rule_case);
  return named == nullptr ? std::nullopt : CheckGuaranteeStands(*named);
}

std::optional<Rejection> ReleaseDeposit(RuleCase& rule_case) {
  const NamedDocument* named = NamedGuarantee(rule_case);
  if (named == nullptr || IsReleasedAlready(rule_case, *named)) return std::nullopt;
  const EventView event = rule_case.event;
  const Minor amount = event.body<schema::PaymentReceived>().amount()->minor();
  if (auto rejection = CheckLeftOfGuarantee(*named, event.date(), amount)) return rejection;
  const std::string reason = fmt::format("pays {}", event.id());
  Precede(rule_case, EventType::GuaranteeReleased,
          {{.name = "guarantee", .text = named->number()},
           {.name = "amount", .amount = amount},
           {.name = "reason", .text = reason}});
  return std::nullopt;
}

void EvolveDepositUsed(const EvolveCase& evolve_case, Funding& payment) {
  Books& books = evolve_case.books;
  payment.release = books.Keep(ReleaseIdOf(evolve_case.event));
  books.MutableDocument<Reversible>(DocumentKind::kEvent, payment.release).cause_seq = payment.seq;
}

void TakeBackDeposit(RuleCase& rule_case) {
  const auto& payment = rule_case.named.Get<Funding>("payment");
  if (payment.release.empty()) return;
  const Books::Found release = rule_case.books.FindDocument(DocumentKind::kEvent, payment.release);
  if (!release || release.Get<Reversible>().reversed) return;
  const std::string reason = fmt::format("payment reversed by {}", rule_case.event.id());
  Precede(rule_case, EventType::EventReversed, {{"event", payment.release}, {"reason", reason}});
}

}  // namespace duebook
