#include "tools/undo/import_runs.h"

#include <algorithm>
#include <optional>

#include "ledger/values/parse_number.h"
#include "ledger/values/source.h"

namespace duebook {

namespace {

constexpr int64_t kLongestPause = 60'000'000;  // microseconds between two events of one run
// Behind a commit of fewer events a run ends if its next event comes so many microseconds later. Records that are
// decided one by one, as with --strict, come closer than that.
constexpr uint64_t kLargeCommit = 512;
constexpr int64_t kLeastStart = 15'000;

uint64_t LineOfSource(std::string_view source) {
  return ParseNumber<uint64_t>(source.substr(source.rfind(':') + 1)).value_or(0);
}

// Puts the events of one file together, in order of seq.
class RunsOfFile {
 public:
  explicit RunsOfFile(std::string_view file) : file_(file) {}

  void Add(EventView event) {
    const uint64_t line = LineOfSource(event.source());
    if (!GoesOn(event, line)) runs_.push_back({std::string(file_), event.seq(), 0, event.recorded_at(), {}});
    committed_ = event.recorded_at() == recorded_at_ && runs_.back().last_seq > 0 ? committed_ + 1 : 1;
    recorded_at_ = event.recorded_at();
    runs_.back().last_seq = event.seq();
    runs_.back().last_recorded = event.recorded_at();
    line_ = line;
    date_ = event.date();
  }

  std::vector<ImportRun> TakeRuns() { return std::move(runs_); }

 private:
  // Whether the event is of the same run as the one before it.
  bool GoesOn(EventView event, uint64_t line) const {
    if (runs_.empty() || event.seq() != runs_.back().last_seq + 1) return false;
    const int64_t pause = event.recorded_at().microseconds - runs_.back().last_recorded.microseconds;
    if (pause > kLongestPause || (pause >= kLeastStart && committed_ < kLargeCommit)) return false;
    return line >= line_ || event.date() >= date_;
  }

  std::string_view file_;
  std::vector<ImportRun> runs_;
  Time recorded_at_;        // of the last commit
  uint64_t committed_ = 0;  // how many of its events came so far
  uint64_t line_ = 0;       // of the last event
  Date date_;               // likewise
};

}  // namespace

std::string_view FileOfSource(std::string_view source) {
  const bool is_door = std::any_of(kDoorSources.begin(), kDoorSources.end(),
                                   [&](std::string_view door) { return source.starts_with(door); });
  const size_t colon = source.rfind(':');
  return is_door || colon == std::string_view::npos ? std::string_view() : source.substr(0, colon);
}

Result<FoundRuns> FindRuns(const EventLog& log, std::string_view file) {
  FoundRuns found;
  RunsOfFile runs(file);
  std::string last_file;
  RETURN_IF_ERROR(log.Scan(1, log.last_seq(), [&](EventView event) {
    const std::string_view named = FileOfSource(event.source());
    if (named.empty()) return true;
    if (named != last_file) last_file = *found.files.emplace(named).first;
    if (named == file) runs.Add(event);
    return true;
  }));
  found.runs = runs.TakeRuns();
  return found;
}

}  // namespace duebook
