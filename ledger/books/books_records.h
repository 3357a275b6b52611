// The records of the books: of each customer and document, just what the rules need to decide about the next event.
//
// Every record is a fold of the events that touch it (see rules/). Names and numbers are not in the record but in its
// key, and other records that say them share those (names.h): there are about as many records as events, and the time
// that importing takes goes by how much memory they touch. References to other records are by number, and by the `seq`
// of the event that introduced them.

#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/books/credit_file.h"
#include "ledger/books/roles.h"
#include "ledger/books/tolerance_policy.h"
#include "ledger/books/write_off_policy.h"
#include "ledger/event/event.h"
#include "ledger/values/apart.h"
#include "ledger/values/names.h"
#include "ledger/values/timeline.h"
#include "ledger/values/work_calendar.h"

namespace duebook {

// What every document has.
struct DocumentBase {
  uint64_t seq = 0;  // of the event that introduced it
  Date date;         // effective
  Currency currency;
  Minor amount = 0;
  Name customer;

  template <class Archive>
  void Describe(Archive& archive) {
    archive(seq, date, currency, amount, customer);
  }
};

// A document that others may only name: debit note, credit note on an invoice, refund, recovery.
struct PlainDocument : DocumentBase {};

struct Shipment : DocumentBase {
  Timeline kept;                     // what was not returned
  std::optional<Date> signed_on;     // once somebody signed for it
  Date unsigned_from = Date::Min();  // the day on which the last signature was undone
  std::vector<Name> invoices;        // that name it, and the one that it names
  Name payment;                      // that pays for it in advance, if one does
  bool reversed = false;

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(kept, signed_on, unsigned_from, invoices, payment, reversed);
  }
};

// Security for what a customer owes.
struct Guarantee : DocumentBase {
  uint8_t kind = 0;  // its place among kGuaranteeKinds
  Date expires = Date::Max();
  Timeline left;  // what was not released, whether it expired or not
  bool reversed = false;

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(kind, expires, left, reversed);
  }
};

// One shipment may leave by it, once.
struct Override : DocumentBase {
  Date until;
  Name granted_by;
  bool used = false;
  bool reversed = false;

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(until, granted_by, used, reversed);
  }
};

// Prices that a customer confirmed. It counts from its date to the earlier of its last day and the day before it was
// reversed.
struct Confirmation : DocumentBase {
  Name order;  // empty: of no order
  Date valid_until = Date::Max();
  Date reversed_on = Date::Max();

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(order, valid_until, reversed_on);
  }
};

// An event that EventReversed may undo, and the document it changed: the invoice of a note, what a refund was paid
// from, a recovery's write-off, a return's shipment; itself, if it is a shipment or a credit note that names no
// invoice; none, if it changed none.
struct Reversible : DocumentBase {
  EventType type = EventType::NONE;
  DocumentKind kind = DocumentKind::kNone;
  Name number;
  uint64_t parent_seq = 0;   // of that document; 0 if it is the event itself
  uint64_t invoice_seq = 0;  // of the invoice of that write-off, or of the one that a shipment names
  uint64_t cause_seq = 0;    // of the event with which alone it is undone; 0: it is undone by itself
  bool reversed = false;

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(type, kind, number, parent_seq, invoice_seq, cause_seq, reversed);
  }
};

struct Invoice : DocumentBase {
  Timeline open;
  Timeline settled;  // applications (with discounts) and write-offs in force: what forbids a void
  // The latest date of whatever changed what is open, also where changes cancelled out; at least the invoice's own.
  Date last_movement = Date::Min();
  Date due;        // with instalments the last one's
  Name discounts;  // those of its terms, as DiscountsIn finds them
  bool voided = false;
  bool has_schedules = false;  // these are a record apart

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(open, settled, last_movement, due, discounts, voided, has_schedules);
  }
};

// When an invoice falls due, in parts or on other days than it was issued with, and the debit notes on it; under its
// number. Most invoices have neither: all of it is due on its day.
struct Schedules {
  struct Schedule {
    uint64_t seq = 0;                           // of the event that set it
    Date date;                                  // from which day on it is in force
    std::vector<std::pair<Date, Minor>> parts;  // what falls due when, ascending by day; at least one
    std::optional<Date> reversed = {};          // from this day on it is no more
  };
  struct DebitNote {
    uint64_t seq = 0;
    Date date;
    Minor amount = 0;
    std::optional<Date> reversed = {};
  };

  std::vector<Schedule> schedules;     // in order of seq: as issued, then each new one
  std::vector<DebitNote> debit_notes;  // in order of seq
};

// By whom a bill of exchange was accepted.
enum class BillMethod : uint8_t { kBankAcceptance = 0, kCommercialAcceptance = 1 };

enum class BillState : uint8_t { kHeld = 0, kEndorsed = 1, kDiscounted = 2, kHonoured = 3 };

// What became of the bill by which a payment came in.
struct BillOfPayment {
  // A step in force.
  struct Step {
    uint64_t seq = 0;
    BillState state = BillState::kHeld;
  };

  Name number;  // empty: the payment is by no bill
  BillMethod method = BillMethod::kBankAcceptance;
  Date due;
  std::vector<Step> steps;       // in order of seq; at most two
  Date last_step = Date::Min();  // or its reversal, or that of one before
  Date safe_from = Date::Max();  // the first day from which on it is a risk no more, as far as is known
  Timeline at_risk;              // its amount on the days on which it is a risk, else 0

  BillState state() const { return steps.empty() ? BillState::kHeld : steps.back().state; }
};

// The number of a bill: it stands for the payment of which the base says the event, and is free again once that is
// reversed.
struct BillNumber : DocumentBase {
  Date free_from = Date::Max();  // once that is reversed

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(free_from);
  }
};

// What can be applied: a payment, or a credit note that names no invoice.
struct Funding : DocumentBase {
  Timeline unapplied;
  std::vector<Name> applications;       // event ids, in order of seq; also of those that were reversed
  Rare<std::vector<Name>> differences;  // of a payment, closed with it: likewise. Such a payment has no bytes
  Minor refunded = 0;
  Rare<BillOfPayment> bill;  // such a payment has no bytes
  Name release;              // the event id of the GuaranteeReleased by which a deposit pays, if one does
  bool reversed = false;

  bool has_bill() const { return !bill->number.text().empty(); }
  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(unapplied, applications, refunded, release, reversed);
  }
};

struct Application : DocumentBase {
  Minor discount = 0;
  Name invoice;
  uint64_t invoice_seq = 0;
  Name funding;
  uint64_t funding_seq = 0;
  DocumentKind funding_kind = DocumentKind::kNone;
  bool reversed = false;

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(discount, invoice, invoice_seq, funding, funding_seq, funding_kind, reversed);
  }
};

struct Promise : DocumentBase {
  bool withdrawn = false;

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(withdrawn);
  }
};

struct Dispute : DocumentBase {
  Name invoice;
  uint64_t invoice_seq = 0;
  bool resolved = false;
  Date resolved_on;  // if it is

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(invoice, invoice_seq, resolved, resolved_on);
  }
};

struct Escalation : DocumentBase {
  bool closed = false;

  template <class Archive>
  void Describe(Archive& archive) {
    DocumentBase::Describe(archive);
    archive(closed);
  }
};

struct Approval {
  std::string actor;
  Date date;
  std::vector<std::string> roles;  // held at that moment
};

enum class WriteOffState : uint8_t { kPending = 0, kInForce = 1, kRejected = 2, kReversed = 3 };

struct WriteOff : DocumentBase {
  Name invoice;
  uint64_t invoice_seq = 0;
  std::string requester;
  Hash request{};  // leaf hash of the request
  WriteOffState state = WriteOffState::kPending;
  std::vector<Approval> approvals;
  Date in_force_from;  // once it is in force
  Timeline recovered;
  // The band that governs it, and the sum that chose it, as the request says.
  WriteOffBand band;
  Minor added_up = 0;  // as ChosenBand says: the largest amount if it is that or more
};

// What was said of a customer, and from which day on.
struct DatedText {
  Date date;
  std::string text;
};

// Returns what holds on a day: the last one dated on or before it; of one day, the last one recorded. Null if there is
// none.
template <class Dated>
const Dated* LastOn(const std::vector<Dated>& texts, Date date) {
  const Dated* last = nullptr;
  for (const Dated& each : texts) {
    if (each.date <= date && (last == nullptr || each.date >= last->date)) last = &each;
  }
  return last;
}
inline std::string_view TextOn(const std::vector<DatedText>& texts, Date date) {
  const DatedText* last = LastOn(texts, date);
  return last == nullptr ? std::string_view() : std::string_view(last->text);
}

// Bills of one currency and method that are a risk, added up, on each day.
struct BillsAtRisk {
  Currency currency;
  BillMethod method = BillMethod::kBankAcceptance;
  Timeline face;
};

// What a customer confirmed, and paid by bills.
struct PapersOfCustomer {
  std::vector<Name> confirmations;  // numbers, in order of seq; also of those that were reversed
  std::vector<BillsAtRisk> bills;

  // What bills of the currency and method put at risk, on each day.
  Timeline& RiskOf(Currency currency, BillMethod method) {
    for (BillsAtRisk& each : bills) {
      if (each.currency == currency && each.method == method) return each.face;
    }
    return bills.emplace_back(BillsAtRisk{currency, method, {}}).face;
  }
};

// An escalation counts from the day on which it starts to the one before it is closed.
struct EscalationOfCustomer {
  std::string number;
  Date started;
  Date closed = Date::Max();  // while it is not

  bool IsOpenOn(Date date) const { return started <= date && date < closed; }
};

// People's names are in NFC, here and in write-offs and roles: in whatever spelling an event has them, they are the
// same.
struct Customer {
  uint64_t seq = 0;
  Date date;
  std::vector<DatedText> terms;                         // in order of seq
  std::vector<DatedText> salespersons;                  // likewise
  Rare<std::vector<EscalationOfCustomer>> escalations;  // likewise
  CreditFile credit;
  // What follows follows from all events about the customer, and may be there only in part: Books::CompleteCustomer.
  bool in_part = false;
  std::vector<std::string> payment_recorders;  // actors of PaymentReceived, each once
  // What was requested to be written off and neither rejected nor reversed, by the dates of the requests: it counts
  // when the band of the next is chosen. So do small differences that were closed, by their dates.
  std::vector<std::pair<Currency, Timeline>> requested;
  Rare<PapersOfCustomer> papers;
};

// The key that signs from this event on; see key_chain.h.
struct KeyChange {
  uint64_t seq = 0;
  std::string public_key;
};

// One person, a calendar month (12 x year + month) and a currency.
struct PersonMonth {
  std::string actor;  // in NFC
  int month = 0;
  Currency currency;
  friend auto operator<=>(const PersonMonth&, const PersonMonth&) = default;
};
// The small differences that the person closed then, with those that were reversed since: only the events tell which.
struct ClosedDifferences {
  Sum amount = 0;
  std::vector<std::string> events;  // their ids, in order of seq
};

// Who may do what, and when: one record for the whole ledger.
struct Control {
  std::vector<RoleChange> role_changes;            // in order of seq
  std::vector<DatedWriteOffPolicy> policies;       // in order of seq
  std::vector<DatedCreditPolicy> credit_policies;  // in order of seq
  std::vector<Date> closed_through;                // closes not lifted, in order of seq
  std::vector<KeyChange> key_changes;              // in order of seq
  std::vector<YearCalendar> calendars;             // in order of seq
  std::vector<TolerancePolicy> tolerances;         // in order of seq
  std::map<PersonMonth, ClosedDifferences> differences;
};

using BooksRecord = std::variant<PlainDocument, Shipment, Reversible, Invoice, Funding, Application, Promise, Dispute,
                                 Escalation, Confirmation, BillNumber, Apart<WriteOff>, Apart<Customer>, Apart<Control>,
                                 Schedules, Guarantee, Override>;
static_assert(sizeof(BooksRecord) <= 144);

// The type that holds a T in the variant.
template <class T>
inline constexpr bool kIsApart =
    std::is_same_v<T, WriteOff> || std::is_same_v<T, Customer> || std::is_same_v<T, Control>;
template <class T>
using HolderOf = std::conditional_t<kIsApart<T>, Apart<T>, T>;

// The record, if it is a T.
template <class T>
T* RecordAs(BooksRecord* record) {
  auto* holder = std::get_if<HolderOf<T>>(record);
  if constexpr (std::is_same_v<HolderOf<T>, T>) {
    return holder;
  } else {
    return holder == nullptr ? nullptr : &holder->value();
  }
}

}  // namespace duebook
