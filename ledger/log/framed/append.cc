// Writing: one commit is one atomic, synced batch.

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/values/prefetch.h"

namespace duebook {

namespace {

constexpr std::chrono::milliseconds kSlowCommit{1000};
constexpr size_t kEventsAhead = 4;

// The state after one more event.
void Advance(LogState* state, EventView event) {
  CHECK(event.seq() == state->last_seq + 1);
  CHECK(event.recorded_at() >= state->last_recorded_at);
  if (state->last_seq == 0) {
    state->first_recorded_at = event.recorded_at();
    state->first_date = state->last_date = event.date();
  }
  state->last_seq = event.seq();
  state->last_recorded_at = event.recorded_at();
  state->first_date = std::min(state->first_date, event.date());
  state->last_date = std::max(state->last_date, event.date());
  if (event.type() == EventType::CustomerOpened) state->customers++;
}

}  // namespace

void FramedEventLog::AddTreeRows(RowBatch* batch) {
  for (const TreeRow& row : tree_->TakeRows()) {
    batch->Put(RowTable::kTree, TreeRowKey(row.tile_level, row.index), EncodeTreeRow(row));
  }
  batch->Put(RowTable::kMeta, std::string(kMarksRow), tree_->marks());
}

Error FramedEventLog::EarlierFailure() {
  return {ErrorCode::kUnavailable, "an earlier commit failed; the ledger accepts nothing more until it is opened anew",
          ""};
}

Status FramedEventLog::PrepareToAppend() {
  CHECK(mode_ == Mode::kWrite);
  if (failed_) return EarlierFailure();
  if (tree_.has_value()) return Status();
  auto marks = ReadMarks(last_seq());
  RETURN_IF_ERROR(marks);
  tree_.emplace(state().tree, *std::move(marks));
  return Status();
}

void FramedEventLog::Stage(std::span<const std::string> commit, Staged* staged) {
  const uint64_t first_seq = staged->state.last_seq + 1;
  for (size_t start = 0; start < commit.size(); start += kEventsPerFrame) {
    const auto events = commit.subspan(start, std::min<size_t>(kEventsPerFrame, commit.size() - start));
    for (size_t i = 0; i < events.size(); i++) {
      if (i + kEventsAhead < events.size()) Prefetch(events[i + kEventsAhead]);
      const std::string& bytes = events[i];
      const EventView event(bytes);
      Advance(&staged->state, event);
      staged->uses_more_schema |= staged->schema_use.Add(event);
      tree_->Append(LeafHash(bytes));
      if (event.type() == EventType::SigningKeyChanged) ChangeKey(event, &staged->batch);
      if (event.type() == EventType::PeriodClosed) AddCheckpoint(event.seq(), &staged->batch);
    }
    const FrameHead head{first_seq + start, EventView(commit.front()).recorded_at(), first_seq,
                         static_cast<uint32_t>(commit.size())};
    staged->batch.Put(RowTable::kLog, SeqKey(head.first_seq), StoredFrame(EncodeFrame(head, events)));
    if (staged->frames.has_value()) ++*staged->frames;
  }
}

Status FramedEventLog::WriteStaged(Staged staged) {
  const uint64_t events = staged.state.last_seq - last_seq();
  staged.state.tree = tree_->frontier();
  AddTreeRows(&staged.batch);
  staged.batch.Put(RowTable::kMeta, std::string(kStateRow), EncodeState(staged.state));
  if (staged.frames.has_value()) staged.batch.Put(RowTable::kMeta, std::string(kFramesRow), EncodeSeq(*staged.frames));
  if (staged.uses_more_schema) staged.batch.Put(RowTable::kMeta, std::string(kSchemaRow), staged.schema_use.Encode());
  const auto start = std::chrono::steady_clock::now();
  RETURN_IF_ERROR(Write(staged.batch));
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  frames_ = staged.frames;
  schema_use_ = std::move(staged.schema_use);
  WriteCheckpointFiles();
  if (took > kSlowCommit) spdlog::warn("slow commit: {} events took {} ms", events, took.count());
  const std::lock_guard lock(state_mutex_);
  state_ = std::move(staged.state);
  return Status();
}

Status FramedEventLog::Append(std::span<const std::string> events) {
  if (events.empty()) return Status();
  RETURN_IF_ERROR(PrepareToAppend());
  Staged staged(state(), frames_, schema_use_);
  Stage(events, &staged);
  return WriteStaged(std::move(staged));
}

Status FramedEventLog::Write(const RowBatch& batch) {
  Status written = BeginSession();
  if (written.ok()) written = rows_->Write(batch);
  if (!written.ok()) failed_ = true;
  return written;
}

}  // namespace duebook
