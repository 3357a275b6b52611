// Opening RocksDB.

#include <fmt/core.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <system_error>

#include "ledger/log/damaged_log.h"
#include "ledger/log/rocksdb/info_log.h"
#include "ledger/log/rocksdb/rocks_rows.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

constexpr size_t kMegabyte = size_t{1} << 20;

// A reader has to replay what the writer has not yet flushed: this bounds how long that takes.
constexpr size_t kMaxWalBytes = 64 * kMegabyte;

// Tables are kept open, which is fastest; where the process may open few files only as many as leave some for all else.
int MaxOpenTables() {
  constexpr rlim_t kPlenty = 4096;
  constexpr rlim_t kOthers = 32;
  constexpr rlim_t kFewest = 20;  // RocksDB takes no less
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kPlenty) return -1;
  return static_cast<int>(std::max(kFewest + kOthers, limit.rlim_cur) - kOthers);
}

rocksdb::ColumnFamilyOptions FamilyOptions(const std::shared_ptr<rocksdb::Cache>& cache, size_t write_buffer,
                                           bool point_lookups) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  // Opening reads the top of each table's index only, and a question the part that it needs.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  if (point_lookups) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.optimize_filters_for_memory = true;
  }
  rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compression = rocksdb::kZSTD;
  options.compression_opts.level = 1;  // a third of the time of level 3, for a twentieth more bytes
  options.write_buffer_size = write_buffer;
  options.max_write_buffer_number = 3;
  options.level0_file_num_compaction_trigger = 8;  // rewrites less while much comes in; reads pass a filter for each
  options.level_compaction_dynamic_level_bytes = true;
  if (point_lookups) {
    // Most lookups are for what is not there yet (is this event id new?): they should end in memory.
    options.memtable_prefix_bloom_size_ratio = 0.05;
    options.memtable_whole_key_filtering = true;
  }
  return options;
}

}  // namespace

RocksRows::RocksRows(const std::filesystem::path& ledger, RocksOptions options)
    : ledger_(ledger), folder_(ledger / kStoreFolder), options_(std::move(options)) {}

RocksRows::~RocksRows() { Close(); }

RowEngine RocksEngine(RocksOptions options) {
  return [options = std::move(options)](const std::filesystem::path& ledger) -> Result<std::unique_ptr<RowStore>> {
    auto rows = std::make_unique<RocksRows>(ledger, options);
    RETURN_IF_ERROR(rows->CheckFilesAreFiles());
    return std::unique_ptr<RowStore>(std::move(rows));
  };
}

rocksdb::DBOptions RocksRows::DatabaseOptions() const {
  rocksdb::DBOptions options;
  if (options_.env != nullptr) {
    options.env = options_.env;
  }
  // Starting a thread takes longer than opening a file; and so everything comes in an order that can be repeated.
  options.max_file_opening_threads = 1;
  options.max_background_jobs = 2;
  options.max_total_wal_size = kMaxWalBytes;
  options.bytes_per_sync = kMegabyte;
  options.info_log = MakeInfoLog();
  options.max_open_files = MaxOpenTables();
  return options;
}

std::vector<rocksdb::ColumnFamilyDescriptor> RocksRows::Descriptors() const {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(8 * kMegabyte);
  const size_t buffer = options_.write_buffer_bytes == 0 ? 16 * kMegabyte : options_.write_buffer_bytes;
  std::vector<rocksdb::ColumnFamilyDescriptor> families{
      {"default", FamilyOptions(cache, std::min(buffer, kMegabyte), false)},
      {"log", FamilyOptions(cache, buffer, false)},
      {"tree", FamilyOptions(cache, std::min(buffer, kMegabyte), true)}};
  for (auto& family : families) {
    if (options_.tables_before_merge > 0)
      family.options.level0_file_num_compaction_trigger = options_.tables_before_merge;
  }
  return families;
}

Status RocksRows::CheckFilesAreFiles() const {
  const auto files = FilesIn(folder_);
  RETURN_IF_ERROR(files);
  for (const std::filesystem::path& file : *files) {
    std::error_code gone;
    if (std::filesystem::is_other(file, gone) && !gone) return Damaged(file.string() + " is no file");
  }
  return Status();
}

Status RocksRows::Open(Access access) {
  writes_ = access != Access::kRead;
  if (writes_) return OpenAsWriter(access);
  manifest_ = ManifestNow();
  logs_ = WriteAheadLogs();
  return OpenDatabase(access);
}

void RocksRows::Close() { writes_ ? CloseAsWriter() : CloseDatabase(); }

void RocksRows::Take(rocksdb::DB* database, const std::vector<rocksdb::ColumnFamilyHandle*>& handles) {
  database_.reset(database);
  std::copy(handles.begin(), handles.end(), families_.begin());
}

Status RocksRows::MakeDatabase() {
  rocksdb::Options options(DatabaseOptions(), rocksdb::ColumnFamilyOptions());
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  rocksdb::DB* database = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  const rocksdb::Status status = rocksdb::DB::Open(options, folder_.string(), Descriptors(), &handles, &database);
  if (!status.ok()) return ErrorOf(status, "make");
  Take(database, handles);
  return Status();
}

Status RocksRows::OpenDatabase(Access access) {
  const std::string path = folder_.string();
  // RocksDB would speak of a database that is yet to be made.
  std::error_code error;
  if (!std::filesystem::exists(path + "/CURRENT", error) && !error) return Damaged(path + "/CURRENT is missing");
  const auto recovery_mode = CheckBeforeRecovery();
  RETURN_IF_ERROR(recovery_mode);
  rocksdb::DBOptions options = DatabaseOptions();
  options.wal_recovery_mode = *recovery_mode;
  rocksdb::DB* database = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::Status status;
  if (access == Access::kRead) {
    status = rocksdb::DB::OpenForReadOnly(options, path, Descriptors(), &handles, &database);
  } else {
    status = rocksdb::DB::Open(options, path, Descriptors(), &handles, &database);
  }
  if (!status.ok()) return OpenErrorOf(status);
  Take(database, handles);
  return Status();
}

void RocksRows::CloseDatabase() {
  if (database_ == nullptr) return;
  for (rocksdb::ColumnFamilyHandle* family : families_) database_->DestroyColumnFamilyHandle(family);
  database_.reset();
}

// RocksDB tells these apart by nothing but their words.
Error RocksRows::OpenErrorOf(const rocksdb::Status& status) const {
  const std::string said = status.ToString();
  const auto says = [&said](std::string_view words) { return said.find(words) != std::string::npos; };
  if (status.IsIOError() && (says("While lock file") || says("lock hold by current process"))) {
    spdlog::warn("writer refused: another process writes to {}", ledger_.string());
    return Error{ErrorCode::kLocked, fmt::format("another process is writing to the ledger in {}", ledger_.string()),
                 "one process writes at a time; wait for it to end (reports can be made meanwhile)"};
  }
  if (status.IsPathNotFound()) return Damaged(said);
  return ErrorOf(status, "open");
}

Error RocksRows::ErrorOf(const rocksdb::Status& status, std::string_view doing) const {
  // RocksDB calls a table that it could not open for want of a file corrupt, too.
  const bool too_few_files = status.ToString().find("Too many open files") != std::string::npos;
  if (status.IsCorruption() && !too_few_files) return Damaged(status.ToString());
  std::string hint;
  if (too_few_files) hint = kAllowMoreFiles;
  if (status.IsNoSpace()) hint = kFreeSpace;
  return Error{ErrorCode::kUnavailable,
               fmt::format("cannot {} the ledger in {}: {}", doing, ledger_.string(), status.ToString()),
               std::move(hint)};
}

Error RocksRows::Damaged(std::string_view what) const { return DamagedLog(ledger_, what); }

}  // namespace duebook
