#include "ledger/log/framed/frame.h"

#include <vector>

#include "frame_generated.h"
#include "ledger/values/check.h"
#include "ledger/values/compression.h"

namespace duebook {

namespace {

constexpr size_t kAlignment = 8;

// About a block of RocksDB's: several smaller frames are compressed as one.
constexpr size_t kCompressedFrom = 4096;
// More than any frame has, as the length of a record is bounded: what claims more is damaged.
constexpr size_t kMaxFrameBytes = size_t{1} << 30;

size_t Padded(size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

// Padding is not part of an event: an event's bytes are what was hashed.
std::string EncodeFrame(const FrameHead& head, std::span<const std::string> events) {
  std::vector<uint32_t> where;
  size_t size = 0;
  for (const std::string& event : events) {
    where.push_back(static_cast<uint32_t>(size));
    where.push_back(static_cast<uint32_t>(event.size()));
    size += Padded(event.size());
  }
  flatbuffers::FlatBufferBuilder builder(size + where.size() * sizeof(uint32_t) + 128);
  uint8_t* buffer = nullptr;
  builder.ForceVectorAlignment(size, 1, kAlignment);
  const auto bytes = builder.CreateUninitializedVector(size, &buffer);
  for (const std::string& event : events) {
    std::copy(event.begin(), event.end(), buffer);
    std::fill(buffer + event.size(), buffer + Padded(event.size()), uint8_t{0});
    buffer += Padded(event.size());
  }
  const auto places = builder.CreateVector(where);
  schema::FrameBuilder frame(builder);
  frame.add_first_seq(head.first_seq);
  frame.add_recorded_at(head.recorded_at.microseconds);
  frame.add_commit_first_seq(head.commit_first_seq);
  frame.add_commit_count(head.commit_count);
  frame.add_places(places);
  frame.add_events(bytes);
  builder.Finish(frame.Finish());
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

std::string StoredFrame(std::string frame) {
  return frame.size() < kCompressedFrom ? std::move(frame) : Compress(frame);
}

bool LoadFrame(std::string_view stored, std::string* frame) {
  frame->reserve(16);  // on the heap, hence aligned
  const std::optional<size_t> size = DecompressedSize(stored);
  if (!size.has_value()) {
    frame->assign(stored);
    return true;
  }
  if (*size > kMaxFrameBytes) return false;
  frame->resize(*size);
  return Decompress(stored, frame->data(), *size);
}

std::optional<FrameView> FrameView::Open(std::string_view bytes) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  flatbuffers::Verifier verifier(data, bytes.size());
  if (!schema::VerifyFrameBuffer(verifier)) return std::nullopt;
  const schema::Frame* frame = schema::GetFrame(data);
  if (reinterpret_cast<uintptr_t>(frame->events()->data()) % kAlignment != 0) return std::nullopt;
  const auto* places = frame->places();
  if (places->size() == 0 || places->size() % 2 != 0) return std::nullopt;
  for (flatbuffers::uoffset_t i = 0; i < places->size(); i += 2) {
    const uint64_t end = uint64_t{places->Get(i)} + places->Get(i + 1);
    if (places->Get(i) % kAlignment != 0 || end > frame->events()->size()) return std::nullopt;
  }
  FrameView view;
  view.head_ = {frame->first_seq(), Time{frame->recorded_at()}, frame->commit_first_seq(), frame->commit_count()};
  view.count_ = places->size() / 2;
  view.places_ = places->data();
  view.events_ = {reinterpret_cast<const char*>(frame->events()->data()), frame->events()->size()};
  return view;
}

std::string_view FrameView::event_bytes(uint32_t index) const {
  CHECK(index < count_);
  return events_.substr(places_[2 * index], places_[2 * index + 1]);
}

}  // namespace duebook
