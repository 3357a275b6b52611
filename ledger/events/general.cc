#include "ledger/events/general.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/event/event_fields.h"
#include "ledger/events/credit_accounts.h"
#include "ledger/events/documents.h"

namespace duebook {

namespace {

std::string KindText(DocumentKind kind) {
  std::string text(KindName(kind));
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// The first document that was found; null if none was.
const DocumentBase* FirstFound(const Named& named) {
  for (const NamedDocument& each : named.documents) {
    if (each.found) return &each.document();
  }
  return nullptr;
}

// Gives the command the customer and the currency that it left to the documents it names.
std::optional<Rejection> FillFromDocuments(Books& books, Currency ledger_currency, Command& command, Named* named) {
  const EventTypeInfo& info = command.event().info();
  const bool wants_customer = info.customer != CustomerUse::kNone && command.event().customer().empty();
  const bool wants_currency = info.has_amount && command.event().currency().empty();
  const DocumentBase* first = FirstFound(*named);
  if (wants_currency) {
    const Currency currency = first == nullptr || first->currency.empty() ? ledger_currency : first->currency;
    if (auto rejection = command.SetCurrency(currency)) return rejection;
  }
  if (!wants_customer || first == nullptr) return std::nullopt;
  command.SetCustomer(first->customer);
  named->customer = books.FindCustomer(first->customer);
  return std::nullopt;
}

std::optional<Rejection> CheckPeriod(const Control& control, EventView event) {
  if (KindOf(event.type()).in_closed_period || control.closed_through.empty()) return std::nullopt;
  const Date closed = *std::max_element(control.closed_through.begin(), control.closed_through.end());
  if (event.date() > closed) return std::nullopt;
  return Rejection{RejectionCode::kPeriodClosed,
                   fmt::format("{} lies in a closed period: the books are closed through {}", event.date().ToString(),
                               closed.ToString()),
                   "date"};
}

// Said of an event that EventReversed names in vain.
std::string WhatCanBeUndone() {
  std::vector<std::string_view> types;
  for (const EventTypeInfo& info : AllEventTypes()) {
    if (info.introduces_by_event_id == DocumentKind::kEvent) types.push_back(info.name);
  }
  return fmt::format(" that can be undone so: that is {}; what else there is has a reversal of its own name",
                     fmt::join(types, ", "));
}

std::string WhenFree(const BillNumber& bill) {
  if (bill.free_from == Date::Max()) return "its number is free again once that payment is reversed";
  return fmt::format("its number is free again from {} on, the day on which that payment is reversed",
                     bill.free_from.ToString());
}

std::optional<Rejection> CheckExistence(const RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const EventTypeInfo& info = event.info();
  const bool existing = info.customer == CustomerUse::kRequired || info.customer == CustomerUse::kOptional;
  if (existing && !event.customer().empty() && rule_case.customer == nullptr) {
    return Rejection{RejectionCode::kUnknownReference,
                     fmt::format("there is no customer {}", event.customer()),
                     "customer",
                     {},
                     "customer",
                     std::string(event.customer())};
  }
  for (const NamedDocument& named : rule_case.named.documents) {
    if (named.found) continue;
    const std::string only = named.kind == DocumentKind::kEvent ? WhatCanBeUndone() : "";
    return Rejection{RejectionCode::kUnknownReference,
                     fmt::format("there is no {} {}{}", KindText(named.kind), named.number(), only),
                     std::string(named.field),
                     {},
                     std::string(KindName(named.kind)),
                     std::string(named.number())};
  }
  if (info.customer == CustomerUse::kIntroduced && rule_case.customer != nullptr) {
    return Rejection{RejectionCode::kDuplicateNumber,
                     fmt::format("customer {} was opened by event {}", event.customer(), rule_case.customer->seq),
                     "customer"};
  }
  for (const FieldInfo& field : info.fields) {
    if (field.introduces == DocumentKind::kNone) continue;
    std::optional<Rejection> rejection;
    internal::ForEachText(event, field, field.introduces, [&](DocumentKind kind, std::string_view number) {
      const Books::Found found = rule_case.books.FindDocument(kind, number);
      const auto* bill = found.As<BillNumber>();
      if (!found || (bill != nullptr && event.date() >= bill->free_from)) return;
      rejection =
          Rejection{RejectionCode::kDuplicateNumber,
                    fmt::format("{} {} exists since event {}; {}", KindText(kind), number, found.document()->seq,
                                bill != nullptr ? WhenFree(*bill) : "numbers are given once"),
                    field.name};
    });
    if (rejection.has_value()) return rejection;
  }
  return std::nullopt;
}

std::optional<Rejection> CheckAgreement(const RuleCase& rule_case) {
  const EventView event = rule_case.event;
  for (const NamedDocument& named : rule_case.named.documents) {
    if (named.document().customer == event.customer() || named.document().customer.empty()) continue;
    return Rejection{RejectionCode::kOtherCustomer,
                     fmt::format("{} {} is of customer {}, not of {}", KindText(named.kind), named.number(),
                                 named.document().customer, event.customer()),
                     std::string(named.field)};
  }
  if (event.currency().empty()) return std::nullopt;
  for (const NamedDocument& named : rule_case.named.documents) {
    if (named.document().currency == event.currency() || named.document().currency.empty()) continue;
    return Rejection{RejectionCode::kOtherCurrency,
                     fmt::format("{} {} is in {}, not in {}", KindText(named.kind), named.number(),
                                 named.document().currency.ToString(), event.currency().ToString()),
                     "currency"};
  }
  return std::nullopt;
}

// A voided invoice is out of the books, its number stays used, and nothing may name it any more.
std::optional<Rejection> CheckNotVoided(const RuleCase& rule_case) {
  for (const NamedDocument& named : rule_case.named.documents) {
    if (named.kind != DocumentKind::kInvoice || !named.Get<Invoice>().voided) continue;
    return Rejection{RejectionCode::kInvoiceVoided, fmt::format("invoice {} was voided", named.number()),
                     std::string(named.field)};
  }
  return std::nullopt;
}

// Limits of customers and of policies are in the ledger's currency.
std::optional<Rejection> CheckLedgerCurrency(EventView event, Currency ledger_currency) {
  const auto says_limit = KindOf(event.type()).says_limit;
  if (event.currency() == ledger_currency || says_limit == nullptr || !says_limit(event)) return std::nullopt;
  return Rejection{RejectionCode::kOtherCurrency,
                   fmt::format("limits are in {}, the ledger's currency, not in {}", ledger_currency.ToString(),
                               event.currency().ToString()),
                   "currency"};
}

// An approval from another system may be dated before its request: the register reports it, and it takes effect no
// earlier than the request.
bool MayPredate(EventView event, const NamedDocument& named) {
  return event.imported() && named.kind == DocumentKind::kWriteOff && KindOf(event.type()).imported_may_predate;
}

std::optional<Rejection> CheckCausality(const RuleCase& rule_case) {
  const EventView event = rule_case.event;
  const auto refuse = [&](std::string what, Date date) {
    return Rejection{RejectionCode::kBeforeItsCause,
                     fmt::format("dated {}, before {} on {}", event.date().ToString(), what, date.ToString()), "date"};
  };
  if (rule_case.customer != nullptr && event.date() < rule_case.customer->date) {
    return refuse(fmt::format("customer {} was opened", event.customer()), rule_case.customer->date);
  }
  for (const NamedDocument& named : rule_case.named.documents) {
    if (event.date() >= named.document().date || MayPredate(event, named)) continue;
    return refuse(fmt::format("{} {}", KindText(named.kind), named.number()), named.document().date);
  }
  return std::nullopt;
}

void SetReferences(const RuleCase& rule_case) {
  Command& command = rule_case.command;
  size_t index = 0;
  command.SetReference(index++, rule_case.customer == nullptr ? 0 : rule_case.customer->seq);
  for (const NamedDocument& named : rule_case.named.documents) {
    command.SetReference(index++, named.document().seq);
    for (const Parent& parent : ParentsOf(named)) command.SetReference(index++, parent.seq);
  }
}

Rejection RefuseWithoutCustomer() {
  return {RejectionCode::kMissingField, "the customer is missing, and no document is named that tells it", "customer"};
}

std::optional<Rejection> Ask(EventKind::Check check, RuleCase& rule_case) {
  return check == nullptr ? std::nullopt : check(rule_case);
}

std::optional<Rejection> CheckAll(RuleCase& rule_case) {
  Books& books = rule_case.books;
  const EventView event = rule_case.event;
  const EventKind& kind = KindOf(event.type());
  if (event.info().customer == CustomerUse::kRequired && event.customer().empty() &&
      rule_case.named.documents.empty()) {
    return RefuseWithoutCustomer();
  }
  if (auto rejection = Ask(kind.check_fields, rule_case)) return rejection;
  if (auto rejection = CheckExistence(rule_case)) return rejection;
  if (auto rejection = CheckNotVoided(rule_case)) return rejection;
  if (auto rejection = Ask(kind.check_state, rule_case)) return rejection;
  if (auto rejection = CheckAgreement(rule_case)) return rejection;
  if (auto rejection = CheckLedgerCurrency(event, rule_case.ledger.currency)) return rejection;
  if (auto rejection = CheckCausality(rule_case)) return rejection;
  if (auto rejection = Ask(kind.check_dates, rule_case)) return rejection;
  if (auto rejection = CheckPeriod(books.control(), event)) return rejection;
  return Ask(kind.decide, rule_case);
}

// Returns whether an event says an amount that no command can: rules and reports rely on amounts that raise or lower
// what they are said to. The door refuses others.
bool HasImpossibleAmount(const flatbuffers::Table& table, const std::vector<FieldInfo>& fields) {
  return std::any_of(fields.begin(), fields.end(), [&table](const FieldInfo& field) {
    if (field.type == FieldType::kItems) {
      const auto* items = PointerField<ItemVector>(table, field);
      return items != nullptr && std::any_of(items->begin(), items->end(), [&field](const flatbuffers::Table* item) {
               return HasImpossibleAmount(*item, field.items);
             });
    }
    if (field.type != FieldType::kAmount) return false;
    const auto* amount = StructField<schema::Amount>(table, field);
    const bool unset = field.internal && amount != nullptr && amount->minor() == kUnsetMinor;
    return amount != nullptr && amount->minor() < 0 && !unset;
  });
}

void KeepLatest(Books& books, EventView event, const Named& named) {
  const auto* customer = named.customer.As<Customer>();
  if (customer == nullptr || customer->credit.latest >= event.date()) return;
  books.Mutable<Customer>(named.customer).credit.latest = event.date();
}

bool IsKeptForUndo(EventView event) { return event.info().introduces_by_event_id == DocumentKind::kEvent; }

Error NotFolded(uint64_t seq, std::string_view why) {
  return {ErrorCode::kDamaged, fmt::format("event {}: {}", seq, why),
          "`duebook verify` tells what is hit; restore from a backup"};
}

// Decides a command that is recorded after others, of which it knows by `made_before`.
Result<std::optional<Rejection>> DecideAfter(std::span<const Command> made_before, Books& books,
                                             const LedgerIdentity& ledger, Command* command, Admitted* admitted) {
  Named& named = admitted->named;
  named = FindNamed(books, command->event());
  RETURN_IF_ERROR(books.status());  // rules rely on what a document names being there, as the document is
  if (auto rejection = FillFromDocuments(books, ledger.currency, *command, &named)) return rejection;
  RuleCase rule_case{
      books,      ledger, *command, command->event(), named, named.customer.As<Customer>(), admitted->preceding,
      made_before};
  auto rejection = CheckAll(rule_case);
  RETURN_IF_ERROR(books.status());  // of what rules look up besides
  if (rejection.has_value()) return rejection;
  SetReferences(rule_case);
  return std::optional<Rejection>();
}

}  // namespace

Result<std::optional<Rejection>> Decide(Books& books, const LedgerIdentity& ledger, Command* command,
                                        Admitted* admitted) {
  auto rejection = DecideAfter({}, books, ledger, command, admitted);
  RETURN_IF_ERROR(rejection);
  if (rejection->has_value()) return rejection;
  // Their rules are kept by construction; what is left is to fill them in like any other command.
  std::vector<Command>& preceding = admitted->preceding;
  for (size_t i = 0; i < preceding.size(); ++i) {
    Admitted none;
    const auto refused = DecideAfter(std::span(preceding).first(i), books, ledger, &preceding[i], &none);
    RETURN_IF_ERROR(refused);
    CHECK(!refused->has_value() && none.preceding.empty());
  }
  return std::optional<Rejection>();
}

void Evolve(Books& books, EventView event, const Named& named) {
  const auto evolve = KindOf(event.type()).evolve;
  if (evolve != nullptr) {
    CreditAccountUpdate account(books, event, named);
    evolve({books, event, named});
    account.End();
  }
  KeepLatest(books, event, named);
  const auto evolve_control = KindOf(event.type()).evolve_control;
  if (evolve_control != nullptr) evolve_control(event, books.MutableControl());
  if (IsKeptForUndo(event)) KeepForUndo({books, event, named});
}

void Evolve(Books& books, EventView event) {
  const bool changes_books =
      KindOf(event.type()).evolve != nullptr || IsKeptForUndo(event) || !event.customer().empty();
  if (changes_books) Evolve(books, event, FindNamed(books, event));
}

Status FoldControl(Books& books, EventView event, uint64_t seq) {
  if (!VerifyEvent(event.bytes())) return NotFolded(seq, "its bytes are not those of an event");
  KindOf(event.type()).evolve_control(event, books.MutableControl());
  return Status();
}

Status Fold(Books& books, EventView event, uint64_t seq) {
  if (!VerifyEvent(event.bytes())) return NotFolded(seq, "its bytes are not those of an event");
  return FoldVerified(books, event, seq);
}

Status FoldVerified(Books& books, EventView event, uint64_t seq) {
  if (HasImpossibleAmount(event.body_table(), event.info().fields))
    books.Distrust("an amount of it is below zero, or was never set");
  if (books.status().ok()) Evolve(books, event);
  books.PutAway();
  if (books.status().ok()) return Status();
  return NotFolded(seq, books.status().error().sentence);
}

}  // namespace duebook
