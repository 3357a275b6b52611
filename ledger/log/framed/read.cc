// Reading: by seq, by time.

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"

namespace duebook {

// --- by seq ---

Result<FrameView> FramedEventLog::ReadFrame(const RowCursor& cursor, std::string* buffer) const {
  const std::string_view key = cursor.key();
  const bool loaded = LoadFrame(cursor.value(), buffer);
  const auto frame = loaded ? FrameView::Open(*buffer) : std::nullopt;
  if (key.size() != 8 || !frame.has_value() || frame->head().first_seq != SeqFromKey(key)) {
    return Damaged(key.size() == 8 ? fmt::format("the frame of event {} cannot be read", SeqFromKey(key))
                                   : std::string("a frame has no valid key"));
  }
  return *frame;
}

Result<KeptFrame> FramedEventLog::ReadFrameOf(uint64_t seq, RowCursor* cursor) const {
  const Error absent{ErrorCode::kNotFound, fmt::format("there is no event {}", seq), ""};
  cursor->SeekBack(SeqKey(seq));
  RETURN_IF_ERROR(cursor->status());
  if (!cursor->valid()) return absent;
  auto bytes = std::make_shared<std::string>();
  const auto view = ReadFrame(*cursor, bytes.get());
  RETURN_IF_ERROR(view);
  KeptFrame frame{std::move(bytes), *view};
  if (!frame.Holds(seq)) return absent;
  return frame;
}

Status FramedEventLog::TakeFrames(uint64_t first, uint64_t last,
                                  const std::function<bool(const FrameView&, std::string* bytes)>& visit) const {
  if (first > last) return Status();
  const auto cursor = rows_->Scan(RowTable::kLog, /*whole_scan=*/true);
  std::string buffer;
  cursor->SeekBack(SeqKey(first));
  if (!cursor->valid() && cursor->status().ok()) cursor->Seek("");
  for (; cursor->valid(); cursor->Next()) {
    const auto frame = ReadFrame(*cursor, &buffer);
    RETURN_IF_ERROR(frame);
    if (frame->head().first_seq > last) break;
    if (!visit(*frame, &buffer)) break;
  }
  return cursor->status();
}

Status FramedEventLog::ForEachFrame(uint64_t first, uint64_t last,
                                    const std::function<bool(const FrameView&)>& visit) const {
  return TakeFrames(first, last, [&visit](const FrameView& frame, std::string*) { return visit(frame); });
}

Status FramedEventLog::Scan(uint64_t first, uint64_t last, const std::function<bool(EventView)>& visit) const {
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

Status FramedEventLog::GetMany(const std::vector<uint64_t>& seqs, const std::function<void(EventView)>& visit) const {
  std::unique_ptr<RowCursor> cursor;  // once it is needed
  KeptFrame frame;
  for (const uint64_t seq : seqs) {
    if (!frame.Holds(seq)) frame = frame_cache_.Find(seq);
    if (!frame.Holds(seq)) {
      if (cursor == nullptr) cursor = rows_->Scan(RowTable::kLog, /*whole_scan=*/false);
      auto read = ReadFrameOf(seq, cursor.get());
      RETURN_IF_ERROR(read);
      frame = *std::move(read);
      frame_cache_.Keep(frame);
    }
    visit(frame.view.event(static_cast<uint32_t>(seq - frame.view.head().first_seq)));
  }
  return Status();
}

Result<StoredEvent> FramedEventLog::Get(uint64_t seq) const {
  std::optional<StoredEvent> stored;
  RETURN_IF_ERROR(GetMany({seq}, [&](EventView event) { stored.emplace(std::string(event.bytes())); }));
  return std::move(*stored);
}

Status FramedEventLog::ScanCommits(uint64_t first, uint64_t last,
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
Result<uint64_t> FramedEventLog::SeqAt(Time time) const {
  uint64_t recorded = 0;            // the last seq known to be recorded at or before `time`
  uint64_t later = last_seq() + 1;  // the first known to be recorded after it
  // Made after the end was read, so that it sees all events up to there.
  const auto cursor = rows_->Scan(RowTable::kLog, /*whole_scan=*/false);
  std::string buffer;
  while (recorded + 1 < later) {
    const uint64_t middle = recorded + (later - recorded) / 2;
    cursor->SeekBack(SeqKey(middle));
    RETURN_IF_ERROR(cursor->status());
    if (!cursor->valid()) return Damaged(fmt::format("event {} is missing", middle));
    const auto frame = ReadFrame(*cursor, &buffer);
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

uint64_t FramedEventLog::DiskBytes() const {
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
