// Where the rows of an event log lie: the seam between the framed log (framed/), which makes rows of events and events
// of rows, and the engines that keep rows (rocksdb/). The README of the ledger says how to add an engine.
//
// A row is a key with a value, both any bytes, in one of a few tables. In a table a key is there once, and keys are in
// the order of their bytes, taken as unsigned; a key that is the beginning of another comes before it. What rows mean
// is none of an engine's business: that is described in framed/layout.h.
//
// An engine is made for the folder of one ledger. What it keeps of the rows on this machine lies in the folder
// kStoreFolder in there, which the framed log makes, and removes if making the ledger fails. FORMAT, END, the key, kept
// checkpoints and folds are plain files in the ledger's folder, whatever the engine.
//
// Errors: kDamaged, if what is read is not what was written, as far as the engine can tell; kUnavailable, if reading or
// writing failed. Sentences name the ledger's folder. After a failed Write, BeginToEnd or End nothing more is written.
//
// Threads: one thread at a time opens, writes, ends and closes; any number read meanwhile, save while it is opened or
// closed.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/values/result.h"

namespace duebook {

inline constexpr const char* kStoreFolder = "store";

enum class RowTable : uint8_t {
  kMeta,  // a few dozen rows, some of which every write replaces
  kLog,   // a row for up to 128 events, of some 10 KB; a key is put once and stays
  kTree,  // a row for every 256 events, of some 500 bytes; looked up one by one, always by keys that are there
};
inline constexpr size_t kRowTables = 3;

// Changes that are written together. Of two changes of one key the later one counts.
class RowBatch {
 public:
  struct Change {
    RowTable table;
    std::string key;
    std::optional<std::string> value;  // nothing: the row is deleted
  };

  void Put(RowTable table, std::string key, std::string value) {
    bytes_ += key.size() + value.size();
    changes_.push_back({table, std::move(key), std::move(value)});
  }
  void Delete(RowTable table, std::string key) {
    bytes_ += key.size();
    changes_.push_back({table, std::move(key), std::nullopt});
  }

  const std::vector<Change>& changes() const { return changes_; }
  // The bytes of all keys and values.
  size_t bytes() const { return bytes_; }

 private:
  std::vector<Change> changes_;
  size_t bytes_ = 0;
};

// A place in a table: on one of its rows, or on none. It sees at least what was written before it was made. One thread
// at a time; its store outlives it and stays open as long.
class RowCursor {
 public:
  virtual ~RowCursor() = default;

  // Moves to the first row whose key is `key` or comes after it.
  virtual void Seek(std::string_view key) = 0;
  // Moves to the last row whose key is `key` or comes before it.
  virtual void SeekBack(std::string_view key) = 0;
  // Moves to the next row. Requires valid().
  virtual void Next() = 0;

  // Returns whether the cursor is on a row. If it is not, there is none, or status() says why it could not be read.
  virtual bool valid() const = 0;
  // Valid until the cursor moves. Requires valid().
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual Status status() const = 0;
};

class RowStore {
 public:
  enum class Access {
    kCreate,  // to write, where there is no store yet: all tables are empty
    kRead,    // as it is at this moment, for as long as it is open; another process may write meanwhile
    kWrite,   // as the only one: kLocked if another store, of this process or another, is open to write
  };

  // Closes.
  virtual ~RowStore() = default;

  // A store that was closed, or could not be opened, can be opened again.
  virtual Status Open(Access access) = 0;
  // Does nothing if it is closed. What was written stays.
  virtual void Close() = 0;

  // --- the rest requires an open store, save where it says otherwise ---

  // The value of a row; nothing if it is not there. Cost: one look-up.
  virtual Result<std::optional<std::string>> Get(RowTable table, std::string_view key) const = 0;
  // A cursor on no row. `whole_scan`: most rows of the table will be read, in order, and seldom again.
  virtual std::unique_ptr<RowCursor> Scan(RowTable table, bool whole_scan) const = 0;
  // How many rows a table has of which each was put once and none deleted. The cost must not grow with them: the log
  // asks at every opening, to see that none was lost that the engine would not miss. An engine that cannot lose single
  // rows may take the number from where it keeps it.
  virtual Result<uint64_t> Count(RowTable table) const = 0;

  // Makes all changes or, whatever happens, none. When it returns they are durable. Requires access to write.
  virtual Status Write(const RowBatch& batch) = 0;

  // The last that is written before it is closed. BeginToEnd writes the changes, and begins to bring everything to
  // where it lies for good, without waiting for that; nobody relies on the changes yet. End waits until all is durable
  // there. Required: access to write, and nothing is written in between; afterwards it may be written to again.
  virtual Status BeginToEnd(const RowBatch& last) = 0;
  virtual Status End() = 0;

  // Reads all bytes that the engine keeps, and holds them against the checksums that it keeps beside them: also those
  // from which no row is read. An engine that has no checksums has nothing to do.
  virtual Status CheckBytes() const { return Status(); }

  // --- also of a closed store ---

  // A line of text that tells the state of the store's files after End: as long as it is the same, opening to write
  // loses nothing that a look as a reader would have missed. "" if there is none: then whoever is to write always looks
  // as a reader first.
  virtual std::string Fingerprint() const { return ""; }
  // Returns whether a store is open to write at this moment, this one or another, of this process or another.
  virtual bool IsBeingWritten() const = 0;

  // For engines whose readers may open while a writer moves rows about. Of the last Open(kRead), whether it succeeded
  // or not: whether nothing was moved since it began, so that what was found, or found to be damaged, is what is there;
  // and whether what it shows was all that was durable when it began.
  virtual bool UnmovedSinceOpening() const { return true; }
  virtual bool SawAllOnOpening() const { return true; }
};

// Makes the store, closed, of the ledger in a folder. kDamaged: what is there could not even be looked at.
using RowEngine = std::function<Result<std::unique_ptr<RowStore>>(const std::filesystem::path& ledger)>;

}  // namespace duebook
