#include "ledger/log/framed/staged_commit.h"

#include <algorithm>
#include <utility>

#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/layout.h"
#include "ledger/values/check.h"
#include "ledger/values/prefetch.h"

namespace duebook {

namespace {

constexpr size_t kEventsAhead = 4;

// The state after one more event, but for the tree.
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

RowBatch RowsOf(StagedCommit commit) {
  RowBatch rows;
  const auto put_meta = [&rows](std::string key, std::string value) {
    rows.Put(RowTable::kMeta, std::move(key), std::move(value));
  };
  for (StagedFrame& frame : commit.frames) {
    rows.Put(RowTable::kLog, SeqKey(frame.first_seq), std::move(frame.stored));
  }
  for (const TreeRow& row : commit.tree_rows) {
    rows.Put(RowTable::kTree, TreeRowKey(row.tile_level, row.index), EncodeTreeRow(row));
  }
  for (KeptCheckpoint& kept : commit.checkpoints) put_meta(kCheckpointRow + SeqKey(kept.size), std::move(kept.note));
  put_meta(kMarksRow, std::move(commit.end.marks));
  put_meta(kStateRow, EncodeState(commit.end.state));
  if (commit.end.frame_count.has_value()) put_meta(kFramesRow, EncodeSeq(*commit.end.frame_count));
  if (commit.uses_more_schema) put_meta(kSchemaRow, commit.end.schema_use.Encode());
  return rows;
}

CommitStager::CommitStager(LogEnd end) : tree_(end.state.tree, std::move(end.marks)) { staged_.end = std::move(end); }

void CommitStager::AddEvent(const std::string& bytes, CheckpointSigner* signer) {
  const EventView event(bytes);
  Advance(&staged_.end.state, event);
  staged_.uses_more_schema |= staged_.end.schema_use.Add(event);
  tree_.Append(LeafHash(bytes));
  auto note = signer->NoteAfter(event, tree_.frontier());
  if (note.has_value()) staged_.checkpoints.push_back({event.seq(), *std::move(note), ""});
}

void CommitStager::Add(std::span<const std::string> commit, CheckpointSigner* signer) {
  CHECK(!commit.empty());
  const uint64_t first_seq = staged_.end.state.last_seq + 1;
  for (size_t start = 0; start < commit.size(); start += kEventsPerFrame) {
    const auto events = commit.subspan(start, std::min<size_t>(kEventsPerFrame, commit.size() - start));
    for (size_t i = 0; i < events.size(); i++) {
      if (i + kEventsAhead < events.size()) Prefetch(events[i + kEventsAhead]);
      AddEvent(events[i], signer);
    }
    const FrameHead head{first_seq + start, EventView(commit.front()).recorded_at(), first_seq,
                         static_cast<uint32_t>(commit.size())};
    staged_.frames.push_back({head.first_seq, StoredFrame(EncodeFrame(head, events))});
    bytes_ += staged_.frames.back().stored.size();
    if (staged_.end.frame_count.has_value()) ++*staged_.end.frame_count;
  }
  staged_.events += commit.size();
}

StagedCommit CommitStager::Take() && {
  staged_.tree_rows = tree_.TakeRows();
  staged_.end.marks = tree_.marks();
  staged_.end.state.tree = tree_.frontier();
  return std::move(staged_);
}

}  // namespace duebook
