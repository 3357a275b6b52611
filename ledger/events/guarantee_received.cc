// Security for what a customer owes.

#include <fmt/core.h>

#include "ledger/events/credit_roles.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/words.h"

namespace duebook {

namespace {

std::optional<Rejection> CheckKind(RuleCase& rule_case) {
  return CheckWord(
      "kind", EventView::Text(rule_case.event.body<schema::GuaranteeReceived>().kind()),
      {kGuaranteeKinds[0], kGuaranteeKinds[1], kGuaranteeKinds[2], kGuaranteeKinds[3], kGuaranteeKinds[4]});
}

void EvolveGuaranteeReceived(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::GuaranteeReceived>();
  const auto kind = PlaceOf(kGuaranteeKinds, EventView::Text(body.kind()));
  if (!kind.has_value()) return evolve_case.books.Distrust("it is a guarantee of no kind that there is");
  Name number;
  auto& guarantee =
      evolve_case.books.CreateDocument<Guarantee>(DocumentKind::kGuarantee, EventView::Text(body.guarantee()), &number);
  EvolveBase(evolve_case, guarantee, body.amount());
  guarantee.kind = static_cast<uint8_t>(*kind);
  if (body.expires() != nullptr) guarantee.expires = DateOf(*body.expires());
  guarantee.left.Add(guarantee.date, guarantee.amount);
  evolve_case.MutableCustomer().credit.guarantees.push_back(number);
}

// Refuses while something of it is released: that must come back first.
std::optional<Rejection> CheckNothingReleased(const Reversible& original, const Books::Found& changed, Date date) {
  const auto& guarantee = changed.Get<Guarantee>();
  const Timeline::Extreme least = guarantee.left.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{RejectionCode::kStillApplied,
                   fmt::format("{} of guarantee {} is released on {}; reverse that first",
                               Shown(original.amount - least.value, guarantee.currency), original.number.text(),
                               least.date.ToString()),
                   "event"};
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  auto& guarantee = books.Mutable<Guarantee>(changed);
  guarantee.reversed = true;
  guarantee.left.Add(date, -original.amount);
}

// The day is the last on which it holds, the key its number, the text its kind; its parts are the invoices that it is
// for, if it is for some only.
void MoveGuaranteeReceived(EventView event, Figures& figures) {
  const auto& body = event.body<schema::GuaranteeReceived>();
  std::vector<FactPart> parts;
  for (const uint64_t invoice : event.AllReferred("invoices")) parts.push_back({invoice, event.date(), 0});
  figures.AddFact({.amount = AmountOf(body.amount()),
                   .day = body.expires() == nullptr ? Date::Max() : DateOf(*body.expires()),
                   .key = EventView::Text(body.guarantee()),
                   .text = EventView::Text(body.kind()),
                   .parts = parts});
}

}  // namespace

const EventKind kGuaranteeReceived{
    .chinese = "收到担保",
    .sentence =
        "Guarantee {guarantee} of {amount} received, {kind}[, until {expires}][, from {guarantor}][, for invoices "
        "{invoices}]",
    .chinese_sentence =
        "收到担保 {guarantee}，金额 {amount}，类型 {kind}[，有效期至 {expires}][，担保人 {guarantor}][，对应发票 "
        "{invoices}]",
    .check_fields = CheckKind,
    .decide = CheckCreditKeeper,
    .evolve = EvolveGuaranteeReceived,
    .undo = {.decide = CheckNothingReleased, .evolve = EvolveUndone},
    .moves = MoveGuaranteeReceived,
};

}  // namespace duebook
