// The event log on RocksDB: see layout.h for the bytes, ../event_log.h for the contract.
//
// One class in several files, by what it does: create.cc, open.cc, open_for_reading.cc, recover.cc, session.cc,
// append.cc, copy.cc, checkpoints.cc, read.cc, tree.cc, verify.cc.

#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event/schema_use.h"
#include "ledger/log/event_log.h"
#include "ledger/log/store/end_record.h"
#include "ledger/log/store/frame.h"
#include "ledger/log/store/frame_cache.h"
#include "ledger/log/store/tile.h"
#include "ledger/log/store/witnesses.h"
#include "ledger/proof/key_chain.h"
#include "ledger/proof/signing_key.h"

namespace duebook {

class RocksEventLog : public EventLog {
 public:
  static Status CreateStore(const std::filesystem::path& directory, const LedgerIdentity& identity,
                            const StoreOptions& store);
  static Result<std::unique_ptr<EventLog>> OpenStore(const std::filesystem::path& directory, Mode mode,
                                                     const StoreOptions& store);
  ~RocksEventLog() override;

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
  bool IsBeingWritten() const override;
  Result<Hash> TreeNode(int level, uint64_t index) const override;
  Status LoadKey(const KeyChain& keys) override;
  Result<std::vector<KeptCheckpoint>> KeptCheckpoints() const override;
  Status KeepCheckpoint(uint64_t size, std::string_view note) override;

  using EventLog::Verify;
  Result<std::optional<Fault>> Verify(uint64_t first_seq, const std::function<void(uint64_t, uint64_t)>& progress,
                                      std::span<EventCheck* const> further) const override;
  const std::optional<Fault>& EndFault() const override { return end_fault_; }

 private:
  enum Family : size_t { kMeta, kLog, kTree, kFamilies };
  // kOpen: may write, and nothing was written yet. kBegun: that something may have been written is recorded. kEnding:
  // what ends the session is in the store.
  enum class Session { kNone, kOpen, kBegun, kEnding };

  RocksEventLog() = default;

  static bool Writes(Mode mode) { return mode == Mode::kWrite; }
  rocksdb::Env* Env() const { return store_.env != nullptr ? store_.env : rocksdb::Env::Default(); }
  rocksdb::DBOptions DatabaseOptions() const;
  std::vector<rocksdb::ColumnFamilyDescriptor> Descriptors() const;
  static Status MakeStore(const std::filesystem::path& directory, const LedgerIdentity& identity,
                          const StoreOptions& store);
  static Status WriteFormat(const std::filesystem::path& directory);
  // All of opening, but for what is told of it.
  Status OpenAs(const std::filesystem::path& directory, Mode mode, uint32_t format, const StoreOptions& store);
  Status OpenToWrite();
  Status RaiseFormat();
  Status OpenDatabase(Mode mode);
  Status CheckFilesAreFiles() const;
  void CloseDatabase();
  // OpenAsWriter opens the database for writing and remembers that this process holds RocksDB's lock; CloseAsWriter
  // closes it and forgets that.
  Status OpenAsWriter();
  void CloseAsWriter();
  // Opens for reading; the writer, if there is one, may replace files meanwhile.
  Status OpenBesideWriter(Mode mode);
  std::string ManifestNow() const;
  // How to recover. kDamaged if RocksDB would pass over damage in silence.
  Result<rocksdb::WALRecoveryMode> CheckBeforeRecovery() const;
  std::vector<std::string> WriteAheadLogs() const;
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
  std::string ManifestSum() const;
  std::string EndBytesNow() const;
  EndRecord EndNow(bool ended) const;
  Status WriteEndFile(const EndRecord& end);
  Status BeginSession();
  Status BeginToEnd();
  rocksdb::Status Flush(bool wait);
  Status CheckFrameCount() const;
  Error FirstMissingEvent() const;

  // Puts a frame's bytes to where its events are aligned.
  Result<FrameView> ReadFrame(const rocksdb::Slice& key, const rocksdb::Slice& value, std::string* buffer) const;
  // The frame that holds the event. kNotFound if there is none.
  Result<KeptFrame> ReadFrameOf(uint64_t seq, rocksdb::Iterator* iterator) const;
  // Visits the frames that hold events of first..last, ascending, until `visit` returns false.
  Status ForEachFrame(uint64_t first, uint64_t last, const std::function<bool(const FrameView&)>& visit) const;
  // Likewise; `visit` may move away the bytes that the frame is a view of, and keep the view as long as these.
  Status TakeFrames(uint64_t first, uint64_t last,
                    const std::function<bool(const FrameView&, std::string* bytes)>& visit) const;
  std::unique_ptr<rocksdb::Iterator> NewIterator(Family family, bool whole_scan) const;
  // Nothing if there is none, or not one as it should be.
  Result<std::optional<TreeRow>> ReadTreeRow(int tile_level, uint64_t index) const;
  // The hashes of `count` neighbours on a tile's level; on level 0 those of the events themselves.
  Result<std::vector<Hash>> ReadTreeHashes(int tile_level, uint64_t first, uint64_t count) const;
  // What the tree of the first `size` events goes on from: its subtrees from rows, its marks from events.
  Result<MerkleFrontier> ReadFrontier(uint64_t size) const;
  Result<std::string> ReadMarks(uint64_t size) const;
  // Commits on their way into the store.
  struct Staged {
    Staged(LogState state_before, std::optional<uint64_t> frames_before, SchemaUse use_before)
        : state(std::move(state_before)), frames(frames_before), schema_use(std::move(use_before)) {}
    rocksdb::WriteBatch batch;
    LogState state;                  // after them, but for the tree
    std::optional<uint64_t> frames;  // likewise
    SchemaUse schema_use;            // likewise
    bool uses_more_schema = false;   // than what is stored
  };
  Status PrepareToAppend();
  void Stage(std::span<const std::string> commit, Staged* staged);
  Status WriteStaged(Staged staged);  // all in one synced write
  Status CopyCheckpoints(const EventLog& source);
  void AddTreeRows(rocksdb::WriteBatch* batch);
  void ChangeKey(EventView change, rocksdb::WriteBatch* batch);
  void AddCheckpoint(uint64_t size, rocksdb::WriteBatch* batch);
  void WriteCheckpointFiles();
  // As KeepCheckpoint, all in one write.
  Status KeepCheckpoints(std::vector<KeptCheckpoint> checkpoints, const KeyChain& keys);
  Status RestoreCheckpointFiles();
  Result<std::vector<KeptCheckpoint>> CheckpointRows() const;
  Result<std::optional<Fault>> CheckTree(const LogState& state, const GrowingTree& tree,
                                         const std::optional<TreeRow>& first_difference) const;
  Result<uint64_t> StartOfCommit(uint64_t seq) const;
  Status FindDifference(std::vector<TreeRow> made, std::optional<TreeRow>* first_difference) const;
  Result<std::optional<Fault>> CheckCounts(const LogState& state) const;
  Result<uint64_t> CountRows(Family family) const;
  Status CheckTables() const;
  Status Write(rocksdb::WriteBatch* batch);
  Error ErrorOf(const rocksdb::Status& status, std::string_view doing) const;
  static Error EarlierFailure();
  Error OpenErrorOf(const rocksdb::Status& status) const;
  Error Damaged(std::string what) const;

  std::filesystem::path directory_;
  uint32_t format_version_ = kFormatVersion;
  StoreOptions store_;
  Mode mode_ = Mode::kRead;
  std::string manifest_;  // ManifestNow when it was opened beside a writer
  LedgerIdentity identity_;
  mutable std::mutex state_mutex_;
  LogState state_;                  // guarded by state_mutex_
  std::optional<uint64_t> frames_;  // how many frames there must be; unknown if the store was made without counting
  SchemaUse schema_use_;
  mutable FrameCache frame_cache_;
  std::unique_ptr<rocksdb::DB> database_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilies> families_{};  // owned; destroyed before the database
  std::optional<GrowingTree> tree_;                                 // once something is appended
  std::optional<KeyChain> keys_;                                    // once LoadKey was called
  std::optional<SigningKey> key_;                                   // the present one of them, if at hand
  std::vector<KeptCheckpoint> unwritten_checkpoints_;               // in the store, but not yet beside it
  bool failed_ = false;                                             // a write failed: nothing more is accepted
  std::optional<EndRecord> end_row_;                                // of the last session that ended
  std::string end_bytes_;                                           // of DIRECTORY/END
  std::optional<Fault> end_fault_;
  bool ended_in_order_ = true;
  Session session_ = Session::kNone;
};

}  // namespace duebook
