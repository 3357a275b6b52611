// What the program knows of an event type beside the schema's table: one file a type, beside this one.
//
// The checks and decide read the books and answer with one rejection or none; no clock, input, output or randomness.
// Each is a ladder: one line a refusal, in the order of RejectionCode; at the end of decide stands "from here on it
// succeeds". evolve folds an admitted event and cannot refuse anything; of an event that was never admitted it makes
// the books' status. moves tells the figures of an admitted event what it does to them, from the event alone.
//
// A type that is added to the schema and has no file here does not link: "undefined reference to duebook::kTHATTYPE".

#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "event_list_generated.h"
#include "ledger/books/books.h"
#include "ledger/command/command.h"
#include "ledger/command/rejection.h"
#include "ledger/events/figures.h"
#include "ledger/events/named.h"
#include "ledger/proof/ledger_identity.h"

namespace duebook {

// A command about to be decided: customer and currency filled in, what it names looked up. From check_state on all that
// it names is there.
struct RuleCase {
  Books& books;
  const LedgerIdentity& ledger;
  Command& command;
  EventView event;  // of the command
  const Named& named;
  const Customer* customer;  // null if the event is about none
  // Events that the ledger makes of its own accord, to be recorded just before the command's, in this order.
  std::vector<Command>& preceding;
  // Of a command that is made so: those that are recorded before it and were decided already.
  std::span<const Command> made_before = {};
};

// An admitted event that is folded.
struct EvolveCase {
  Books& books;
  EventView event;
  const Named& named;

  // The customer, and the document that a field names. Must be there, and of this type: see Books::status().
  const Customer& customer() const { return books.Get<Customer>(named.customer); }
  Customer& MutableCustomer() const { return books.Mutable<Customer>(named.customer); }
  template <class T>
  const T& Get(std::string_view field) const {
    return books.Get<T>(Find(field));
  }
  template <class T>
  T& Mutable(std::string_view field) const {
    return books.Mutable<T>(Find(field));
  }
  // The document that a field names, or none.
  Books::Found Find(std::string_view field) const {
    const NamedDocument* document = named.Find(field);
    return document == nullptr ? Books::Found() : document->found;
  }
};

// How EventReversed undoes an event: for types that introduce an "event" by their event id (schemas/event.fbs).
struct Undo {
  // The fields that name the document which the event changed: the first that is given counts. If none is, it changed
  // the one that it introduced, if any.
  std::array<std::string_view, 2> changes = {};
  // Refuses for the state of the event, or of what it changed; null: never.
  std::optional<Rejection> (*check_state)(const Reversible& original, const Books::Found& changed) = nullptr;
  // Refuses while something stands on it that has to be undone first; null: nothing ever does.
  std::optional<Rejection> (*check_last)(Books& books, const Reversible& original,
                                         const Books::Found& changed) = nullptr;
  // Refuses for figures, on this day or any later; null: it gives back what was taken.
  std::optional<Rejection> (*decide)(const Reversible& original, const Books::Found& changed, Date date) = nullptr;
  // Takes the event's effect back, from this day on; null: it had none.
  void (*evolve)(Books& books, const Reversible& original, const Books::Found& changed, Date date) = nullptr;
  // Whether that changes what the customer is asked for only as a whole (Customer::in_part).
  bool changes_whole_customer = false;
};

// With what an event is read from the log, when the books of a ledger that is opened again are made piece by piece.
enum class LoadedWith {
  kDocument,  // what it introduces or names
  kCustomer,  // its customer, as what holds of that from a day on
  kControl,   // always: roles, policies, periods, keys
};

struct EventKind {
  using Check = std::optional<Rejection> (*)(RuleCase& rule_case);

  // --- for people ---
  std::string_view chinese;           // what the type is called; in English by its own name
  std::string_view sentence;          // what such an event says: {field} stands for the field's value, and a part in []
  std::string_view chinese_sentence;  // is left out unless its fields are there

  // --- whether a command is admitted ---
  // Asked in this order among the general rules (general.h); each answers with its first reason to refuse, and null
  // asks nothing. So of several reasons, whatever their types, the first of RejectionCode is the one given.
  Check check_fields = nullptr;                   // what cannot be. What the command names may be missing
  Check check_state = nullptr;                    // what the documents that it names allow no more
  bool (*says_limit)(EventView event) = nullptr;  // whether it gives a limit, which is in the ledger's currency
  Check check_dates = nullptr;        // causes of its own that it must not be dated before; closings of periods
  bool imported_may_predate = false;  // from another system it may be dated before the write-off that it names
  bool in_closed_period = false;      // it is judged by seq, and may be dated into a closed period
  Check decide = nullptr;             // arithmetic, then people; then fills what the ledger works out

  // --- what it changes in the books ---
  void (*evolve)(const EvolveCase& evolve_case) = nullptr;  // null: nothing
  // What it changes, from the event alone, in what the books always have, however little else is loaded. null: nothing.
  void (*evolve_control)(EventView event, Control& control) = nullptr;
  Undo undo = {};
  LoadedWith loaded = LoadedWith::kDocument;

  // --- what it moves in the figures of reports ---
  void (*moves)(EventView event, Figures& figures) = nullptr;  // null: nothing
};

// Requires a type of the schema.
const EventKind& KindOf(EventType type);

#define DUEBOOK_DECLARE_KIND(Type) extern const EventKind k##Type;
DUEBOOK_FOR_EACH_EVENT_TYPE(DUEBOOK_DECLARE_KIND)
#undef DUEBOOK_DECLARE_KIND

}  // namespace duebook
