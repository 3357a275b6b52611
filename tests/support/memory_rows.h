// The smallest engine that an event log can lie on: rows in memory, for as long as the object lives. It shows what an
// engine has to do, and lets tests change rows behind the log's back.

#pragma once

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "ledger/log/row_store.h"
#include "ledger/values/check.h"

namespace duebook {

// What a disk is to other engines. Outlives the stores that lie on it.
class MemoryRows {
 public:
  using Tables = std::array<std::map<std::string, std::string>, kRowTables>;

  RowEngine Engine();
  // For tests, while no store is open.
  std::map<std::string, std::string>& rows(RowTable table) { return tables_[static_cast<size_t>(table)]; }
  // How many rows of the log were read so far.
  uint64_t log_rows_read() const { return log_rows_read_; }

 private:
  class Store;
  class Cursor;

  std::mutex mutex_;
  Tables tables_;  // guarded by mutex_
  std::atomic<bool> is_being_written_ = false;
  std::atomic<uint64_t> log_rows_read_ = 0;
};

// Keeps a copy of the row that it is on, so that rows may be written meanwhile.
class MemoryRows::Cursor : public RowCursor {
 public:
  Cursor(const std::map<std::string, std::string>& rows, std::mutex& mutex, std::atomic<uint64_t>* rows_read)
      : rows_(rows), mutex_(mutex), rows_read_(rows_read) {}

  void Seek(std::string_view key) override {
    Take([&] { return rows_.lower_bound(std::string(key)); });
  }
  void SeekBack(std::string_view key) override {
    Take([&] {
      const auto after = rows_.upper_bound(std::string(key));
      return after == rows_.begin() ? rows_.end() : std::prev(after);
    });
  }
  void Next() override {
    Take([&] { return rows_.upper_bound(row_.first); });
  }
  bool valid() const override { return valid_; }
  std::string_view key() const override { return row_.first; }
  std::string_view value() const override { return row_.second; }
  Status status() const override { return Status(); }

 private:
  template <class Find>
  void Take(const Find& find) {
    const std::lock_guard lock(mutex_);
    const auto found = find();
    valid_ = found != rows_.end();
    if (valid_) row_ = *found;
    if (valid_ && rows_read_ != nullptr) ++*rows_read_;
  }

  const std::map<std::string, std::string>& rows_;
  std::mutex& mutex_;
  std::atomic<uint64_t>* const rows_read_;  // counts them; or null
  std::pair<std::string, std::string> row_;
  bool valid_ = false;
};

class MemoryRows::Store : public RowStore {
 public:
  explicit Store(MemoryRows& disk) : disk_(disk) {}
  ~Store() override { Close(); }

  Status Open(Access access) override {
    Close();
    writes_ = access != Access::kRead;
    if (writes_ && disk_.is_being_written_.exchange(true)) {
      writes_ = false;
      return Error{ErrorCode::kLocked, "the rows are being written", ""};
    }
    const std::lock_guard lock(disk_.mutex_);
    if (!writes_) seen_ = disk_.tables_;
    return Status();
  }
  void Close() override {
    if (std::exchange(writes_, false)) disk_.is_being_written_ = false;
  }

  Result<std::optional<std::string>> Get(RowTable table, std::string_view key) const override {
    const std::lock_guard lock(disk_.mutex_);
    const auto found = Rows(table).find(std::string(key));
    if (table == RowTable::kLog) ++disk_.log_rows_read_;
    return found == Rows(table).end() ? std::nullopt : std::optional(found->second);
  }
  std::unique_ptr<RowCursor> Scan(RowTable table, bool /*whole_scan*/) const override {
    return std::make_unique<Cursor>(Rows(table), disk_.mutex_,
                                    table == RowTable::kLog ? &disk_.log_rows_read_ : nullptr);
  }
  Result<uint64_t> Count(RowTable table) const override {
    const std::lock_guard lock(disk_.mutex_);
    return Rows(table).size();
  }
  Status Write(const RowBatch& batch) override {
    CHECK(writes_);
    const std::lock_guard lock(disk_.mutex_);
    for (const RowBatch::Change& change : batch.changes()) {
      if (!change.value.has_value()) disk_.rows(change.table).erase(change.key);
      if (change.value.has_value()) disk_.rows(change.table)[change.key] = *change.value;
    }
    return Status();
  }
  Status BeginToEnd(const RowBatch& last) override { return Write(last); }
  Status End() override { return Status(); }
  bool IsBeingWritten() const override { return disk_.is_being_written_; }

 private:
  const std::map<std::string, std::string>& Rows(RowTable table) const {
    return (writes_ ? disk_.tables_ : seen_)[static_cast<size_t>(table)];
  }

  MemoryRows& disk_;
  bool writes_ = false;
  Tables seen_;  // by a reader, when it opened
};

inline RowEngine MemoryRows::Engine() {
  return [this](const std::filesystem::path&) -> Result<std::unique_ptr<RowStore>> {
    return std::unique_ptr<RowStore>(std::make_unique<Store>(*this));
  };
}

}  // namespace duebook
