// Names as people give them, and as the log has them: in NFC or, if nothing is called so, as given. Older logs hold
// names in other normal forms.

#pragma once

#include <string>
#include <string_view>

#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

// Both return how the ledger spells the name, also where nothing is called so. Cost: a question to the log's index, if
// the name is not in NFC.
Result<std::string> CustomerInLog(const EventLog& log, std::string_view given);
Result<std::string> DocumentInLog(const EventLog& log, DocumentKind kind, std::string_view given);

}  // namespace duebook
