// What this machine's clock says.

#pragma once

#include <chrono>

#include "ledger/values/date.h"

namespace duebook {

inline Time SystemClock() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Time{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

}  // namespace duebook
