// The event log as frames of events, rows of the Merkle tree and a few rows besides: see layout.h for the bytes,
// ../event_log.h for the contract, ../row_store.h for what it asks of an engine. It knows no engine.
//
// What commits make of a log is worked out in staged_commit.h, where checkpoints are signed in checkpoint_signer.h;
// here it is written, read, held against what lies beside it, and verified.
//
// One class in several files, by what it does: create.cc, open.cc, open_for_reading.cc, session.cc, append.cc, copy.cc,
// checkpoints.cc, read.cc, tree.cc, verify.cc.

#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event/schema_use.h"
#include "ledger/log/event_log.h"
#include "ledger/log/framed/checkpoint_signer.h"
#include "ledger/log/framed/end_record.h"
#include "ledger/log/framed/frame.h"
#include "ledger/log/framed/frame_cache.h"
#include "ledger/log/framed/staged_commit.h"
#include "ledger/log/framed/tile.h"
#include "ledger/log/framed/witnesses.h"
#include "ledger/log/row_store.h"
#include "ledger/proof/key_chain.h"

namespace duebook {

class FramedEventLog : public EventLog {
 public:
  // As EventLog::Create and Open; the options name an engine.
  static Status CreateLog(const std::filesystem::path& directory, const LedgerIdentity& identity,
                          const StoreOptions& store);
  static Result<std::unique_ptr<EventLog>> OpenLog(const std::filesystem::path& directory, Mode mode,
                                                   const StoreOptions& store);
  ~FramedEventLog() override;

  const LedgerIdentity& identity() const override { return identity_; }
  const std::filesystem::path& directory() const override { return directory_; }
  uint32_t format_version() const override { return format_version_; }
  LogState state() const override {
    const std::lock_guard lock(state_mutex_);
    return state_;
  }

  Status Append(std::span<const std::string> events) override;
  Status AppendFrom(const EventLog& source, uint64_t to_seq,
                    const std::function<void(uint64_t, uint64_t)>& progress) override;
  Status EndCopying() override;
  void BeginToClose() override;
  Status EndSession() override;
  bool ended_in_order() const override { return ended_in_order_; }

  Result<StoredEvent> Get(uint64_t seq) const override;
  Status GetMany(const std::vector<uint64_t>& seqs, const std::function<void(EventView)>& visit) const override;
  Status Scan(uint64_t first, uint64_t last, const std::function<bool(EventView)>& visit) const override;
  Status ScanCommits(uint64_t first, uint64_t last,
                     const std::function<bool(EventView, bool last_of_commit)>& visit) const override;
  Result<uint64_t> SeqAt(Time time) const override;
  uint64_t DiskBytes() const override;
  bool IsBeingWritten() const override { return rows_->IsBeingWritten(); }
  Result<Hash> TreeNode(int level, uint64_t index) const override;
  Status LoadKey(const KeyChain& keys) override;
  Result<std::vector<KeptCheckpoint>> KeptCheckpoints() const override;
  Status KeepCheckpoint(uint64_t size, std::string_view note) override;

  using EventLog::Verify;
  Result<std::optional<Fault>> Verify(uint64_t first_seq, const std::function<void(uint64_t, uint64_t)>& progress,
                                      std::span<EventCheck* const> further) const override;
  const std::optional<Fault>& EndFault() const override { return end_fault_; }

 private:
  // kOpen: may write, and nothing was written yet. kBegun: that something may have been written is recorded. kEnding:
  // what ends the session is in the store.
  enum class Session { kNone, kOpen, kBegun, kEnding };

  FramedEventLog() = default;

  static bool Writes(Mode mode) { return mode == Mode::kWrite; }
  static Status MakeStore(const std::filesystem::path& directory, const LedgerIdentity& identity,
                          const StoreOptions& store);
  static Status WriteFormat(const std::filesystem::path& directory);
  // All of opening, but for what is told of it.
  Status OpenAs(const std::filesystem::path& directory, Mode mode, uint32_t format, const StoreOptions& store);
  Status OpenToWrite();
  Status RaiseFormat();
  // Opens for reading; the writer, if there is one, may replace files meanwhile.
  Status OpenBesideWriter(Mode mode);
  Result<std::optional<std::string>> ReadMetaRow(std::string_view key) const;
  Status ReadMeta();
  Status ReadSchemaUse();
  // Sessions.
  Status ReadEndRow();
  Status JudgeEnd(const Witnesses& witnesses);
  Result<bool> HasRoot(uint64_t size, const Hash& root) const;
  Result<std::optional<Fault>> HoldEventsAgainst(const EndRecord& end, const std::string& name) const;
  Result<std::optional<Fault>> HoldAgainst(const Witnesses& witnesses) const;
  Status RefuseEndFault() const;
  Status RefuseUnfinishedCopy();
  void WarnOfEnd() const;
  Status LookBeforeWriting(const Witnesses& witnesses) const;
  std::string EndBytesNow() const;
  EndRecord EndNow(bool ended) const;
  Status WriteEndFile(const EndRecord& end);
  Status BeginSession();
  Status BeginToEnd();
  Status CheckFrameCount() const;
  Error FirstMissingEvent() const;

  // Puts the bytes of the frame that the cursor is on to where its events are aligned.
  Result<FrameView> ReadFrame(const RowCursor& cursor, std::string* buffer) const;
  // The frame that holds the event. kNotFound if there is none.
  Result<KeptFrame> ReadFrameOf(uint64_t seq, RowCursor* cursor) const;
  // Visits the frames that hold events of first..last, ascending, until `visit` returns false.
  Status ForEachFrame(uint64_t first, uint64_t last, const std::function<bool(const FrameView&)>& visit) const;
  // Likewise; `visit` may move away the bytes that the frame is a view of, and keep the view as long as these.
  Status TakeFrames(uint64_t first, uint64_t last,
                    const std::function<bool(const FrameView&, std::string* bytes)>& visit) const;
  // Nothing if there is none, or not one as it should be.
  Result<std::optional<TreeRow>> ReadTreeRow(int tile_level, uint64_t index) const;
  // The hashes of `count` neighbours on a tile's level; on level 0 those of the events themselves.
  Result<std::vector<Hash>> ReadTreeHashes(int tile_level, uint64_t first, uint64_t count) const;
  // Returns what the tree of the first `size` events goes on from: its subtrees from rows, its marks from events.
  Result<MerkleFrontier> ReadFrontier(uint64_t size) const;
  Result<std::string> ReadMarks(uint64_t size) const;
  // Stages what comes behind the last event. The error of an earlier failure, after which nothing is written any more.
  Result<CommitStager> BeginToStage();
  CommitStager StagerHere() const;
  Status WriteStaged(StagedCommit staged);  // in one synced write
  Status CopyCheckpoints(const EventLog& source);
  void WriteCheckpointFiles(const std::vector<KeptCheckpoint>& checkpoints) const;
  // As KeepCheckpoint, all in one write.
  Status KeepCheckpoints(std::vector<KeptCheckpoint> checkpoints, const KeyChain& keys);
  Status RestoreCheckpointFiles();
  Result<std::vector<KeptCheckpoint>> CheckpointRows() const;
  Result<std::optional<Fault>> CheckTree(const LogState& state, const GrowingTree& tree,
                                         const std::optional<TreeRow>& first_difference) const;
  Result<uint64_t> StartOfCommit(uint64_t seq) const;
  Status FindDifference(std::vector<TreeRow> made, std::optional<TreeRow>* first_difference) const;
  Result<std::optional<Fault>> CheckCounts(const LogState& state) const;
  Result<uint64_t> TreeRowsThere() const;
  Status Write(const RowBatch& batch);
  static Error EarlierFailure();
  Error Damaged(std::string_view what) const;

  std::filesystem::path directory_;
  uint32_t format_version_ = kFormatVersion;
  StoreOptions store_;
  Mode mode_ = Mode::kRead;
  LedgerIdentity identity_;
  mutable std::mutex state_mutex_;
  LogState state_;                  // guarded by state_mutex_
  std::optional<uint64_t> frames_;  // how many frames there must be; unknown if the store was made without counting
  SchemaUse schema_use_;
  std::optional<std::string> marks_;  // of the newest events' leaves; once something is appended
  mutable FrameCache frame_cache_;
  std::unique_ptr<RowStore> rows_;
  std::optional<CheckpointSigner> signer_;
  bool failed_ = false;               // a write failed: nothing more is accepted
  std::optional<EndRecord> end_row_;  // of the last session that ended
  std::string end_bytes_;             // of DIRECTORY/END
  std::optional<Fault> end_fault_;
  bool ended_in_order_ = true;
  Session session_ = Session::kNone;
};

}  // namespace duebook
