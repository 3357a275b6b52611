// The figures that reports are made of, as an event moves them. Each event type says in its own file what it moves
// (EventKind::moves); whoever keeps figures, such as a history, implements this.
//
// Documents are named by the seq of the event that introduced them, as EventView::Referred returns it. All that is
// moved counts from the event's own date on, unless a call says from when.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// What has an amount of its own, of which a part is open (invoices) or unapplied (the others). Frozen: stored in
// columns.
enum class ItemKind : uint8_t { kInvoice = 1, kPayment = 2, kCreditNote = 3 };  // a credit note that names no invoice

// What moved an item. The amount is signed by its effect on what is open (invoice) or unapplied (payment, credit note).
// Frozen: stored in columns.
enum class MovementKind : uint8_t {
  kIssued = 1,      // the item's own amount, positive: InvoiceIssued, PaymentReceived, CreditNoteIssued
  kDebited = 2,     // DebitNoteIssued on an invoice
  kCredited = 3,    // CreditNoteIssued on an invoice, InvoiceVoided
  kApplied = 4,     // PaymentApplied, both sides; positive again for ApplicationReversed
  kDiscount = 5,    // discount taken with an application, on the invoice only; likewise
  kWrittenOff = 6,  // negative when in force, positive when reversed
  kRefunded = 7,    // RefundPaid, on the payment
  kReversed = 8,    // PaymentReversed on the payment; EventReversed on a credit note that names no invoice
};

// Attributes of customers that events have fields for.
inline constexpr std::string_view kNameAttribute = "name";
inline constexpr std::string_view kTermsAttribute = "terms";
inline constexpr std::string_view kSalespersonAttribute = "salesperson";

// An item that an event introduces, for its own customer.
struct NewItem {
  ItemKind kind;
  std::string_view number;
  Date due;  // of an invoice; otherwise the event's date
  Minor amount;
  std::string_view salesperson = {};  // of an invoice, if that is not the customer's
  std::string_view recorder = {};     // of a payment
  // What is due when, of an invoice in instalments: in the order of their days, together the amount.
  std::span<const std::pair<Date, Minor>> instalments = {};
};

// The outcome of a dispute that was found right as a whole.
inline constexpr std::string_view kUpheldOutcome = "upheld";

// A dispute, promise or shipment that an event introduces.
struct NewDispute {
  std::string_view number;
  uint64_t invoice;
  Minor amount;
  std::string_view reason;
  std::string_view kind;   // what it is about; "": nobody said
  std::string_view owner;  // likewise who looks after it
};
struct NewPromise {
  std::string_view number;
  Minor amount;
  Date due;
  std::span<const uint64_t> invoices;  // none: whatever the customer owes
  std::optional<Date> last_day;        // with days of grace, if it says how many there are
  std::string_view plan;               // "": none
  std::string_view instrument;         // likewise
};
struct NewShipment {
  std::string_view number;
  Minor amount;
  std::string_view order;
  std::string_view signed_by;
};

// A part of what an event says: an invoice that it is about, a day and an amount, as far as it has them.
struct FactPart {
  uint64_t invoice = 0;  // 0: none
  Date day;
  Minor amount = 0;
};
// What an event says beside what it moves: kept for the reports that look for events of its type. What each field means
// stands with the type that fills it in.
struct NewFact {
  uint64_t subject = 0;  // the document that it is about; 0: none
  Minor amount = 0;
  std::optional<Date> day = {};  // the event's own where it is left out
  uint32_t number = 0;
  std::string_view key = {};  // short: a document's number, or a word
  std::string_view text = {};
  std::span<const FactPart> parts = {};
};

class Figures {
 public:
  // Adds the customer whom the event opens.
  virtual void AddCustomer() = 0;
  // Says what an attribute of a customer is from the event's date on, such as its name; "" leaves it as it was.
  virtual void Describe(uint64_t customer, std::string_view attribute, std::string_view value) = 0;
  // Says that it is no longer anything, from the event's date on, if anybody ever said what it is of some customer.
  virtual void Clear(uint64_t customer, std::string_view attribute) = 0;
  // Says up to what a customer may owe in the event's currency, from the event's date on.
  virtual void SetLimit(uint64_t customer, Minor limit) = 0;

  // Adds an item, and the movement that issues it.
  virtual void AddItem(const NewItem& item) = 0;
  // Moves what is open or unapplied of an item.
  virtual void Move(uint64_t item, MovementKind kind, Minor amount, Date from) = 0;
  // Moves both an invoice and the payment or credit note that pays it. Amounts are negative if that is applied,
  // positive if the application is undone.
  virtual void Apply(uint64_t invoice, uint64_t funding, Minor amount, Minor discount) = 0;
  // Says that an application, which Apply undoes, counts as if it had never been; or that an invoice does.
  virtual void EndApplication(uint64_t application) = 0;
  virtual void EndInvoice(uint64_t invoice) = 0;

  virtual void AddDispute(const NewDispute& dispute) = 0;
  // Says how a dispute ended, and how much of it was found right: where nobody said, all of it if that is the outcome
  // kUpheldOutcome, else nothing.
  virtual void EndDispute(uint64_t dispute, std::string_view outcome, std::optional<Minor> upheld) = 0;

  virtual void AddPromise(const NewPromise& promise) = 0;
  virtual void EndPromise(uint64_t promise) = 0;

  virtual void AddShipment(const NewShipment& shipment) = 0;
  virtual void ReturnShipment(uint64_t shipment, Minor amount) = 0;
  // Says that a shipment and an invoice belong together.
  virtual void JoinShipment(uint64_t shipment, uint64_t invoice) = 0;

  // Keeps what the event says, for its own customer if it has one.
  virtual void AddFact(const NewFact& fact) = 0;

  // Takes back what an event moved that has no counterpart: notes, refunds, shipments, returns; and what it says.
  virtual void TakeBack(uint64_t event) = 0;

 protected:
  ~Figures() = default;
};

}  // namespace duebook
