// The command `duebook serve`, in the program that serves.

#pragma once

#include "tools/commands/session.h"

namespace duebook {

// Serves the ledger of the session on this port of 127.0.0.1, or on a free one for 0, until SIGINT or SIGTERM. Prints
// the address once it is ready. The exit status.
int Serve(const Session& session, int port);

}  // namespace duebook
