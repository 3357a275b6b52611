// Opening a store.

#include <fmt/core.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <system_error>

#include "ledger/log/store/info_log.h"
#include "ledger/log/store/layout.h"
#include "ledger/log/store/rocks_event_log.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"
#include "ledger/values/parse_number.h"

namespace duebook {

namespace {

constexpr size_t kMegabyte = size_t{1} << 20;
constexpr size_t kMostFormatBytes = 100;

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

// The version that the file of the format says; 0 if it says none.
uint32_t FormatIn(std::string_view text) {
  if (!text.starts_with(kFormatText)) return 0;
  text.remove_prefix(kFormatText.size());
  return ParseNumber<uint32_t>(text.substr(0, text.find('\n'))).value_or(0);
}

// The version of the store's format.
Result<uint32_t> ReadFormat(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / kFormatFile;
  const auto text = ReadSmallFile(path, kMostFormatBytes);
  if (!text.ok() && text.error().code == ErrorCode::kNotFound) {
    return Error{ErrorCode::kNotFound, fmt::format("there is no ledger in {}", directory.string()),
                 "make one with `duebook init`, or name its folder with --ledger or DUEBOOK_LEDGER"};
  }
  if (!text.ok() && text.error().code == ErrorCode::kUnavailable) return text.error();
  const uint32_t version = text.ok() ? FormatIn(*text) : 0;
  if (version == 0) {
    return Error{ErrorCode::kDamaged, fmt::format("{} does not say what format the ledger has", path.string()),
                 "restore the file from a backup"};
  }
  if (version > kFormatVersion) {
    return Error{ErrorCode::kNewerFormat,
                 fmt::format("the ledger in {} has format {}, this program knows formats up to {}", directory.string(),
                             version, kFormatVersion),
                 "use the version of the program that wrote it, or a later one"};
  }
  return version;
}

}  // namespace

rocksdb::DBOptions RocksEventLog::DatabaseOptions() const {
  rocksdb::DBOptions options;
  if (store_.env != nullptr) {
    options.env = store_.env;
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

std::filesystem::path KeyFileOf(const std::filesystem::path& directory, const StoreOptions& store) {
  return WithoutLinks(store.key_file.empty() ? directory / kKeyFile : store.key_file);
}

std::vector<rocksdb::ColumnFamilyDescriptor> RocksEventLog::Descriptors() const {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(8 * kMegabyte);
  const size_t buffer = store_.write_buffer_bytes == 0 ? 16 * kMegabyte : store_.write_buffer_bytes;
  std::vector<rocksdb::ColumnFamilyDescriptor> families{
      {"default", FamilyOptions(cache, std::min(buffer, kMegabyte), false)},
      {"log", FamilyOptions(cache, buffer, false)},
      {"tree", FamilyOptions(cache, std::min(buffer, kMegabyte), true)}};
  for (auto& family : families) {
    if (store_.tables_before_merge > 0) family.options.level0_file_num_compaction_trigger = store_.tables_before_merge;
  }
  return families;
}

// RocksDB would wait for ever for what a pipe in their place may give.
Status RocksEventLog::CheckFilesAreFiles() const {
  const auto files = FilesIn(directory_ / kStoreFolder);
  RETURN_IF_ERROR(files);
  for (const std::filesystem::path& file : *files) {
    std::error_code gone;
    if (std::filesystem::is_other(file, gone) && !gone) return Damaged(file.string() + " is no file");
  }
  return Status();
}

Status RocksEventLog::OpenDatabase(Mode mode) {
  const std::string path = (directory_ / kStoreFolder).string();
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
  if (!Writes(mode)) {
    status = rocksdb::DB::OpenForReadOnly(options, path, Descriptors(), &handles, &database);
  } else {
    status = rocksdb::DB::Open(options, path, Descriptors(), &handles, &database);
  }
  if (!status.ok()) return OpenErrorOf(status);
  database_.reset(database);
  std::copy(handles.begin(), handles.end(), families_.begin());
  return Status();
}

Status RocksEventLog::ReadMeta() {
  std::string identity;
  std::string state;
  rocksdb::Status status = database_->Get({}, "identity", &identity);
  if (status.ok()) status = database_->Get({}, "state", &state);
  if (!status.ok() && !status.IsNotFound()) return ErrorOf(status, "read");
  auto decoded_identity = DecodeIdentity(identity);
  auto decoded_state = DecodeState(state);
  if (!decoded_identity.has_value() || !decoded_state.has_value()) return Damaged("what the ledger is cannot be read");
  RETURN_IF_ERROR(ReadSchemaUse());
  std::string frames;
  status = database_->Get({}, "frames", &frames);
  if (!status.ok() && !status.IsNotFound()) return ErrorOf(status, "read");
  if (status.ok()) {
    frames_ = DecodeSeq(frames);
    if (!frames_.has_value()) return Damaged("the number of frames cannot be read");
  } else if (decoded_state->last_seq == 0) {
    frames_ = 0;
  }
  identity_ = std::move(*decoded_identity);
  std::string copy;
  status = database_->Get({}, "copy", &copy);
  if (!status.ok() && !status.IsNotFound()) return ErrorOf(status, "read");
  identity_.is_copy = status.ok();
  {
    const std::lock_guard lock(state_mutex_);
    state_ = std::move(*decoded_state);
  }
  return ReadEndRow();
}

// A program would pass over the parts of an event that it does not know, and answer wrongly.
Status RocksEventLog::ReadSchemaUse() {
  std::string text;
  const rocksdb::Status status = database_->Get({}, kSchemaRow, &text);
  if (!status.ok() && !status.IsNotFound()) return ErrorOf(status, "read");
  auto use = SchemaUse::Decode(text);
  if (!use.has_value()) return Damaged("what it says of its events' schema cannot be read");
  schema_use_ = *std::move(use);
  if (!schema_use_.lacking().has_value()) return Status();
  return Error{ErrorCode::kNewerFormat,
               fmt::format("the ledger in {} holds events of a later version of the program: this one does not know {}",
                           directory_.string(), *schema_use_.lacking()),
               "use the version of the program that wrote it, or a later one"};
}

// RocksDB does not notice that a whole write-ahead log is gone from between what is in tables and the next one, as in a
// folder whose files were copied one by one while it was written to. Reports would then leave out what is missing. The
// figures of the tables are in memory, so this costs nothing that grows with the events.
Status RocksEventLog::CheckFrameCount() const {
  if (!frames_.has_value()) return Status();
  uint64_t there = 0;
  for (const char* property : {"rocksdb.num-entries-active-mem-table", "rocksdb.num-entries-imm-mem-tables"}) {
    uint64_t entries = 0;
    if (!database_->GetIntProperty(families_[kLog], property, &entries)) return Damaged("its frames cannot be counted");
    there += entries;
  }
  rocksdb::TablePropertiesCollection tables;
  const rocksdb::Status status = database_->GetPropertiesOfAllTables(families_[kLog], &tables);
  if (!status.ok()) return ErrorOf(status, "read");
  for (const auto& [file, properties] : tables) there += properties->num_entries;
  return there == *frames_ ? Status() : Status(FirstMissingEvent());
}

Error RocksEventLog::FirstMissingEvent() const {
  uint64_t next = 1;
  const Status status = ForEachFrame(1, last_seq(), [&next](const FrameView& frame) {
    if (frame.head().first_seq != next) return false;
    next += frame.count();
    return true;
  });
  if (!status.ok()) return status.error();
  return Damaged(next <= last_seq() ? fmt::format("event {} is missing, of {}", next, last_seq())
                                    : fmt::format("its files hold more frames than its {} events have", last_seq()));
}

Result<std::unique_ptr<EventLog>> RocksEventLog::OpenStore(const std::filesystem::path& directory, Mode mode,
                                                           const StoreOptions& store) {
  const auto format = ReadFormat(directory);
  RETURN_IF_ERROR(format);
  std::unique_ptr<RocksEventLog> log(new RocksEventLog());
  RETURN_IF_ERROR(log->OpenAs(directory, mode, *format, store));
  if (!Writes(mode)) RETURN_IF_ERROR(log->RefuseUnfinishedCopy());
  log->WarnOfEnd();
  spdlog::info("opened ledger {} for {}: {} events", directory.string(), Writes(mode) ? "writing" : "reading",
               log->last_seq());
  return std::unique_ptr<EventLog>(std::move(log));
}

Status RocksEventLog::OpenAs(const std::filesystem::path& directory, Mode mode, uint32_t format,
                             const StoreOptions& store) {
  directory_ = directory;
  format_version_ = format;
  store_ = store;
  mode_ = mode;
  RETURN_IF_ERROR(CheckFilesAreFiles());
  return Writes(mode) ? OpenToWrite() : OpenBesideWriter(mode);
}

Status RocksEventLog::OpenToWrite() {
  const auto before = FindWitnesses(directory_);
  RETURN_IF_ERROR(before);
  RETURN_IF_ERROR(LookBeforeWriting(*before));
  RETURN_IF_ERROR(OpenAsWriter());
  RETURN_IF_ERROR(ReadMeta());
  RETURN_IF_ERROR(CheckFrameCount());
  // Again, as others may have written meanwhile.
  const auto witnesses = FindWitnesses(directory_);
  RETURN_IF_ERROR(witnesses);
  RETURN_IF_ERROR(JudgeEnd(*witnesses));
  session_ = Session::kOpen;
  RETURN_IF_ERROR(RestoreCheckpointFiles());
  return RaiseFormat();
}

// Before anything is written that an older program would not understand.
Status RocksEventLog::RaiseFormat() {
  if (format_version_ == kFormatVersion) return Status();
  RETURN_IF_ERROR(BeginSession());
  RETURN_IF_ERROR(WriteFormat(directory_));
  format_version_ = kFormatVersion;
  return Status();
}

void RocksEventLog::CloseDatabase() {
  if (database_ == nullptr) return;
  for (rocksdb::ColumnFamilyHandle* family : families_) database_->DestroyColumnFamilyHandle(family);
  database_.reset();
}

// RocksDB tells these apart by nothing but their words.
Error RocksEventLog::OpenErrorOf(const rocksdb::Status& status) const {
  const std::string said = status.ToString();
  const auto says = [&said](std::string_view words) { return said.find(words) != std::string::npos; };
  if (status.IsIOError() && (says("While lock file") || says("lock hold by current process"))) {
    spdlog::warn("writer refused: another process writes to {}", directory_.string());
    return Error{ErrorCode::kLocked, fmt::format("another process is writing to the ledger in {}", directory_.string()),
                 "one process writes at a time; wait for it to end (reports can be made meanwhile)"};
  }
  if (status.IsPathNotFound()) return Damaged(said);
  return ErrorOf(status, "open");
}

Error RocksEventLog::ErrorOf(const rocksdb::Status& status, std::string_view doing) const {
  // RocksDB calls a table that it could not open for want of a file corrupt, too.
  const bool too_few_files = status.ToString().find("Too many open files") != std::string::npos;
  if (status.IsCorruption() && !too_few_files) return Damaged(status.ToString());
  std::string hint;
  if (too_few_files) hint = kAllowMoreFiles;
  if (status.IsNoSpace()) hint = kFreeSpace;
  return Error{ErrorCode::kUnavailable,
               fmt::format("cannot {} the ledger in {}: {}", doing, directory_.string(), status.ToString()),
               std::move(hint)};
}

Error RocksEventLog::Damaged(std::string what) const {
  return Error{ErrorCode::kDamaged, fmt::format("the ledger in {} is damaged: {}", directory_.string(), what),
               "`duebook verify` tells what is hit; restore from a backup"};
}

}  // namespace duebook
