// Rows in a RocksDB database. Column families: "default" for kMeta, "log", "tree".
//
// One class in several files, by what it does: rocks_rows.cc (rows), open.cc, beside_writer.cc (what changes while a
// reader opens), recover.cc (what RocksDB would pass over), writer_lock.cc (who writes).

#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/rocksdb/rocks_engine.h"
#include "ledger/log/row_store.h"

namespace duebook {

class RocksRows : public RowStore {
 public:
  RocksRows(const std::filesystem::path& ledger, RocksOptions options);
  ~RocksRows() override;
  RocksRows(const RocksRows&) = delete;
  RocksRows& operator=(const RocksRows&) = delete;

  // kDamaged if something in the store's folder is no file: RocksDB would wait for ever for what a pipe may give.
  Status CheckFilesAreFiles() const;

  Status Open(Access access) override;
  void Close() override;

  Result<std::optional<std::string>> Get(RowTable table, std::string_view key) const override;
  std::unique_ptr<RowCursor> Scan(RowTable table, bool whole_scan) const override;
  Result<uint64_t> Count(RowTable table) const override;
  Status Write(const RowBatch& batch) override;
  Status BeginToEnd(const RowBatch& last) override;
  Status End() override;
  Status CheckBytes() const override;

  // The MANIFEST's name, bytes and SHA-256: it is RocksDB's list of its files.
  std::string Fingerprint() const override;
  bool IsBeingWritten() const override;
  bool UnmovedSinceOpening() const override;
  bool SawAllOnOpening() const override;

  // The error that RocksDB's status is, where `doing` something with the ledger failed.
  Error ErrorOf(const rocksdb::Status& status, std::string_view doing) const;

 private:
  rocksdb::Env* Env() const { return options_.env != nullptr ? options_.env : rocksdb::Env::Default(); }
  rocksdb::DBOptions DatabaseOptions() const;
  std::vector<rocksdb::ColumnFamilyDescriptor> Descriptors() const;
  rocksdb::ColumnFamilyHandle* Family(RowTable table) const { return families_[static_cast<size_t>(table)]; }

  Status MakeDatabase();
  Status OpenDatabase(Access access);
  void CloseDatabase();
  void Take(rocksdb::DB* database, const std::vector<rocksdb::ColumnFamilyHandle*>& handles);
  // OpenAsWriter opens the database for writing and remembers that this process holds RocksDB's lock; CloseAsWriter
  // closes it and forgets that.
  Status OpenAsWriter(Access access);
  void CloseAsWriter();

  std::string ManifestNow() const;
  std::vector<std::string> WriteAheadLogs() const;
  // How to recover. kDamaged if RocksDB would pass over damage in silence.
  Result<rocksdb::WALRecoveryMode> CheckBeforeRecovery() const;

  rocksdb::Status WriteChanges(const RowBatch& batch, bool sync);
  rocksdb::Status Flush(bool wait);
  Error OpenErrorOf(const rocksdb::Status& status) const;
  Error Damaged(std::string_view what) const;

  const std::filesystem::path ledger_;
  const std::filesystem::path folder_;  // of the database
  const RocksOptions options_;
  bool writes_ = false;
  // Before the database was opened for reading.
  std::string manifest_;
  std::vector<std::string> logs_;
  std::unique_ptr<rocksdb::DB> database_;
  std::array<rocksdb::ColumnFamilyHandle*, kRowTables> families_{};  // owned; destroyed before the database
};

}  // namespace duebook
