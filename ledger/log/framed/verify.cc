// Verification: every byte is read again, and everything that follows from the events is compared with what is stored.
//
// The calling thread alone reads the store.

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <iterator>
#include <mutex>
#include <utility>

#include "ledger/log/check_line.h"
#include "ledger/log/event_check.h"
#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"

namespace duebook {

namespace {

constexpr size_t kBatchEvents = 2048;

// Checks frames one after the other, in order of seq.
class FrameChecker {
 public:
  // Checks the frames of events behind this one.
  explicit FrameChecker(uint64_t last_seq) : last_seq_(last_seq) {}

  // Returns what is wrong with the frame, if something is.
  std::optional<EventLog::Fault> Check(const FrameView& frame) {
    const FrameHead& head = frame.head();
    if (head.first_seq != last_seq_ + 1) {
      return At(last_seq_ + 1, fmt::format("event {} is followed by event {}", last_seq_, head.first_seq));
    }
    if (head.recorded_at < last_recorded_at_) return At(head.first_seq, "recorded before the event before it");
    if (auto fault = CheckCommit(head, frame.count())) return fault;
    for (uint32_t i = 0; i < frame.count(); i++) {
      const uint64_t seq = head.first_seq + i;
      if (!VerifyEvent(frame.event_bytes(i))) return At(seq, "its bytes are not those of an event");
      const EventView event = frame.event(i);
      if (event.seq() != seq) return At(seq, fmt::format("it says of itself that it is event {}", event.seq()));
      if (event.recorded_at() != head.recorded_at) return At(seq, "its time is not that of its commit");
    }
    last_seq_ = head.first_seq + frame.count() - 1;
    last_recorded_at_ = head.recorded_at;
    return std::nullopt;
  }

  std::optional<EventLog::Fault> CheckEnd(const LogState& state) const {
    if (last_seq_ != state.last_seq) {
      return At(last_seq_ + 1, fmt::format("the log ends at event {}, not at {}", last_seq_, state.last_seq));
    }
    if (commit_left_ != 0) return At(last_seq_ + 1, "the last commit is not complete");
    return std::nullopt;
  }

 private:
  static EventLog::Fault At(uint64_t seq, std::string_view what) {
    return {seq, "", fmt::format("event {}: {}", seq, what)};
  }

  std::optional<EventLog::Fault> CheckCommit(const FrameHead& head, uint32_t count) {
    if (commit_left_ == 0) {
      if (head.commit_first_seq != head.first_seq) return At(head.first_seq, "the start of its commit is missing");
      commit_first_seq_ = head.commit_first_seq;
      commit_left_ = head.commit_count;
    }
    if (head.commit_first_seq != commit_first_seq_ || count > commit_left_) {
      return At(head.first_seq, "its frame does not fit the commit it is said to be of");
    }
    commit_left_ -= count;
    return std::nullopt;
  }

  uint64_t last_seq_;
  Time last_recorded_at_;
  uint64_t commit_first_seq_ = 0;
  uint64_t commit_left_ = 0;  // events of the commit still to come
};

// Makes the tree of events again, for the reading thread to compare.
class TreeMaker : public EventCheck {
 public:
  // `tree` is that of the events before.
  explicit TreeMaker(GrowingTree tree) : tree_(std::move(tree)) {}

  bool Check(std::span<const EventView> events) override {
    for (const EventView event : events) tree_.Append(LeafHash(event.bytes()));
    std::vector<TreeRow> completed = tree_.TakeRows();
    const std::lock_guard lock(mutex_);
    std::move(completed.begin(), completed.end(), std::back_inserter(rows_));
    return true;
  }
  Result<std::optional<EventLog::Fault>> Finish() override { return std::optional<EventLog::Fault>(); }

  // Rows completed since the last call; from any thread.
  std::vector<TreeRow> TakeRows() {
    const std::lock_guard lock(mutex_);
    return std::exchange(rows_, {});
  }
  // Once there are no more events.
  const GrowingTree& tree() const { return tree_; }

 private:
  GrowingTree tree_;
  std::mutex mutex_;
  std::vector<TreeRow> rows_;  // guarded by mutex_
};

void AddFrame(const FrameView& frame, std::string bytes, EventBatch* batch) {
  if (batch->events.empty()) batch->events.reserve(kBatchEvents + kEventsPerFrame);
  for (uint32_t i = 0; i < frame.count(); i++) batch->events.push_back(frame.event(i));
  batch->bytes.push_back(std::move(bytes));
}

constexpr std::string_view kAdvice = "; the events are as they were: export and import them into a new ledger";

// Events of which one was changed.
struct ChangedEvents {
  uint64_t first_seq = 0;
  uint64_t last_seq = 0;
};

// The one whose mark differs, of the events from `first_seq` on. Nothing if the marks don't tell.
std::optional<ChangedEvents> FindChanged(uint64_t first_seq, std::string_view made, std::string_view stored) {
  for (size_t mark = 0; mark < std::min(made.size(), stored.size()); mark += kMarkBytes) {
    if (made.substr(mark, kMarkBytes) == stored.substr(mark, kMarkBytes)) continue;
    return ChangedEvents{first_seq + mark / kMarkBytes, first_seq + mark / kMarkBytes};
  }
  return std::nullopt;
}

// Those below a row that is not as stored.
ChangedEvents EventsBelow(const TreeRow& made, const std::optional<TreeRow>& stored) {
  const uint64_t events = uint64_t{1} << (kLevelsPerTile * made.tile_level);
  const uint64_t first_seq = made.index * events + 1;
  const auto changed = stored.has_value() ? FindChanged(first_seq, made.marks, stored->marks) : std::nullopt;
  return changed.value_or(ChangedEvents{first_seq, first_seq + events - 1});
}

// Those below the first part of the frontier that is not as stored. Requires trees of one size with different roots.
ChangedEvents EventsBelow(const MerkleFrontier& made, const MerkleFrontier& stored) {
  uint64_t first = 1;
  uint64_t rest = made.size();
  for (size_t i = 0; i < made.subtrees().size(); i++) {
    const uint64_t events = std::bit_floor(rest);
    if (made.subtrees()[i] != stored.subtrees()[i]) return {first, first + events - 1};
    first += events;
    rest -= events;
  }
  CHECK(false);
}

EventLog::Fault ChangedFault(const ChangedEvents& changed) {
  constexpr std::string_view kWhy = "the Merkle tree has another hash in its place";
  if (changed.first_seq == changed.last_seq) {
    return {changed.first_seq, "", fmt::format("event {}: it was changed, {}", changed.first_seq, kWhy)};
  }
  return {changed.first_seq, "",
          fmt::format("events {} to {}: one of them was changed, {}", changed.first_seq, changed.last_seq, kWhy)};
}

}  // namespace

Result<uint64_t> FramedEventLog::TreeRowsThere() const {
  uint64_t rows = 0;
  const auto cursor = rows_->Scan(RowTable::kTree, /*whole_scan=*/true);
  for (cursor->Seek(""); cursor->valid(); cursor->Next()) rows++;
  RETURN_IF_ERROR(cursor->status());
  return rows;
}

// `first_difference` is the first row that the events make and that is not stored like that. If the root is the stored
// one, the events are as they were, and the rows are to blame.
Result<std::optional<EventLog::Fault>> FramedEventLog::CheckTree(const LogState& state, const GrowingTree& tree,
                                                                 const std::optional<TreeRow>& first_difference) const {
  const auto stored_marks = ReadMetaRow(kMarksRow);
  RETURN_IF_ERROR(stored_marks);
  const std::string marks = stored_marks->value_or("");
  if (tree.frontier().Root() != state.tree.Root()) {
    if (!first_difference.has_value()) {
      const uint64_t complete = state.last_seq / kTileHashes * kTileHashes;
      const auto changed = FindChanged(complete + 1, tree.marks(), marks);
      return std::optional(ChangedFault(changed.value_or(EventsBelow(tree.frontier(), state.tree))));
    }
    const auto stored = ReadTreeRow(first_difference->tile_level, first_difference->index);
    RETURN_IF_ERROR(stored);
    return std::optional(ChangedFault(EventsBelow(*first_difference, *stored)));
  }
  if (first_difference.has_value()) {
    return std::optional(Fault{0, "",
                               fmt::format("row {} on level {} of the Merkle tree is not what the events make{}",
                                           first_difference->index, first_difference->tile_level, kAdvice)});
  }
  if (marks != tree.marks()) {
    return std::optional(Fault{0, "", fmt::format("the marks of the newest events are not what they make{}", kAdvice)});
  }
  return std::optional<Fault>();
}

// Checks that there is no more of what follows from the events than that.
Result<std::optional<EventLog::Fault>> FramedEventLog::CheckCounts(const LogState& state) const {
  const auto tree = TreeRowsThere();
  RETURN_IF_ERROR(tree);
  const uint64_t tree_rows = CountTreeRows(state.last_seq);
  if (*tree != tree_rows) {
    return std::optional(
        Fault{0, "", fmt::format("the Merkle tree has {} rows, the events make {}{}", *tree, tree_rows, kAdvice)});
  }
  return std::optional<Fault>();
}

// The first event of the commit that this one is of.
Result<uint64_t> FramedEventLog::StartOfCommit(uint64_t seq) const {
  uint64_t start = 1;
  RETURN_IF_ERROR(ForEachFrame(seq, seq, [&start](const FrameView& frame) {
    start = frame.head().commit_first_seq;
    return false;
  }));
  return start;
}

Status FramedEventLog::FindDifference(std::vector<TreeRow> made, std::optional<TreeRow>* first_difference) const {
  for (TreeRow& row : made) {
    if (first_difference->has_value()) break;
    const auto stored = ReadTreeRow(row.tile_level, row.index);
    RETURN_IF_ERROR(stored);
    if (!stored->has_value() || EncodeTreeRow(**stored) != EncodeTreeRow(row)) *first_difference = std::move(row);
  }
  return Status();
}

Result<std::optional<EventLog::Fault>> FramedEventLog::Verify(uint64_t first_seq,
                                                              const std::function<void(uint64_t, uint64_t)>& progress,
                                                              std::span<EventCheck* const> further) const {
  const LogState state = this->state();
  const auto start = StartOfCommit(first_seq);
  RETURN_IF_ERROR(start);
  const uint64_t before = *start - 1;  // events that are taken as they are
  CHECK(before == 0 || further.empty());
  auto tree = ReadFrontier(before);
  RETURN_IF_ERROR(tree);
  auto marks = ReadMarks(before);
  RETURN_IF_ERROR(marks);
  FrameChecker frames(before);
  TreeMaker maker(GrowingTree(*std::move(tree), *std::move(marks)));
  std::vector<EventCheck*> checks{&maker};
  checks.insert(checks.end(), further.begin(), further.end());
  std::optional<Fault> fault;
  std::optional<TreeRow> first_difference;
  Status compared;  // the tree's rows
  CheckLine line(checks);
  EventBatch batch;
  const Status read = TakeFrames(*start, state.last_seq, [&](const FrameView& frame, std::string* bytes) {
    fault = frames.Check(frame);
    if (fault.has_value()) return false;
    progress(frame.head().first_seq + frame.count() - 1 - before, state.last_seq - before);
    AddFrame(frame, std::move(*bytes), &batch);
    if (batch.events.size() < kBatchEvents) return true;
    line.Push(std::exchange(batch, {}));
    compared = FindDifference(maker.TakeRows(), &first_difference);
    return compared.ok();
  });
  line.Push(std::move(batch));
  line.End();
  // An error in reading the tree's rows is returned first, then one in reading frames, then what is wrong with a frame.
  if (compared.ok()) compared = FindDifference(maker.TakeRows(), &first_difference);
  RETURN_IF_ERROR(compared);
  RETURN_IF_ERROR(read);
  if (!fault.has_value()) fault = frames.CheckEnd(state);
  if (fault.has_value()) return fault;
  auto tree_fault = CheckTree(state, maker.tree(), first_difference);
  if (!tree_fault.ok() || tree_fault->has_value()) return tree_fault;
  if (before == 0) {
    auto count_fault = CheckCounts(state);
    if (!count_fault.ok() || count_fault->has_value()) return count_fault;
    RETURN_IF_ERROR(rows_->CheckBytes());
  }
  return mode_ == Mode::kVerify ? end_fault_ : std::nullopt;
}

}  // namespace duebook
