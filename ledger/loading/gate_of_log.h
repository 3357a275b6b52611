// The gate of shipments asked of a log that is not opened for writing: the answer that its ledger would give.

#pragma once

#include <string_view>
#include <vector>

#include "ledger/events/credit_gate.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

// Judges the shipment by all that is in the log. `payment` is the number of the one that pays for it in advance, or
// empty; shipment.payment is not looked at. kNotFound: there is no such customer, or no such payment of it. Cost: that
// of reading the customer's events.
Result<std::vector<CheckedCredit>> JudgeShipmentByLog(const EventLog& log, ShipmentToJudge shipment,
                                                      std::string_view payment);

}  // namespace duebook
