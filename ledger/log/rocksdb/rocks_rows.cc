#include "ledger/log/rocksdb/rocks_rows.h"

#include <rocksdb/sst_file_reader.h>
#include <rocksdb/write_batch.h>
#include <spdlog/spdlog.h>

#include <optional>
#include <utility>

namespace duebook {

namespace {

// The bytes that one change takes beside its key and value.
constexpr size_t kBytesOfAChange = 16;

rocksdb::Slice SliceOf(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

class RocksCursor : public RowCursor {
 public:
  RocksCursor(const RocksRows& rows, std::unique_ptr<rocksdb::Iterator> iterator)
      : rows_(rows), iterator_(std::move(iterator)) {}

  void Seek(std::string_view key) override { iterator_->Seek(SliceOf(key)); }
  void SeekBack(std::string_view key) override { iterator_->SeekForPrev(SliceOf(key)); }
  void Next() override { iterator_->Next(); }
  bool valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return ViewOf(iterator_->key()); }
  std::string_view value() const override { return ViewOf(iterator_->value()); }
  Status status() const override {
    const rocksdb::Status status = iterator_->status();
    return status.ok() ? Status() : Status(rows_.ErrorOf(status, "read"));
  }

 private:
  const RocksRows& rows_;
  const std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace

Result<std::optional<std::string>> RocksRows::Get(RowTable table, std::string_view key) const {
  std::string value;
  const rocksdb::Status status = database_->Get({}, Family(table), SliceOf(key), &value);
  if (status.ok()) return std::optional(std::move(value));
  if (status.IsNotFound()) return std::optional<std::string>();
  return ErrorOf(status, "read");
}

std::unique_ptr<RowCursor> RocksRows::Scan(RowTable table, bool whole_scan) const {
  rocksdb::ReadOptions options;
  if (whole_scan) {
    options.readahead_size = size_t{2} << 20;
    options.fill_cache = false;
  }
  return std::make_unique<RocksCursor>(
      *this, std::unique_ptr<rocksdb::Iterator>(database_->NewIterator(options, Family(table))));
}

// RocksDB does not notice that a whole write-ahead log is gone from between what is in tables and the next one, as in a
// folder whose files were copied one by one while it was written to. The figures of the tables are in memory, so this
// costs nothing that grows with the rows.
Result<uint64_t> RocksRows::Count(RowTable table) const {
  uint64_t there = 0;
  for (const char* property : {"rocksdb.num-entries-active-mem-table", "rocksdb.num-entries-imm-mem-tables"}) {
    uint64_t entries = 0;
    if (!database_->GetIntProperty(Family(table), property, &entries)) return Damaged("its rows cannot be counted");
    there += entries;
  }
  rocksdb::TablePropertiesCollection tables;
  const rocksdb::Status status = database_->GetPropertiesOfAllTables(Family(table), &tables);
  if (!status.ok()) return ErrorOf(status, "read");
  for (const auto& [file, properties] : tables) there += properties->num_entries;
  return there;
}

rocksdb::Status RocksRows::WriteChanges(const RowBatch& batch, bool sync) {
  rocksdb::WriteBatch changes(batch.bytes() + batch.changes().size() * kBytesOfAChange);
  for (const RowBatch::Change& change : batch.changes()) {
    if (change.value.has_value()) {
      changes.Put(Family(change.table), change.key, *change.value);
    } else {
      changes.Delete(Family(change.table), change.key);
    }
  }
  rocksdb::WriteOptions options;
  options.sync = sync;
  return database_->Write(options, &changes);
}

Status RocksRows::Write(const RowBatch& batch) {
  const rocksdb::Status status = WriteChanges(batch, /*sync=*/true);
  if (status.ok()) return Status();
  spdlog::error("a commit failed: {}", status.ToString());
  return ErrorOf(status, "write to");
}

rocksdb::Status RocksRows::Flush(bool wait) {
  rocksdb::FlushOptions options;
  options.wait = wait;
  options.allow_write_stall = true;  // nobody writes any more
  return database_->Flush(options, {families_.begin(), families_.end()});
}

// Not synced: the tables into which it goes are.
Status RocksRows::BeginToEnd(const RowBatch& last) {
  rocksdb::Status status = WriteChanges(last, /*sync=*/false);
  if (status.ok()) status = Flush(/*wait=*/false);
  return status.ok() ? Status() : Status(ErrorOf(status, "end the session of"));
}

Status RocksRows::End() {
  if (options_.work) options_.work();
  const rocksdb::Status status = Flush(/*wait=*/true);
  return status.ok() ? Status() : Status(ErrorOf(status, "end the session of"));
}

// Reads every block of every table: filters are read by nothing else.
Status RocksRows::CheckBytes() const {
  std::vector<rocksdb::LiveFileMetaData> tables;
  database_->GetLiveFilesMetaData(&tables);
  for (const rocksdb::LiveFileMetaData& table : tables) {
    rocksdb::SstFileReader reader(rocksdb::Options(DatabaseOptions(), rocksdb::ColumnFamilyOptions()));
    rocksdb::Status status = reader.Open(table.db_path + table.name);
    // The table is gone because the writer beside this reader has merged it with others, and has read it for that.
    if (status.IsPathNotFound() && !writes_ && ManifestNow() != manifest_) continue;
    if (status.ok()) status = reader.VerifyChecksum();
    if (!status.ok()) return ErrorOf(status, "read");
  }
  return Status();
}

}  // namespace duebook
