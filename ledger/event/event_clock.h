// The reading of a clock in the bytes of an event.
//
// Nearly no event has one, so the layouts that events are encoded from (command_encoder.h) have no place for it; one
// that needs it is encoded once more.

#pragma once

#include <string>

#include "ledger/event/event.h"

namespace duebook {

// The bytes of the same event with what the clock said. Requires an event that is final otherwise, and has no reading.
std::string WithClockReading(EventView event, Time clock);

}  // namespace duebook
