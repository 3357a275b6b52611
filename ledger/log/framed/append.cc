// Writing: one commit is one atomic, synced batch.

#include <spdlog/spdlog.h>

#include <chrono>
#include <utility>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/staged_commit.h"

namespace duebook {

namespace {

constexpr std::chrono::milliseconds kSlowCommit{1000};

}  // namespace

Error FramedEventLog::EarlierFailure() {
  return {ErrorCode::kUnavailable, "an earlier commit failed; the ledger accepts nothing more until it is opened anew",
          ""};
}

Result<CommitStager> FramedEventLog::BeginToStage() {
  CHECK(mode_ == Mode::kWrite);
  if (failed_) return EarlierFailure();
  if (!marks_.has_value()) {
    const auto marks = ReadMarks(last_seq());
    RETURN_IF_ERROR(marks);
    marks_ = *marks;
  }
  return StagerHere();
}

CommitStager FramedEventLog::StagerHere() const { return CommitStager({state(), *marks_, frames_, schema_use_}); }

Status FramedEventLog::WriteStaged(StagedCommit staged) {
  const uint64_t events = staged.events;
  LogEnd end = staged.end;
  std::vector<KeptCheckpoint> checkpoints = staged.checkpoints;
  const RowBatch rows = RowsOf(std::move(staged));
  const auto start = std::chrono::steady_clock::now();
  RETURN_IF_ERROR(Write(rows));
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  marks_ = std::move(end.marks);
  frames_ = end.frame_count;
  schema_use_ = std::move(end.schema_use);
  WriteCheckpointFiles(checkpoints);
  if (took > kSlowCommit) spdlog::warn("slow commit: {} events took {} ms", events, took.count());
  const std::lock_guard lock(state_mutex_);
  state_ = std::move(end.state);
  return Status();
}

Status FramedEventLog::Append(std::span<const std::string> events) {
  if (events.empty()) return Status();
  auto stager = BeginToStage();
  RETURN_IF_ERROR(stager);
  stager->Add(events, &*signer_);
  return WriteStaged(std::move(*stager).Take());
}

Status FramedEventLog::Write(const RowBatch& batch) {
  CHECK(session_ != Session::kEnding);
  Status written = BeginSession();
  if (written.ok()) written = rows_->Write(batch);
  if (!written.ok()) failed_ = true;
  return written;
}

}  // namespace duebook
