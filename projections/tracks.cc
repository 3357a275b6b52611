#include "projections/tracks.h"

#include "ledger/log/derived/fold_check.h"
#include "ledger/log/derived/fold_track.h"
#include "ledger/log/derived/index_fold.h"
#include "projections/history/history_check.h"
#include "projections/history/history_track.h"

namespace duebook {

Tracks MakeAllTracks(const EventLog& log, const FoldSizes& sizes) {
  Tracks tracks;
  tracks.push_back(std::make_unique<FoldTrack>(log, std::make_unique<IndexFoldMaker>(), sizes));
  tracks.push_back(std::make_unique<HistoryTrack>(log, sizes));
  return tracks;
}

std::vector<std::unique_ptr<EventCheck>> MakeTrackChecks(const EventLog& log) {
  std::vector<std::unique_ptr<EventCheck>> checks;
  checks.push_back(std::make_unique<FoldCheck>(log, std::make_unique<IndexFoldMaker>()));
  checks.push_back(std::make_unique<HistoryCheck>(log));
  return checks;
}

}  // namespace duebook
