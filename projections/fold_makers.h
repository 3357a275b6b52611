// The folds that answers come from: the index, the history.

#pragma once

#include "ledger/log/derived/folding.h"

namespace duebook {

// A maker of each kind. For LedgerOptions::folds and Folding::Rebuild.
FoldMakers MakeFoldMakers();

}  // namespace duebook
