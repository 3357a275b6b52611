#include "projections/fold_makers.h"

#include <memory>

#include "ledger/derived/index_fold.h"
#include "projections/history_fold.h"

namespace duebook {

FoldMakers MakeFoldMakers() {
  FoldMakers makers;
  makers.push_back(std::make_unique<IndexFoldMaker>());
  makers.push_back(std::make_unique<HistoryFoldMaker>());
  return makers;
}

}  // namespace duebook
