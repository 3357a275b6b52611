// Goods left the house, for an invoice to come or one that was issued before.

#include <fmt/core.h>

#include "ledger/command/spelling.h"
#include "ledger/events/credit_gate.h"
#include "ledger/events/documents.h"
#include "ledger/events/event_kind.h"
#include "ledger/events/fundings.h"

namespace duebook {

namespace {

ShipmentToJudge ToJudge(const RuleCase& rule_case, Date date) {
  const EventView event = rule_case.event;
  const auto& body = event.body<schema::ShipmentRecorded>();
  const NamedDocument* payment = rule_case.named.Find("payment");
  return {.customer = event.customer(),
          .date = date,
          .currency = event.currency(),
          .amount = body.amount()->minor(),
          .order = EventView::Text(body.order()),
          .is_invoiced = body.invoice() != nullptr,
          .payment = payment == nullptr ? Books::Found() : payment->found};
}

// An override serves one shipment by its last day.
std::optional<Rejection> CheckOverrideServes(RuleCase& rule_case) {
  if (auto rejection = CheckPaymentStands(rule_case)) return rejection;
  const NamedDocument* named = rule_case.named.Find("override");
  if (named == nullptr) return std::nullopt;
  const auto& override = named->Get<Override>();
  const auto refuse = [](std::string sentence) {
    return Rejection{RejectionCode::kOverrideUsed, std::move(sentence), "override"};
  };
  if (override.used)
    return refuse(fmt::format("a shipment left by override {} already; it serves one", named->number()));
  if (override.reversed) return refuse(fmt::format("override {} was reversed", named->number()));
  if (rule_case.event.date() <= override.until) return std::nullopt;
  return refuse(fmt::format("override {} serves until {}", named->number(), override.until.ToString()));
}

// A shipment leaves by an override up to its amount, and somebody else records it.
std::optional<Rejection> CheckOverride(const RuleCase& rule_case, const NamedDocument& named) {
  const EventView event = rule_case.event;
  const auto& override = named.Get<Override>();
  const Minor amount = event.body<schema::ShipmentRecorded>().amount()->minor();
  if (amount > override.amount) {
    return Rejection{
        RejectionCode::kOverOverride,
        fmt::format("a shipment of {} by override {}, which is for {} at most", Shown(amount, override.currency),
                    named.number(), Shown(override.amount, override.currency)),
        "amount"};
  }
  const bool is_another = !event.actor().empty() && event.actor() != override.granted_by.text();
  if (is_another || event.imported()) return std::nullopt;
  return Rejection{RejectionCode::kSelfApproval,
                   fmt::format("{} granted override {}, and somebody else, who is named, has to record the shipment",
                               override.granted_by.text(), named.number()),
                   "actor"};
}

// Returns what the shipment, which fails nothing on its own day, would fail on the latest day that is known of the
// customer.
FailedChecks Overtaken(RuleCase& rule_case) {
  if (rule_case.books.control().credit_policies.empty()) return {};
  rule_case.books.CompleteCustomer(rule_case.event.customer());
  const Date latest = rule_case.customer->credit.latest;
  return latest > rule_case.event.date() ? ChecksFailed(rule_case.books, ToJudge(rule_case, latest)) : FailedChecks();
}

std::optional<Rejection> DecideShipmentRecorded(RuleCase& rule_case) {
  const NamedDocument* override = rule_case.named.Find("override");
  const bool is_imported = rule_case.event.imported();
  FailedChecks failed = ChecksFailed(rule_case.books, ToJudge(rule_case, rule_case.event.date()));
  if (failed.first.has_value() && override == nullptr && !is_imported) return *std::move(failed.first);
  if (override != nullptr) {
    if (auto rejection = CheckOverride(rule_case, *override)) return rejection;
  }
  const bool may_be_overtaken = failed.codes.empty() && override == nullptr && !is_imported;
  const FailedChecks overtaken = may_be_overtaken ? Overtaken(rule_case) : FailedChecks();
  // From here on it succeeds.
  if (!failed.codes.empty()) rule_case.command.Set("passed", failed.codes);
  if (!overtaken.codes.empty()) rule_case.command.Set("overtaken", overtaken.codes);
  return std::nullopt;
}

void EvolveShipmentRecorded(const EvolveCase& evolve_case) {
  const auto& body = evolve_case.event.body<schema::ShipmentRecorded>();
  const std::string_view number = EventView::Text(body.shipment());
  Name kept;
  auto& shipment = evolve_case.books.CreateDocument<Shipment>(DocumentKind::kShipment, number, &kept);
  EvolveBase(evolve_case, shipment, body.amount());
  shipment.kept.Add(shipment.date, shipment.amount);
  if (body.signed_by() != nullptr) shipment.signed_on = shipment.date;
  if (body.invoice() != nullptr) shipment.invoices.push_back(evolve_case.Find("invoice").number());
  if (body.payment() != nullptr) shipment.payment = evolve_case.Find("payment").number();
  if (body.override() != nullptr) evolve_case.Mutable<Override>("override").used = true;
  evolve_case.MutableCustomer().credit.shipments.push_back(kept);
}

std::optional<Rejection> CheckNothingReturned(const Reversible& original, const Books::Found& changed, Date date) {
  const auto& shipment = changed.Get<Shipment>();
  const Timeline::Extreme least = shipment.kept.LeastFrom(date);
  if (least.value >= original.amount) return std::nullopt;
  return Rejection{RejectionCode::kStillApplied,
                   fmt::format("{} of shipment {} was returned; reverse that first",
                               Shown(original.amount - least.value, shipment.currency), original.number.text()),
                   "event"};
}

void EvolveUndone(Books& books, const Reversible& original, const Books::Found& changed, Date date) {
  auto& shipment = books.Mutable<Shipment>(changed);
  shipment.reversed = true;
  shipment.kept.Add(date, -original.amount);
}

std::string Joined(const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>* codes) {
  std::string joined;
  for (flatbuffers::uoffset_t i = 0; codes != nullptr && i < codes->size(); i++) {
    joined += (i == 0 ? "" : ";") + std::string(EventView::Text(codes->Get(i)));
  }
  return joined;
}

// Of a shipment that credit had to do with: the subject is the override, the part the payment that it reserves, the key
// the codes that it passed, the text those that it was overtaken by; the number is 1 if it is imported.
void AddCreditFact(EventView event, const schema::ShipmentRecorded& body, Figures& figures) {
  const std::string passed = Joined(body.passed());
  const std::string overtaken = Joined(body.overtaken());
  const uint64_t payment = event.Referred("payment");
  if (payment == 0 && body.override() == nullptr && passed.empty() && overtaken.empty()) return;
  const FactPart reserved{payment, event.date(), 0};
  figures.AddFact({.subject = event.Referred("override"),
                   .amount = body.amount()->minor(),
                   .number = event.imported() ? 1U : 0U,
                   .key = passed,
                   .text = overtaken,
                   .parts = std::span(&reserved, payment == 0 ? 0 : 1)});
}

void MoveShipmentRecorded(EventView event, Figures& figures) {
  const auto& body = event.body<schema::ShipmentRecorded>();
  figures.AddShipment({.number = EventView::Text(body.shipment()),
                       .amount = body.amount()->minor(),
                       .order = EventView::Text(body.order()),
                       .signed_by = EventView::Text(body.signed_by())});
  if (body.invoice() != nullptr) figures.JoinShipment(event.seq(), event.Referred("invoice"));
  AddCreditFact(event, body, figures);
}

}  // namespace

const EventKind kShipmentRecorded{
    .chinese = "发货",
    .sentence =
        "Shipment {shipment} of {amount}[ on order {order}][ for invoice {invoice}][, signed for by {signed_by}][, "
        "prepaid by {payment}][, by override {override}][, which passed {passed}][, overtaken by {overtaken}]",
    .chinese_sentence =
        "发货单 {shipment}，金额 {amount}[，订单 {order}][，对应发票 {invoice}][，{signed_by} 签收][，预付 "
        "{payment}][，放行 {override}][，越过检查 {passed}][，补记时已不符 {overtaken}]",
    .check_state = CheckOverrideServes,
    .decide = DecideShipmentRecorded,
    .evolve = EvolveShipmentRecorded,
    .undo = {.decide = CheckNothingReturned, .evolve = EvolveUndone},
    .moves = MoveShipmentRecorded,
};

}  // namespace duebook
