// Memory that is not had by operator new, and was refused.

#pragma once

#include <cstddef>
#include <limits>
#include <new>

#include "ledger/values/check.h"

namespace duebook {

// Ends as a lack of memory does everywhere else: operator new is asked for more than there can be.
[[noreturn]] inline void EndForLackOfMemory() {
  static_cast<void>(::operator new(std::numeric_limits<ptrdiff_t>::max()));
  CHECK(false);
}

}  // namespace duebook
