// The error for what is derived from the log and is not what it should be.

#pragma once

#include <string>
#include <utility>

#include "ledger/values/result.h"

namespace duebook {

inline Error DamagedDerived(std::string sentence) {
  return {ErrorCode::kDamaged, std::move(sentence), "`duebook rebuild` makes it anew"};
}

}  // namespace duebook
