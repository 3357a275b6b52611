// Events: admitted facts, read in place from their FlatBuffers bytes, and the table of event types and their fields.
//
// The schema (schemas/event.fbs) is the one list of types and fields; this header is the only one that includes the
// generated code. The table below is read from the schema's binary form once, at the first use.

#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event_generated.h"
#include "ledger/values/check.h"
#include "ledger/values/date.h"
#include "ledger/values/hash.h"
#include "ledger/values/money.h"
#include "ledger/values/text.h"

namespace duebook {

using EventType = schema::EventBody;

// What a document's number is a number of. Numbers are unique per kind. Frozen: stored in index keys and books.
enum class DocumentKind : uint8_t {
  kNone = 0,
  kInvoice = 1,
  kCreditNote = 2,
  kDebitNote = 3,
  kPayment = 4,
  kApplication = 5,  // its number is the event id of its PaymentApplied
  kRefund = 6,
  kShipment = 7,
  kPromise = 8,
  kDispute = 9,
  kWriteOff = 10,
  kRecovery = 11,
  kEvent = 12,  // its number is the event id of what EventReversed undoes
  kGuarantee = 13,
  kOverride = 14,
  kConfirmation = 15,
  kAcknowledgement = 16,
  kEscalation = 17,
  kDifference = 18,
  kBill = 19,  // given again once the payment is reversed by which it came in
};
inline constexpr int kDocumentKinds = 20;

std::string_view KindName(DocumentKind kind);      // "write_off", as the fields are called
DocumentKind KindFromName(std::string_view name);  // kNone if there is none of that name

enum class FieldType { kText, kProse, kDate, kAmount, kInteger, kHash, kTextList, kItems, kDates, kChosenBand };

struct FieldInfo {
  std::string name;
  std::string meaning;  // one sentence for people, from the schema's comment
  FieldType type;
  uint16_t vtable_offset;
  bool required;
  bool filled;    // by the ledger, if absent
  bool internal;  // set by the ledger alone: neither imported nor exported
  DocumentKind introduces = DocumentKind::kNone;
  DocumentKind names = DocumentKind::kNone;
  bool zero_allowed = false;    // kAmount
  bool of_people = false;       // kText, kTextList: names of people or roles
  bool is_kept = false;         // kHash: of a file that the ledger keeps
  std::string kept_if = {};     // likewise: only where the integer of this name is given; "": always
  bool is_one_of = false;       // of the type's fields that say so exactly one has to be given
  int32_t default_integer = 0;  // kInteger: the value when absent
  int32_t least_integer = 0;    // kInteger: its range
  int32_t most_integer = 0;
  // kItems: the fields of each item, in schema order. None is a list of tables itself.
  std::vector<FieldInfo> items;
  // kDates, which the ledger works out: the name of the list for each of whose items there is one, or none.
  std::string for_each;
  std::string path;         // as people are told: "due", and of an item's field "instalments.due"
  std::string form;         // kItems: how a cell has a list of two, "DUE AMOUNT;DUE AMOUNT"
  std::string sample;       // kItems: such a list; of a text that a number would not do for: a text
  std::string json_sample;  // kItems: the same, as JSON
  bool is_pairs = false;    // kItems: of a name and a value, which JSON has as an object

  // Longest text (of each item, in a list of texts) in bytes.
  size_t max_bytes() const { return type == FieldType::kProse ? kMaxProseBytes : kMaxNumberBytes; }
};

// So far behind `recorded_at` a clock may be without a word: clocks are set right by less than that every day.
inline constexpr int64_t kClockTolerance = 1'000'000;  // microseconds

// Most items in a list of one event (invoices of a promise, instalments, bands).
inline constexpr size_t kMaxListItems = 10'000;

enum class CustomerUse { kNone, kOptional, kRequired, kIntroduced };

struct EventTypeInfo {
  EventType type;
  std::string name;     // "InvoiceIssued"
  std::string group;    // "receivable"
  std::string meaning;  // one sentence for people, from the schema's comment
  CustomerUse customer;
  DocumentKind introduces_by_event_id;
  std::string actor;              // "who approves the customer": somebody has to be named; "": that is left open
  bool has_amount;                // some field is an amount, so the event has a currency
  bool names_documents;           // some field names a document
  std::vector<FieldInfo> fields;  // in schema order

  const FieldInfo* FindField(std::string_view field_name) const;  // null if there is none
};

// A field that a record of any type may have, as records call it.
struct CommonFieldInfo {
  std::string_view name;
  std::string meaning;  // one sentence for people, from the schema's comment
};

// type, id, date, actor, memo, customer, currency, imported.
const std::vector<CommonFieldInfo>& CommonFields();

const std::vector<EventTypeInfo>& AllEventTypes();
const EventTypeInfo& InfoOf(EventType type);
const EventTypeInfo* FindEventType(std::string_view name);  // null if there is none
const EventTypeInfo* FindEventType(EventType type);         // null if no type has this number

// The names of the parents that follow a named document of this kind in `references`, in their order: a write-off or
// dispute has its invoice, an application its invoice and its payment or credit note ("funding"), an event the document
// it changed ("document") and that document's invoice.
std::span<const std::string_view> ParentNames(DocumentKind kind);

// One event, read in place. A view: it does not own its bytes, which must be 8-byte aligned and outlive it.
class EventView {
 public:
  // Trusts the bytes. See VerifyEvent for bytes that came from outside.
  explicit EventView(std::string_view bytes) : bytes_(bytes), event_(schema::GetEvent(bytes.data())) {}

  std::string_view bytes() const { return bytes_; }
  const schema::Event& table() const { return *event_; }

  uint64_t seq() const { return event_->seq(); }
  Time recorded_at() const { return Time{event_->recorded_at()}; }
  // Returns what the clock said, if that was more than kClockTolerance behind recorded_at(); see `clock` in the schema.
  std::optional<Time> clock() const {
    const auto stored = event_->clock();
    return stored.has_value() ? std::optional(Time{*stored}) : std::nullopt;
  }
  Date date() const { return Date::FromDays(event_->effective_date()); }
  Currency currency() const { return Currency::OfKnown(event_->currency()); }
  bool imported() const { return event_->imported(); }
  std::string_view id() const { return Text(event_->id()); }
  std::string_view actor() const { return Text(event_->actor()); }
  std::string_view source() const { return Text(event_->source()); }
  std::string_view memo() const { return Text(event_->memo()); }
  std::string_view customer() const { return Text(event_->customer()); }
  // Returns the seq of what the event refers to by a name: "customer", a field that names a document ("invoice"), or a
  // parent of that document ("write_off.invoice", see ParentNames). 0 if the event lacks the field, or there is no such
  // parent. Requires a name of the event's type, and a field that is no list.
  uint64_t Referred(std::string_view name) const;
  // Returns the seqs of what a field names, in order, whether it is a list or a single text.
  std::vector<uint64_t> AllReferred(std::string_view field) const;
  // Returns one of all `references`, for who goes over them; 0 past the end. Where each stands depends on which fields
  // the event has: Referred works it out.
  uint64_t reference(size_t index) const {
    const auto* all = event_->references();
    return all != nullptr && index < all->size() ? all->Get(static_cast<flatbuffers::uoffset_t>(index)) : 0;
  }
  size_t reference_count() const { return event_->references() == nullptr ? 0 : event_->references()->size(); }

  EventType type() const { return event_->body_type(); }
  const EventTypeInfo& info() const { return InfoOf(type()); }
  // The body as its table: `event.body<schema::InvoiceIssued>()`. Requires that this is the event's type.
  template <class Table>
  const Table& body() const {
    CHECK(schema::EventBodyTraits<Table>::enum_value == type());
    return *static_cast<const Table*>(event_->body());
  }
  const flatbuffers::Table& body_table() const { return *static_cast<const flatbuffers::Table*>(event_->body()); }

  // The value of an optional string of a body; "" if absent.
  static std::string_view Text(const flatbuffers::String* text) {
    return text == nullptr ? std::string_view() : std::string_view(text->data(), text->size());
  }

 private:
  std::string_view bytes_;
  const schema::Event* event_;
};

// An event with its own bytes. (A std::string's heap memory is aligned for any object; an event never fits inline.)
class StoredEvent {
 public:
  explicit StoredEvent(std::string bytes) : bytes_(std::move(bytes)) { CHECK(bytes_.size() > 15); }
  EventView view() const { return EventView(bytes_); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Returns how many `references` the event has: the customer, and each named document with its parents.
size_t ReferenceCount(EventView event);

// Returns whether the bytes are a well-formed Event of a known type, with texts, dates and references in their bounds.
// Bytes must be 8-byte aligned. Never reads outside of them, whatever they hold.
bool VerifyEvent(std::string_view bytes);

// Structs that only the ledger sets are in the bytes from the start, with these values until it does.
inline constexpr int32_t kUnsetDays = INT32_MIN;
inline constexpr int64_t kUnsetMinor = INT64_MIN;

// Optional structs of bodies as plain values: 0 if absent or unset.
inline Minor AmountOf(const schema::Amount* amount) {
  return amount == nullptr || amount->minor() == kUnsetMinor ? 0 : amount->minor();
}
inline Date DateOf(const schema::Date& date) { return Date::FromDays(date.days()); }

// The value of `field` in the body, as text: "" if absent; amounts with the event's decimals, lists joined by ';' as in
// CSV, the fields of their items by a blank: "2025-01-31 100.00;2025-02-28 50.00", "1000.00 1 controller;- 2
// controller+cfo" ('-' where one is absent; lists within them joined by '+'); a chosen band "band 2 of policy 17 for
// 1500.00". What import reads from a CSV cell is what this prints, save for list
// items that themselves hold the joining sign: those can only be given as a JSON list.
std::string FieldText(EventView event, const FieldInfo& field);
// The same of a field of an item in one of the body's lists.
std::string FieldText(const flatbuffers::Table& item, const FieldInfo& field, Currency currency);

// What a request's event says that it is added up to (`added_up` in the schema), where that is as much or more.
inline constexpr Minor kMostAddedUp = std::numeric_limits<Minor>::max();
// Returns what is to be said behind that: "", or " or more".
std::string_view OrMore(Minor added_up);

// Calls visit(kind, number) for each document that the event introduces, then for each it names, in the order of
// the fields.
template <class Visit>
void ForEachIntroduced(EventView event, Visit&& visit);
template <class Visit>
void ForEachNamed(EventView event, Visit&& visit);
// Calls visit(field, kind, number) for each that it names, in the same order.
template <class Visit>
void ForEachNamedInField(EventView event, Visit&& visit);

namespace internal {
template <class Visit>
void ForEachText(EventView event, const FieldInfo& field, DocumentKind kind, Visit&& visit) {
  if (field.type == FieldType::kTextList) {
    const auto* list =
        event.body_table().GetPointer<const flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>*>(
            field.vtable_offset);
    if (list == nullptr) return;
    for (const flatbuffers::String* text : *list) visit(kind, EventView::Text(text));
    return;
  }
  const auto* text = event.body_table().GetPointer<const flatbuffers::String*>(field.vtable_offset);
  if (text != nullptr) visit(kind, EventView::Text(text));
}
}  // namespace internal

template <class Visit>
void ForEachIntroduced(EventView event, Visit&& visit) {
  const EventTypeInfo& info = event.info();
  if (info.introduces_by_event_id != DocumentKind::kNone) visit(info.introduces_by_event_id, event.id());
  for (const FieldInfo& field : info.fields) {
    if (field.introduces != DocumentKind::kNone) internal::ForEachText(event, field, field.introduces, visit);
  }
}

template <class Visit>
void ForEachNamed(EventView event, Visit&& visit) {
  ForEachNamedInField(
      event, [&](const FieldInfo& /*field*/, DocumentKind kind, std::string_view number) { visit(kind, number); });
}

template <class Visit>
void ForEachNamedInField(EventView event, Visit&& visit) {
  for (const FieldInfo& field : event.info().fields) {
    if (field.names == DocumentKind::kNone) continue;
    internal::ForEachText(event, field, field.names,
                          [&](DocumentKind kind, std::string_view number) { visit(field, kind, number); });
  }
}

}  // namespace duebook
