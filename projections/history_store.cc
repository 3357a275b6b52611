// A segment, `history/NNNNNN.segment` in the ledger's folder, holds the rows that events 65,536 * N + 1 to
// 65,536 * (N + 1) add to each column:
//
//   magic      8 bytes   "DUEBHIST"
//   version    u32       kSegmentVersion; other versions are made again
//   index      u32       N
//   ledger     32 bytes  the ledger's id
//   previous   32 bytes  the checksum of segment N - 1; zeros for the first
//   last       32 bytes  the leaf hash of the last event folded
//   columns              in the order of ForEachColumn, see column_coding.h
//   checksum   32 bytes  SHA-256 of all before it
//
// A chain of segments is that of a log if the last event of its last segment is in the log, hash and all: `seq` and
// `recorded_at` are hashed with it, so a log that was cut off and went on otherwise has another event there.

#include "projections/history_store.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "ledger/hash.h"
#include "projections/column_coding.h"
#include "projections/history.h"
#include "projections/history_columns.h"

namespace duebook {
namespace {

constexpr std::string_view kMagic = "DUEBHIST";
constexpr uint32_t kSegmentVersion = 1;

std::optional<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  std::string bytes(static_cast<size_t>(std::max<std::streamoff>(file.tellg(), 0)), '\0');
  file.seekg(0);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return std::nullopt;
  return bytes;
}

// The right to write segments, held until the end of its life or of the process.
class WriteLock {
 public:
  // Does not wait. Not held if another process holds it, or if nothing can be written there.
  explicit WriteLock(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::create_directory(folder, ignored);
    file_ = open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ >= 0 && flock(file_, LOCK_EX | LOCK_NB) != 0) Release();
  }
  ~WriteLock() { Release(); }
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

  bool held() const { return file_ >= 0; }
  void Release() {
    if (file_ >= 0) close(file_);
    file_ = -1;
  }

 private:
  int file_ = -1;
};

}  // namespace

// A history that grows along its chain of segments.
class HistoryStore {
 public:
  explicit HistoryStore(const EventLog& log)
      : log_(log), folder_(log.directory() / "history"), history_(std::make_shared<History>()) {
    MarkRows();
  }

  const std::filesystem::path& folder() const { return folder_; }
  std::shared_ptr<const History> history() const { return history_; }
  std::filesystem::path SegmentPath(uint64_t index) const {
    char name[32];
    std::snprintf(name, sizeof(name), "%06llu.segment", static_cast<unsigned long long>(index));
    return folder_ / name;
  }
  // Segments of the chain so far.
  uint64_t segments() const { return segments_; }

  // Takes in the persisted segments that are of this log.
  Status ReadSegments() {
    while ((segments_ + 1) * kEventsPerSegment <= log_.last_seq()) {
      const auto bytes = ReadFile(SegmentPath(segments_));
      if (!bytes) break;
      if (!TakeSegment(*bytes)) {
        spdlog::warn("{} is not of this ledger, or damaged; it is made again", SegmentPath(segments_).string());
        break;
      }
    }
    if (segments_ == 0) return Status();
    auto last = log_.Get(history_->position());
    RETURN_IF_ERROR(last);
    if (LeafHash(last->bytes()) != last_leaf_) {
      spdlog::warn("{} was made from another event log; it is made again", folder_.string());
      StartAnew();
    }
    return Status();
  }

  // Folds the log's events after those taken in, up to `last`. Calls sealed(bytes) with each segment it completes,
  // before the segment counts as one of the chain.
  Status Fold(uint64_t last, const std::function<void(const std::string& bytes)>& sealed,
              const HistoryProgress& progress) {
    return log_.Scan(history_->position() + 1, last, [&](EventView event) {
      history_->Evolve(event);
      if (event.seq() % kEventsPerSegment != 0) return true;
      if (sealed) {
        last_leaf_ = LeafHash(event.bytes());
        const std::string bytes = EncodeSegment();
        sealed(bytes);
        std::memcpy(checksum_.data(), bytes.data() + bytes.size() - checksum_.size(), checksum_.size());
      }
      ++segments_;
      MarkRows();
      if (progress) progress(event.seq(), last);
      return true;
    });
  }

  // Folds up to `last` and persists what is complete, if this process may.
  Status Extend(uint64_t last, const HistoryProgress& progress) {
    if (last / kEventsPerSegment == segments_) return Fold(last, nullptr, progress);
    WriteLock lock(folder_);
    if (!lock.held()) return Fold(last, nullptr, progress);
    return Fold(
        last,
        [&](const std::string& bytes) {
          if (lock.held() && !WriteSegment(bytes)) lock.Release();
        },
        progress);
  }

 private:
  void StartAnew() {
    *history_ = History();
    segments_ = 0;
    checksum_ = Hash{};
    MarkRows();
  }

  void MarkRows() {
    rows_.clear();
    ForEachColumn(*history_, [&](const auto& column) { rows_.push_back(column.size()); });
  }

  // What every segment begins with that follows the chain so far, save the last event's hash.
  std::string HeaderStart() const {
    std::string header(kMagic);
    PutFixed(kSegmentVersion, &header);
    PutFixed(static_cast<uint32_t>(segments_), &header);
    std::string ledger = log_.identity().ledger_id;
    ledger.resize(32, '\0');
    header.append(ledger).append(BytesOf(checksum_));
    return header;
  }

  std::string EncodeSegment() const {
    std::string bytes = HeaderStart();
    bytes.append(BytesOf(last_leaf_));
    size_t index = 0;
    ForEachColumn(*history_, [&](const auto& column) { PutColumn(column, rows_[index++], &bytes); });
    return bytes.append(BytesOf(Sha256(bytes)));
  }

  // Appends the segment's rows. False, and nothing appended, unless it is whole and follows the chain so far.
  bool TakeSegment(std::string_view bytes) {
    const std::string start = HeaderStart();
    if (bytes.size() < start.size() + 2 * sizeof(Hash) || bytes.substr(0, start.size()) != start) return false;
    const std::string_view stated = bytes.substr(bytes.size() - sizeof(Hash));
    bytes.remove_suffix(sizeof(Hash));
    const Hash checksum = Sha256(bytes);
    if (stated != BytesOf(checksum)) return false;
    bytes.remove_prefix(start.size());
    CHECK(TakeFixed(&bytes, &last_leaf_));
    bool whole = true;
    ForEachColumn(*history_, [&](auto& column) { whole = whole && TakeColumn(&bytes, &column); });
    CHECK(whole && bytes.empty());  // its checksum is right, so it is as it was written
    checksum_ = checksum;
    ++segments_;
    history_->position_ = segments_ * kEventsPerSegment;
    MarkRows();
    return true;
  }

  // By a file of another name first, so that a segment appears whole or not at all. It need not be synced: what a
  // power cut leaves is found out by its checksum.
  bool WriteSegment(const std::string& bytes) const {
    const std::filesystem::path path = SegmentPath(segments_);
    std::filesystem::path unfinished = path;
    unfinished += ".unfinished";
    std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    std::error_code failure;
    if (file) std::filesystem::rename(unfinished, path, failure);
    if (file && !failure) return true;
    std::filesystem::remove(unfinished, failure);
    spdlog::warn("{} could not be written; reports will take longer", path.string());
    return false;
  }

  const EventLog& log_;
  std::filesystem::path folder_;
  std::shared_ptr<History> history_;
  uint64_t segments_ = 0;
  Hash checksum_{};           // of the chain's last segment
  Hash last_leaf_{};          // of the chain's last event
  std::vector<size_t> rows_;  // of each column at the end of the chain
};

Result<std::shared_ptr<const History>> History::Load(const EventLog& log) {
  HistoryStore store(log);
  RETURN_IF_ERROR(store.ReadSegments());
  RETURN_IF_ERROR(store.Extend(log.last_seq(), nullptr));
  return store.history();
}

Status ExtendHistory(const EventLog& log, const HistoryProgress& progress) {
  const uint64_t full = log.last_seq() / kEventsPerSegment;
  HistoryStore store(log);
  if (full == 0 || std::filesystem::exists(store.SegmentPath(full - 1))) return Status();
  RETURN_IF_ERROR(store.ReadSegments());
  return store.Extend(full * kEventsPerSegment, progress);
}

Status RebuildHistory(const EventLog& log, const HistoryProgress& progress) {
  HistoryStore store(log);
  std::error_code failure;
  std::filesystem::remove_all(store.folder(), failure);
  if (failure) {
    return Error{ErrorCode::kUnavailable, "cannot delete " + store.folder().string() + ": " + failure.message(), ""};
  }
  return store.Extend(log.last_seq(), progress);
}

Result<std::optional<EventLog::Fault>> VerifyHistory(const EventLog& log, const HistoryProgress& progress) {
  HistoryStore store(log);
  std::optional<EventLog::Fault> fault;
  RETURN_IF_ERROR(store.Fold(
      log.last_seq(),
      [&](const std::string& expected) {
        const auto path = store.SegmentPath(store.segments());
        const auto bytes = ReadFile(path);
        if (fault || !bytes || *bytes == expected) return;
        fault = EventLog::Fault{0, path.string(), "differs from what the event log's events give"};
      },
      progress));
  return fault;
}

}  // namespace duebook
