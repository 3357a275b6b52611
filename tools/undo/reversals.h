// Which event types undo which, and how an event that undoes another for an import is found again.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

// How an event of one type is undone by one of another.
struct Reversal {
  EventType by;
  std::string_view names;  // its field that names what it undoes
  std::string_view why;    // its field that says for what reason
};

// Returns what undoes an event of the type: the first of them that the ledger admits does. None if nothing does.
std::vector<Reversal> ReversalsOf(const EventTypeInfo& type);

// Returns whether events of the type undo those of another, or end what those began. Nothing undoes them in turn.
bool UndoesOthers(EventType type);

// Returns the event that a reversal of this one names, by its seq: itself, or of an approval its request.
uint64_t TargetOf(EventView event, const Reversal& reversal);

// The id of the event that undoes the one with this id: "undo-" and the id, or where that is longer than an id may be
// the first 16 digits of its SHA-256. So nothing is undone twice.
std::string UndoingId(std::string_view id);

// Returns the seq of the event that undid this one when an import was taken back; nothing if none has. What somebody
// undid by hand, under another id, is not found. Cost: that of finding an event by its id; none where nothing undoes
// events of the type. Errors as of EventLog::FindEventId.
Result<std::optional<uint64_t>> UndoneBy(const EventLog& log, EventView event);

}  // namespace duebook
