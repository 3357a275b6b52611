#include "projections/event_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "ledger/text.h"

namespace duebook {
namespace {

constexpr size_t kShownHashDigits = 12;

// One line a type. {field} stands for the field's value; a part in [] is left out unless its fields are there.
constexpr std::array<std::pair<EventType, std::string_view>, 34> kSentences = {{
    {EventType::CustomerOpened,
     "Customer {customer}[ ({name})] opened[, terms {terms}][, limit {limit}][, salesperson {salesperson}]"},
    {EventType::CustomerChanged,
     "Customer {customer} changed[, name {name}][, terms {terms}][, limit {limit}][, salesperson {salesperson}]"},
    {EventType::SalespersonAssigned, "Salesperson {salesperson} assigned"},
    {EventType::TermsSet, "Terms set to {terms}"},
    {EventType::CreditLimitSet, "Credit limit set to {limit}"},
    {EventType::ShipmentReturned, "{amount} of shipment {shipment} returned[: {reason}]"},
    {EventType::EventReversed, "Event {event}[ of {amount}] reversed[: {reason}]"},
    {EventType::ShipmentRecorded,
     "Shipment {shipment} of {amount}[ on order {order}][ for invoice {invoice}][, signed for by {signed_by}]"},
    {EventType::InvoiceIssued,
     "Invoice {invoice} of {amount} issued[, of which tax {tax}][, due {due}][, in instalments {instalments}]"
     "[, for shipments {shipments}][, salesperson {salesperson}]"},
    {EventType::CreditNoteIssued, "Credit note {credit_note} of {amount} issued[ on invoice {invoice}][: {reason}]"},
    {EventType::DebitNoteIssued, "Debit note {debit_note} of {amount} issued on invoice {invoice}[: {reason}]"},
    {EventType::InvoiceVoided, "Invoice {invoice} voided[, {open} taken off][: {reason}]"},
    {EventType::PaymentReceived,
     "Payment {payment} of {amount} received[ by {method}][ from {payer}][, reference {reference}]"},
    {EventType::PaymentApplied,
     "{amount} of[ payment {payment}][ credit note {credit_note}] applied to invoice {invoice}[, discount {discount}]"},
    {EventType::ApplicationReversed,
     "Application {application}[ of {amount}][ with discount {discount}] reversed[: {reason}]"},
    {EventType::PaymentReversed, "Payment {payment}[ of {amount}] reversed[: {reason}]"},
    {EventType::RefundPaid, "Refund {refund} of {amount} paid from[ payment {payment}][ credit note {credit_note}]"},
    {EventType::PromiseMade, "Promise {promise} to pay {amount} by {due}[ on invoices {invoices}]"},
    {EventType::PromiseWithdrawn, "Promise {promise} withdrawn[: {reason}]"},
    {EventType::DisputeOpened, "Dispute {dispute} opened over {amount} of invoice {invoice}[: {reason}]"},
    {EventType::DisputeResolved, "Dispute {dispute} resolved[: {outcome}]"},
    {EventType::ContactLogged, "Contact[ by {channel}][ with {person}][ about invoice {invoice}][: {text}]"},
    {EventType::WriteOffRequested, "Write-off {write_off} of {amount} on invoice {invoice} requested[: {reason}]"},
    {EventType::WriteOffApproved,
     "Write-off {write_off} approved[ as requested in {request}][, {amount} in force from {in_force_from}][: "
     "{reason}]"},
    {EventType::WriteOffRejected, "Write-off {write_off} rejected[: {reason}]"},
    {EventType::WriteOffReversed, "Write-off {write_off}[ of {amount}] reversed[: {reason}]"},
    {EventType::RecoveryReceived, "Recovery {recovery} of {amount} received on write-off {write_off}"},
    {EventType::RoleGranted, "Role {role} granted to {user}"},
    {EventType::RoleRevoked, "Role {role} revoked from {user}"},
    {EventType::WriteOffPolicySet, "Write-off policy set: {bands}; requests within {months} months are added up"},
    {EventType::PeriodClosed, "Period closed through {through}[: {reason}]"},
    {EventType::PeriodReopened, "Period reopened through {through}[: {reason}]"},
    {EventType::DocumentAttached,
     "Document {name}[ ({media_type})] attached[ to invoice {invoice}][ to payment {payment}][ to shipment {shipment}]"
     "[ to dispute {dispute}][ to promise {promise}][ to write-off {write_off}], SHA-256 {sha256}"},
    {EventType::NoteAdded,
     "Note[ on invoice {invoice}][ on payment {payment}][ on shipment {shipment}][ on dispute {dispute}]"
     "[ on promise {promise}][ on write-off {write_off}]: {text}"},
}};

std::string WithCommas(const std::string& list) {
  std::string shown;
  for (const char c : list) {
    shown += c;
    if (c == ';') {
      shown.back() = ',';
      shown += ' ';
    }
  }
  return shown;
}

std::string Shown(EventView event, const FieldInfo& field) {
  std::string value = FieldText(event, field);
  if (value.empty()) return value;
  switch (field.type) {
    case FieldType::kAmount:
      // Set by the ledger though there was none: a discount on an application without one.
      if (field.internal && value.find_first_of("123456789") == std::string::npos) return {};
      return value + " " + event.currency().ToString();
    case FieldType::kHash:
      return value.substr(0, kShownHashDigits) + "…";
    case FieldType::kTextList:
    case FieldType::kInstalments:
    case FieldType::kBands:
      return WithCommas(value);
    default:
      return value;
  }
}

std::string ValueNamed(EventView event, std::string_view name) {
  if (name == "customer") return std::string(event.customer());
  if (name == "currency") return event.currency().ToString();
  const FieldInfo* field = event.info().FindField(name);
  CHECK(field != nullptr);
  return Shown(event, *field);
}

// The template without brackets, its fields filled in. `complete` becomes false if one of them is absent.
std::string Filled(EventView event, std::string_view pattern, bool* complete) {
  std::string text;
  while (!pattern.empty()) {
    const size_t open = std::min(pattern.find('{'), pattern.size());
    text.append(pattern.substr(0, open));
    pattern.remove_prefix(open);
    if (pattern.empty()) break;
    const size_t close = pattern.find('}');
    CHECK(close != std::string_view::npos);
    const std::string value = ValueNamed(event, pattern.substr(1, close - 1));
    if (value.empty()) *complete = false;
    text.append(value);
    pattern.remove_prefix(close + 1);
  }
  return text;
}

std::string Sentence(EventView event, std::string_view pattern) {
  std::string text;
  while (!pattern.empty()) {
    const bool optional = pattern.front() == '[';
    const size_t end = std::min(pattern.find(optional ? ']' : '['), pattern.size());
    bool complete = true;
    const std::string part = Filled(event, pattern.substr(optional ? 1 : 0, end - (optional ? 1 : 0)), &complete);
    if (complete || !optional) text.append(part);
    pattern.remove_prefix(std::min(end + (optional ? 1 : 0), pattern.size()));
  }
  return text;
}

}  // namespace

std::string EventText(EventView event) {
  const auto* found = std::find_if(kSentences.begin(), kSentences.end(),
                                   [&](const auto& sentence) { return sentence.first == event.type(); });
  CHECK(found != kSentences.end());
  std::string text = Sentence(event, found->second);
  if (!event.memo().empty()) text.append(" (memo: ").append(event.memo()).append(")");
  // Prose may have several lines.
  std::replace_if(
      text.begin(), text.end(),
      [](char c) {
        return HasControlCharacter({&c, 1});
      },
      ' ');
  return text;
}

std::string MainDocument(EventView event) {
  std::string first;
  // What an event is by its own id is no document that people know.
  const auto keep_first = [&](DocumentKind kind, std::string_view number) {
    if (first.empty() && kind != event.info().introduces_by_event_id) first = number;
  };
  ForEachIntroduced(event, keep_first);
  ForEachNamed(event, keep_first);
  return first;
}

}  // namespace duebook
