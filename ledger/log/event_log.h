// The event log: an append-only sequence of events. Its bytes are described in framed/layout.h; on what they lie, an
// engine decides (row_store.h). Of receivables it knows how many customers there are, what its index is asked for, and
// at which events a checkpoint is kept.
//
// One process writes (Mode::kWrite holds the store's lock); any number of others read at the same time, each on the
// state at which it opened. An EventLog opened for reading may be used by many threads; one opened for writing takes
// Append from one thread at a time, and reads from many.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/event/clock_spans.h"
#include "ledger/event/event.h"
#include "ledger/log/row_store.h"
#include "ledger/proof/ledger_identity.h"
#include "ledger/proof/merkle_tree.h"
#include "ledger/values/result.h"

namespace duebook {

class EventCheck;
class EventIndex;
class KeyChain;

// Events of a frame at most: a point question reads and decompresses whole frames.
inline constexpr uint32_t kEventsPerFrame = 128;
inline constexpr uint32_t kFormatVersion = 4;
// The first format with a record of where sessions ended, to which the ledger's identity is bound.
inline constexpr uint32_t kFirstFormatWithEnd = 3;

// Keys of the index (event_index.h), by which events are found again. Opaque to callers.
std::string CustomerKey(std::string_view customer);
std::string DocumentKey(DocumentKind kind, std::string_view number);
std::string TypeKey(EventType type);

// Figures of the store as a whole, at no cost.
struct LogState {
  uint64_t last_seq = 0;  // 0: no event yet
  Time last_recorded_at;
  Time first_recorded_at;
  Date first_date;  // smallest and largest effective date; meaningless without events
  Date last_date;
  uint64_t customers = 0;  // events of type CustomerOpened
  MerkleFrontier tree;
};

// On what a log lies.
struct StoreOptions {
  RowEngine engine;                // what keeps its rows; empty: RocksDB, as is best for real ledgers
  std::filesystem::path key_file;  // the ledger's private key, if it is kept elsewhere than in the ledger's folder
};

// Where the private key of a ledger is looked for. Where that is a link, the file to which it leads, so that another
// key comes there and not in place of the link.
std::filesystem::path KeyFileOf(const std::filesystem::path& directory, const StoreOptions& store);

// A checkpoint that the ledger keeps of itself: of the events up to the close of a period, or of a moment when somebody
// asked for it.
struct KeptCheckpoint {
  uint64_t size = 0;  // events that it should speak of
  std::string note;   // the bytes as kept, unchecked; see checkpoint.h
  std::string file;   // where it lies
};

class EventLog {
 public:
  enum class Mode {
    kRead,
    kWrite,
    kVerify,  // as kRead, and also opens a log that is not what it was, for Verify to tell
  };

  // Makes a new, empty log, and a key for it unless the identity names one, whose private half then lies elsewhere.
  // kAlreadyExists unless `directory` is absent or an empty folder.
  static Status Create(const std::filesystem::path& directory, const LedgerIdentity& identity,
                       const StoreOptions& store = {});
  // kNotFound: no ledger there. kLocked: kWrite while another process writes. kNewerFormat, kUnavailable. kDamaged,
  // also if events are missing: by what the store says of itself, or by what lies beside it and was made of more of
  // them (the record of the end, kept checkpoints, folds). Warns if the last session that wrote did not end in order.
  static Result<std::unique_ptr<EventLog>> Open(const std::filesystem::path& directory, Mode mode,
                                                const StoreOptions& store = {});
  virtual ~EventLog();

  virtual const LedgerIdentity& identity() const = 0;
  virtual const std::filesystem::path& directory() const = 0;
  // Returns the version of the form of its bytes, from 1 to kFormatVersion.
  virtual uint32_t format_version() const = 0;
  // Returns that of the last commit: a copy, so that threads may read while another appends.
  virtual LogState state() const = 0;
  uint64_t last_seq() const { return state().last_seq; }

  // Appends one commit atomically and syncs it; when it returns, the commit is durable: all of it, or none. The events
  // have their final bytes: seq contiguous, starting at last_seq() + 1; one recorded_at, not before that of the last
  // commit. After a failure nothing further is accepted until the log is opened again.
  virtual Status Append(std::span<const std::string> events) = 0;

  // Appends the events of `source` after last_seq() up to `to_seq` as they are: same bytes, same commits (the last one
  // in part, if it goes on after `to_seq`), many of them in one synced write. Then copies the source's kept checkpoints
  // of what is there. Requires a copy (identity().is_copy) whose events are the source's first ones. Whatever stops it,
  // the next call goes on. kDamaged: the source cannot be read. Memory: a few megabytes, or the largest commit.
  virtual Status AppendFrom(const EventLog& source, uint64_t to_seq,
                            const std::function<void(uint64_t, uint64_t)>& progress) = 0;
  // From now on it is a ledger of its own. Requires a copy.
  virtual Status EndCopying() = 0;

  // Nothing more is appended: what ending has to do begins beside what else there is to do before it.
  virtual void BeginToClose() = 0;
  // Ends a session that wrote, in order: everything goes to where the engine keeps it for good, and where the
  // log ends is recorded (framed/end_record.h). Without it the same happens when the log is closed, and a failure is a
  // warning: nothing that was acknowledged is lost by it, but the next to open is told that the session did not end in
  // order.
  virtual Status EndSession() = 0;
  // Returns whether the last session that wrote ended in order, or is still going on. If not, the log may lack events
  // that were acknowledged and whose bytes were damaged since: nobody can tell these from a write that was cut off.
  // Until the next session that writes.
  virtual bool ended_in_order() const = 0;

  // The event with this seq. kNotFound unless 1 <= seq <= last_seq().
  virtual Result<StoredEvent> Get(uint64_t seq) const = 0;
  // The events with these seqs (ascending), each frame read once. Views are valid during the call only.
  virtual Status GetMany(const std::vector<uint64_t>& seqs, const std::function<void(EventView)>& visit) const = 0;
  // Events from first to last in order of seq, ends included and clipped to the log; stops when `visit` returns false.
  virtual Status Scan(uint64_t first, uint64_t last, const std::function<bool(EventView)>& visit) const = 0;
  // The same, telling of each event whether its commit ends with it. kDamaged if bytes are not those of an event.
  virtual Status ScanCommits(uint64_t first, uint64_t last,
                             const std::function<bool(EventView, bool last_of_commit)>& visit) const = 0;
  // seqs under an index key, ascending. By the folds that are beside the log (event_index.h), and by reading what is
  // behind them.
  Result<std::vector<uint64_t>> Find(std::string_view key) const;
  // The same for the events of one type that are few, each of which is read: kDamaged also if the index names one of
  // another type.
  Result<std::vector<uint64_t>> FindOfType(EventType type) const;
  // seq of the event with this id; of the event that introduces a customer or document. Likewise.
  Result<std::optional<uint64_t>> FindEventId(std::string_view id) const;
  Result<std::optional<uint64_t>> FindIntroducing(std::string_view key) const;
  // The events whose clock was behind the time that they carry. Likewise.
  Result<ClockSpans> FindClockSpans() const;
  // Up to which event the folds of the index reach, by which these are answered without reading the whole log. 0 if
  // that is not worth it: nearly all would be read.
  Result<uint64_t> IndexReach() const;
  // The last event recorded at or before `time`; 0 if none.
  virtual Result<uint64_t> SeqAt(Time time) const = 0;

  // The hash of the complete subtree over the events index * 2^level + 1 to (index + 1) * 2^level; see merkle_proof.h.
  // kNotFound unless all of them are there.
  virtual Result<Hash> TreeNode(int level, uint64_t index) const = 0;

  // From now on checkpoints are signed by the private half of the present key of this chain, all keys of the log, if it
  // is at hand, and by each that is put in its place (kWrite). Without it events are appended all the same. kDamaged:
  // the file of the key holds none, or another ledger's.
  virtual Status LoadKey(const KeyChain& keys) = 0;

  // Checkpoints kept in the store and, once more, as files beside it; by size. When a period is closed one is signed
  // and kept with the event's own commit, if the private key was loaded.
  virtual Result<std::vector<KeptCheckpoint>> KeptCheckpoints() const = 0;
  // Keeps one (kWrite). Requires a signed checkpoint of that size. kDamaged: one is kept already that says something
  // else or is not signed as it must be; it is left as it is.
  virtual Status KeepCheckpoint(uint64_t size, std::string_view note) = 0;

  // Returns whether some process is writing to the log at this moment, this one or another.
  virtual bool IsBeingWritten() const = 0;

  // Bytes on disk.
  virtual uint64_t DiskBytes() const = 0;

  // --- care ---
  struct Fault {
    uint64_t seq = 0;  // the first bad event; 0 if no single event is to blame
    std::string file;  // if known
    std::string sentence;
  };
  // Reads every byte again: block checksums, frames contiguous, event buffers well-formed, times not going
  // backwards, tree equal to the stored one; opened by kVerify also what EndFault tells. The first fault, or nothing.
  // With `first_seq` above 1 only from the commit of that event on: what is before is taken as it is. `progress(done,
  // total)` in events.
  //
  // `further` see the events in the same pass, as long as their bytes are right; whatever they find is for the caller
  // to ask them. They are followed one after the other: none sees an event that those before it have not seen. Requires
  // first_seq == 1 if there are any.
  //
  // The calling thread reads and looks at bytes; hashing and each of `further` have a thread of their own. Memory: a
  // few megabytes beside theirs.
  virtual Result<std::optional<Fault>> Verify(uint64_t first_seq,
                                              const std::function<void(uint64_t, uint64_t)>& progress,
                                              std::span<EventCheck* const> further) const = 0;
  Result<std::optional<Fault>> Verify(uint64_t first_seq,
                                      const std::function<void(uint64_t, uint64_t)>& progress) const {
    return Verify(first_seq, progress, {});
  }
  // Returns why only kVerify can open this log (events are missing, or its identity was changed); or, in any mode, that
  // the record of the end is missing or damaged.
  virtual const std::optional<Fault>& EndFault() const = 0;

 protected:
  EventLog();

 private:
  mutable std::mutex index_mutex_;  // guards what follows
  const std::unique_ptr<EventIndex> index_;
};

}  // namespace duebook
