// Commands: what somebody wants recorded, from whichever door.
//
// Every door (JSON Lines, CSV, a map, the terminal, a test) makes a Record, a list of named raw values; MakeCommand
// checks it against the table of event types and encodes it. The command's bytes are those of the later event, with
// seq, recorded_at, references and whatever else is filled in by the ledger left as placeholders of fixed size, so that
// encoding needs no knowledge of the books and can run in parallel before sequencing.

#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/command/rejection.h"
#include "ledger/event/event.h"

namespace duebook {

struct RawMember;

// A value as a door read it. Views into the door's buffer.
struct RawValue {
  enum class Kind {
    kCell,    // text whose meaning the field decides: a CSV cell, an argument of `record`. Lists joined by ';'
    kText,    // a JSON string
    kNumber,  // a JSON number, as written
    kBool,    // "true" or "false" in text
    kList,
    kObject,
  };
  Kind kind = Kind::kCell;
  std::string_view text;
  std::vector<RawMember> members;  // kObject; kList: its items, without names

  bool is_text() const { return kind == Kind::kText || kind == Kind::kCell; }
  std::string_view kind_name() const;  // "a list", for sentences
};

struct RawMember {
  RawMember(std::string_view member_name, RawValue member_value) : name(member_name), value(std::move(member_value)) {}

  std::string_view name;
  RawValue value;
};

// The named values of one line. Absent values (JSON null, an empty cell) are left out by the door; an empty text counts
// as absent, too.
struct Record {
  std::vector<RawMember> fields;
  std::string source;  // "FILE:LINE", for the event
};

// What the books know by name.
class KnownNames {
 public:
  virtual ~KnownNames() = default;
  virtual bool KnowsCustomer(std::string_view id) = 0;
  virtual bool KnowsDocument(DocumentKind kind, std::string_view number) = 0;
  // As somebody who was given a role, or as a role.
  virtual bool KnowsUserOrRole(std::string_view name) = 0;
};

// What a door knows beside the record.
struct CommandContext {
  Currency currency;               // the ledger's, when the record says none
  std::string_view default_actor;  // when the record says none
  bool as_imported = false;        // mark events as imported, unless the record says "imported": false
  KnownNames* known = nullptr;     // the ledger's; doors leave it out
  bool as_spelled = false;         // take all texts as given: they stand in the ledger, or are compared with what does
};

struct RecordValues;
class Command;
// What a record asks to be recorded, or why it cannot be.
using MadeCommand = std::variant<Command, Rejection>;

// One encoded event before admission. Moving is cheap; a view of its event is good until SetCustomer, a list is set, or
// TakeBytes.
class Command {
 public:
  EventView event() const { return EventView(bytes_); }
  std::string_view bytes() const { return bytes_; }

  // Returns whether the record itself gave a field of the event's type that is `filled`, rather than leaving it to the
  // ledger. Requires such a field.
  bool IsGiven(const FieldInfo& field) const;
  bool IsGiven(std::string_view field) const;

  // For an event that the door worked out itself, such as the opening of a customer whom a list mentions: if there is
  // one of its id and type already, or its customer is open already, that one stands and the answer is Duplicate.
  void GiveWay() { gives_way_ = true; }
  bool gives_way() const { return gives_way_; }

  // The record, if only the books can tell what its names and texts are: then the command's are a guess, and the ledger
  // reads it again. Null otherwise.
  const std::shared_ptr<const UnsettledRecord>& unsettled() const { return unsettled_; }

  // An amount whose currency was left to the documents that the event names, at its place in the bytes.
  struct OpenAmount {
    uint32_t offset;
    Decimal value;
    std::string_view field;  // its name, of static storage
  };
  const std::vector<OpenAmount>& open_amounts() const { return open_amounts_; }
  // Sets the event's currency, and its open amounts in minor units of it. A rejection (too many decimals, out of
  // range) leaves the command as it was. Required when the event has amounts and its currency() is empty.
  std::optional<Rejection> SetCurrency(Currency currency);

  // Placeholders, patched in place. Each requires that the event has the field.
  void SetSequence(uint64_t seq, Time recorded_at);
  void SetReference(size_t index, uint64_t seq);  // index < ReferenceCount(event())
  // A field of the body that the ledger works out, `filled` or `internal`, by its name.
  void Set(std::string_view field, Minor amount);
  void Set(std::string_view field, Date date);
  void Set(std::string_view field, const Hash& hash);
  void Set(std::string_view field, std::span<const std::optional<Date>> dates);  // one for each that there is to be
  void Set(std::string_view field, const schema::ChosenBand& chosen);
  // The same of a list, whose length nobody knew before: encodes the event anew, so that views of it end.
  void Set(std::string_view field, std::span<const std::pair<Date, Minor>> instalments);
  void Set(std::string_view field, std::span<const std::string_view> texts);
  // Sets the customer that the record left to the documents it names; once, and only then.
  void SetCustomer(std::string_view customer);

  std::string TakeBytes() { return std::move(bytes_); }

 private:
  friend class CommandEncoder;
  friend MadeCommand MakeCommand(const Record& record, const CommandContext& context);

  // Takes the bytes of these values, which were read from its own.
  void Encode(const RecordValues& values);
  template <class Struct>
  Struct* MutableStruct(std::string_view field, FieldType type);

  std::string bytes_;
  std::vector<OpenAmount> open_amounts_;
  uint32_t open_customer_ = 0;  // where the text of a customer left to the documents begins: last in the bytes; 0: none
  uint64_t left_open_ = 0;      // the `filled` fields that the record left to the ledger, as bits by their places
  bool gives_way_ = false;
  std::shared_ptr<const UnsettledRecord> unsettled_;
};

// Checks form, not books: types, fields, bounds, dates, decimals. The first fault in the order of RejectionCode wins.
// Names are put into NFC; one that is not allowed is no fault yet if an older ledger may know it (Command::unsettled).
// Cost: about a microsecond for a typical record;
// safe to call from many threads at once.
MadeCommand MakeCommand(const Record& record, const CommandContext& context);

// Returns whether a retry means the stored event: every field equal, names in any composition of their accents, save
// those the ledger sets (seq, recorded_at, clock, source) and those it fills in when they are absent (customer,
// currency, `filled` fields).
bool SameContent(const Command& retry, EventView stored);
// Returns what a command with the stored event's id is refused for, if it does not mean that event.
Rejection IdConflict(EventView stored);

}  // namespace duebook
