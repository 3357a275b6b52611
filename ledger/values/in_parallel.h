// Work in pieces that do not depend on each other, shared out among threads.

#pragma once

#include <cstddef>
#include <functional>

#include "ledger/values/result.h"

namespace duebook {

// Does each piece of work once, in as many threads as the machine has cores, the calling one among them. What the first
// of the pieces says that failed, in their order; the others are done all the same.
Status InParallel(size_t pieces, const std::function<Status(size_t)>& work);

// Returns in how many parts a pass over so many items is worth being shared out: one for each core, or one if they are
// few.
size_t PartsFor(size_t items);

}  // namespace duebook
