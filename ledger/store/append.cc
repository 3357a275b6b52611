// Writing: one commit is one atomic, synced batch.

#include <rocksdb/write_batch.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "ledger/store/layout.h"
#include "ledger/store/rocks_event_log.h"

namespace duebook {

namespace {

constexpr std::chrono::milliseconds kSlowCommit{1000};

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

rocksdb::Slice SliceOf(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

void RocksEventLog::AddTreeRows(rocksdb::WriteBatch* batch) {
  for (const TreeRow& row : tree_->TakeRows()) {
    batch->Put(families_[kTree], TreeRowKey(row.tile_level, row.index), EncodeTreeRow(row));
  }
  batch->Put("marks", tree_->marks());
}

void RocksEventLog::AddIndexRows(std::span<const EventView> events, rocksdb::WriteBatch* batch) const {
  for (const IndexRow& row : IndexRowsOf(events)) batch->Put(families_[row.is_id ? kIds : kIndex], row.key, row.value);
}

Status RocksEventLog::PrepareToAppend() {
  CHECK(mode_ == Mode::kWrite);
  if (failed_) {
    return Error{ErrorCode::kUnavailable,
                 "an earlier commit failed; the ledger accepts nothing more until it is opened anew", ""};
  }
  if (tree_.has_value()) return Status();
  auto marks = ReadMarks(last_seq());
  RETURN_IF_ERROR(marks);
  tree_.emplace(state().tree, *std::move(marks));
  return Status();
}

void RocksEventLog::Stage(std::span<const std::string> commit, Staged* staged) {
  const uint64_t first_seq = staged->state.last_seq + 1;
  std::vector<EventView> views;
  views.reserve(commit.size());
  for (size_t start = 0; start < commit.size(); start += kEventsPerFrame) {
    const auto events = commit.subspan(start, std::min<size_t>(kEventsPerFrame, commit.size() - start));
    for (const std::string& bytes : events) {
      views.emplace_back(bytes);
      Advance(&staged->state, views.back());
      tree_->Append(LeafHash(bytes));
      if (views.back().type() == EventType::PeriodClosed) AddCheckpoint(views.back().seq(), &staged->batch);
    }
    const FrameHead head{first_seq + start, views.front().recorded_at(), first_seq,
                         static_cast<uint32_t>(commit.size())};
    staged->batch.Put(families_[kLog], SeqKey(head.first_seq), EncodeFrame(head, events));
    if (staged->frames.has_value()) ++*staged->frames;
  }
  AddIndexRows(views, &staged->batch);
}

Status RocksEventLog::WriteStaged(Staged staged) {
  const uint64_t events = staged.state.last_seq - last_seq();
  staged.state.tree = tree_->frontier();
  AddTreeRows(&staged.batch);
  staged.batch.Put("state", EncodeState(staged.state));
  if (staged.frames.has_value()) staged.batch.Put("frames", EncodeSeq(*staged.frames));
  const auto start = std::chrono::steady_clock::now();
  RETURN_IF_ERROR(Write(&staged.batch));
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  frames_ = staged.frames;
  WriteCheckpointFiles();
  if (took > kSlowCommit) spdlog::warn("slow commit: {} events took {} ms", events, took.count());
  const std::lock_guard lock(state_mutex_);
  state_ = std::move(staged.state);
  return Status();
}

Status RocksEventLog::Append(const Commit& commit) {
  if (commit.events.empty() && !commit.books.has_value()) return Status();
  RETURN_IF_ERROR(PrepareToAppend());
  Staged staged(state(), frames_);
  Stage(commit.events, &staged);
  if (commit.books.has_value()) {
    for (const BooksChange& change : *commit.books) staged.batch.Put(families_[kBooks], change.key, change.value);
    staged.state.books_seq = staged.state.last_seq;
  }
  return WriteStaged(std::move(staged));
}

Status RocksEventLog::Write(rocksdb::WriteBatch* batch) {
  rocksdb::WriteOptions options;
  options.sync = true;
  const rocksdb::Status status = database_->Write(options, batch);
  written_bytes_ += batch->GetDataSize();
  if (status.ok()) return Status();
  failed_ = true;
  spdlog::error("a commit failed: {}", status.ToString());
  return ErrorOf(status, "write to");
}

// --- rebuild ---

Status RocksEventLog::StartRebuild() {
  CHECK(mode_ == Mode::kRebuild);
  rocksdb::WriteBatch batch;
  batch.Put("rebuilding", "");
  RETURN_IF_ERROR(Write(&batch));
  const std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = Descriptors();
  for (const Family family : {kIds, kIndex, kBooks, kTree}) {
    rocksdb::Status status = database_->DropColumnFamily(families_[family]);
    if (!status.ok()) return ErrorOf(status, "rebuild");
    database_->DestroyColumnFamilyHandle(families_[family]);
    families_[family] = nullptr;
    status = database_->CreateColumnFamily(descriptors[family].options, descriptors[family].name, &families_[family]);
    if (!status.ok()) return ErrorOf(status, "rebuild");
  }
  tree_.emplace();
  return Status();
}

Status RocksEventLog::RebuildBatch(uint64_t first, uint64_t last, std::span<const BooksChange> books) {
  CHECK(mode_ == Mode::kRebuild);
  rocksdb::WriteBatch batch;
  CommitEvents commit;
  RETURN_IF_ERROR(ForEachFrame(first, last_seq(), [&](const FrameView& frame) {
    if (frame.head().commit_first_seq < first) return true;  // indexed with the batch in which its commit starts
    if (frame.head().commit_first_seq > last) return false;
    if (!commit.Add(frame)) return true;
    AddIndexRows(commit.views(), &batch);
    for (const EventView& event : commit.views()) tree_->Append(LeafHash(event.bytes()));
    return true;
  }));
  for (const BooksChange& change : books) {
    batch.Put(families_[kBooks], SliceOf(change.key), SliceOf(change.value));
  }
  AddTreeRows(&batch);
  return Write(&batch);
}

Status RocksEventLog::FinishRebuild() {
  CHECK(mode_ == Mode::kRebuild);
  // What was made anew follows from the events as they are: if they were changed, that must stay visible.
  if (tree_->frontier().Root() != state().tree.Root()) {
    return Damaged("the Merkle root of the events is not the stored one: an event was changed");
  }
  rocksdb::WriteBatch batch;
  const std::lock_guard lock(state_mutex_);
  state_.books_seq = state_.last_seq;
  batch.Put("state", EncodeState(state_));
  batch.Delete("rebuilding");
  return Write(&batch);
}

}  // namespace duebook
