#include "projections/fold_makers.h"

#include <memory>

#include "ledger/log/derived/index_fold.h"
#include "projections/history/history_fold.h"

namespace duebook {

FoldMakers MakeFoldMakers() {
  FoldMakers makers;
  makers.push_back(std::make_unique<IndexFoldMaker>());
  makers.push_back(std::make_unique<HistoryFoldMaker>());
  return makers;
}

}  // namespace duebook
