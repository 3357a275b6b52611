// Reading: by seq, by time.

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "ledger/log/store/layout.h"
#include "ledger/log/store/rocks_event_log.h"

namespace duebook {

namespace {

std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

// --- by seq ---

std::unique_ptr<rocksdb::Iterator> RocksEventLog::NewIterator(Family family, bool whole_scan) const {
  rocksdb::ReadOptions options;
  if (whole_scan) {
    options.readahead_size = size_t{2} << 20;
    options.fill_cache = false;
  }
  return std::unique_ptr<rocksdb::Iterator>(database_->NewIterator(options, families_[family]));
}

Result<FrameView> RocksEventLog::ReadFrame(const rocksdb::Slice& key, const rocksdb::Slice& value,
                                           std::string* buffer) const {
  const bool loaded = LoadFrame(ViewOf(value), buffer);
  const auto frame = loaded ? FrameView::Open(*buffer) : std::nullopt;
  if (key.size() != 8 || !frame.has_value() || frame->head().first_seq != SeqFromKey(ViewOf(key))) {
    return Damaged(key.size() == 8 ? fmt::format("the frame of event {} cannot be read", SeqFromKey(ViewOf(key)))
                                   : std::string("a frame has no valid key"));
  }
  return *frame;
}

Result<KeptFrame> RocksEventLog::ReadFrameOf(uint64_t seq, rocksdb::Iterator* iterator) const {
  const Error absent{ErrorCode::kNotFound, fmt::format("there is no event {}", seq), ""};
  iterator->SeekForPrev(SeqKey(seq));
  if (!iterator->status().ok()) return ErrorOf(iterator->status(), "read");
  if (!iterator->Valid()) return absent;
  auto bytes = std::make_shared<std::string>();
  const auto view = ReadFrame(iterator->key(), iterator->value(), bytes.get());
  RETURN_IF_ERROR(view);
  KeptFrame frame{std::move(bytes), *view};
  if (!frame.Holds(seq)) return absent;
  return frame;
}

Status RocksEventLog::TakeFrames(uint64_t first, uint64_t last,
                                 const std::function<bool(const FrameView&, std::string* bytes)>& visit) const {
  if (first > last) return Status();
  const auto iterator = NewIterator(kLog, true);
  std::string buffer;
  iterator->SeekForPrev(SeqKey(first));
  if (!iterator->Valid() && iterator->status().ok()) iterator->SeekToFirst();
  for (; iterator->Valid(); iterator->Next()) {
    const auto frame = ReadFrame(iterator->key(), iterator->value(), &buffer);
    RETURN_IF_ERROR(frame);
    if (frame->head().first_seq > last) break;
    if (!visit(*frame, &buffer)) break;
  }
  if (!iterator->status().ok()) return ErrorOf(iterator->status(), "read");
  return Status();
}

Status RocksEventLog::ForEachFrame(uint64_t first, uint64_t last,
                                   const std::function<bool(const FrameView&)>& visit) const {
  return TakeFrames(first, last, [&visit](const FrameView& frame, std::string*) { return visit(frame); });
}

Status RocksEventLog::Scan(uint64_t first, uint64_t last, const std::function<bool(EventView)>& visit) const {
  first = std::max<uint64_t>(first, 1);
  return ForEachFrame(first, last, [&](const FrameView& frame) {
    const uint64_t start = frame.head().first_seq;
    for (uint32_t i = 0; i < frame.count(); i++) {
      const uint64_t seq = start + i;
      if (seq < first) continue;
      if (seq > last || !visit(frame.event(i))) return false;
    }
    return true;
  });
}

Status RocksEventLog::GetMany(const std::vector<uint64_t>& seqs, const std::function<void(EventView)>& visit) const {
  std::unique_ptr<rocksdb::Iterator> iterator;  // once it is needed
  KeptFrame frame;
  for (const uint64_t seq : seqs) {
    if (!frame.Holds(seq)) frame = frame_cache_.Find(seq);
    if (!frame.Holds(seq)) {
      if (iterator == nullptr) iterator = NewIterator(kLog, false);
      auto read = ReadFrameOf(seq, iterator.get());
      RETURN_IF_ERROR(read);
      frame = *std::move(read);
      frame_cache_.Keep(frame);
    }
    visit(frame.view.event(static_cast<uint32_t>(seq - frame.view.head().first_seq)));
  }
  return Status();
}

Result<StoredEvent> RocksEventLog::Get(uint64_t seq) const {
  std::optional<StoredEvent> stored;
  RETURN_IF_ERROR(GetMany({seq}, [&](EventView event) { stored.emplace(std::string(event.bytes())); }));
  return std::move(*stored);
}

Status RocksEventLog::ScanCommits(uint64_t first, uint64_t last,
                                  const std::function<bool(EventView, bool last_of_commit)>& visit) const {
  Status status;
  RETURN_IF_ERROR(ForEachFrame(first, last, [&](const FrameView& frame) {
    const FrameHead& head = frame.head();
    for (uint32_t i = 0; i < frame.count(); i++) {
      const uint64_t seq = head.first_seq + i;
      if (seq < first) continue;
      if (seq > last) return false;
      if (!VerifyEvent(frame.event_bytes(i)) || frame.event(i).seq() != seq) {
        status = Damaged(fmt::format("event {}: its bytes are not those of an event", seq));
        return false;
      }
      if (!visit(frame.event(i), seq + 1 == head.commit_first_seq + head.commit_count)) return false;
    }
    return true;
  }));
  return status;
}

// --- by time ---

// Binary search over seq: recorded_at never goes backwards.
Result<uint64_t> RocksEventLog::SeqAt(Time time) const {
  uint64_t recorded = 0;            // the last seq known to be recorded at or before `time`
  uint64_t later = last_seq() + 1;  // the first known to be recorded after it
  // Made after the end was read, so that it sees all events up to there.
  const auto iterator = NewIterator(kLog, false);
  std::string buffer;
  while (recorded + 1 < later) {
    const uint64_t middle = recorded + (later - recorded) / 2;
    iterator->SeekForPrev(SeqKey(middle));
    if (!iterator->status().ok()) return ErrorOf(iterator->status(), "read");
    if (!iterator->Valid()) return Damaged(fmt::format("event {} is missing", middle));
    const auto frame = ReadFrame(iterator->key(), iterator->value(), &buffer);
    RETURN_IF_ERROR(frame);
    const uint64_t last = frame->head().first_seq + frame->count() - 1;
    if (last < middle) return Damaged(fmt::format("event {} is missing", middle));
    if (frame->head().recorded_at <= time) {
      recorded = last;
    } else {
      later = frame->head().first_seq;
    }
  }
  return recorded;
}

// --- the whole ---

uint64_t RocksEventLog::DiskBytes() const {
  uint64_t bytes = 0;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(directory_, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code gone;  // a file may vanish while others write
    const uint64_t size = at->is_regular_file(gone) ? at->file_size(gone) : 0;
    if (!gone) bytes += size;
  }
  return bytes;
}

}  // namespace duebook
