// A cut: what counted by a business date, as known at a moment. An event is visible when its effective date is not
// after `effective` and its seq is not after `known`.

#pragma once

#include <cstdint>

#include "ledger/values/date.h"

namespace duebook {

struct Cut {
  Date effective = Date::Max();
  uint64_t known = UINT64_MAX;  // a seq

  bool Sees(Date date, uint64_t seq) const { return date <= effective && seq <= known; }
};

}  // namespace duebook
