// Work in pieces that do not depend on each other, shared out among threads.

#pragma once

#include <cstddef>
#include <functional>

#include "ledger/values/result.h"

namespace duebook {

// Does each piece of work once, in as many threads as the machine has cores, the calling one among them. What the first
// of the pieces says that failed, in their order; the others are done all the same.
Status InParallel(size_t pieces, const std::function<Status(size_t)>& work);

}  // namespace duebook
