// Frames: events come out as they went in, and bytes that are no frame are never read as one.

#include "ledger/log/framed/frame.h"

#include <gtest/gtest.h>

#include <random>

#include "frame_generated.h"
#include "tests/support/seed.h"

namespace duebook {
namespace {

// Not events: frames don't look into them.
std::vector<std::string> RandomEvents(std::mt19937* random, size_t count) {
  std::vector<std::string> events(count);
  for (std::string& event : events) {
    event.resize((*random)() % 200);
    for (char& byte : event) byte = static_cast<char>((*random)());
  }
  return events;
}

constexpr FrameHead kHead{129, Time{1'700'000'000'000'001}, 1, 5000};

TEST(Frame, GivesBackItsHeadAndEvents) {
  const uint32_t seed = TestSeed(1);
  TRACE_SEED(seed);
  std::mt19937 random(seed);
  for (const size_t count : {1, 2, 3, 127, 128}) {
    const std::vector<std::string> events = RandomEvents(&random, count);
    const std::string bytes = EncodeFrame(kHead, events);
    const auto frame = FrameView::Open(bytes);
    ASSERT_TRUE(frame.has_value());
    EXPECT_EQ(frame->head().first_seq, kHead.first_seq);
    EXPECT_EQ(frame->head().recorded_at, kHead.recorded_at);
    EXPECT_EQ(frame->head().commit_first_seq, kHead.commit_first_seq);
    EXPECT_EQ(frame->head().commit_count, kHead.commit_count);
    ASSERT_EQ(frame->count(), count);
    for (uint32_t i = 0; i < count; i++) EXPECT_EQ(frame->event_bytes(i), events[i]) << i;
  }
}

std::string LoadedFrom(std::string_view stored) {
  std::string frame;
  return LoadFrame(stored, &frame) ? frame : "none";
}

TEST(StoredFrame, GivesBackTheFrameWhetherItIsSmallOrLarge) {
  std::mt19937 random(2);
  for (const size_t size : {1, 100, 5'000, 100'000}) {
    const std::string frame = EncodeFrame(kHead, std::vector<std::string>{std::string(size, 'x')});
    const std::string stored = StoredFrame(frame);
    EXPECT_EQ(LoadedFrom(stored), frame);
    EXPECT_EQ(stored.size() < frame.size(), size >= 5'000) << stored.size();
  }
  const std::string frame = EncodeFrame(kHead, RandomEvents(&random, 128));
  EXPECT_EQ(LoadedFrom(StoredFrame(frame)), frame);
}

TEST(StoredFrame, DamagedIsNeverReadOutsideOfItsBytesNorMadeLargerThanAnyFrame) {
  std::mt19937 random(3);
  const std::string stored = StoredFrame(EncodeFrame(kHead, RandomEvents(&random, 40)));
  for (size_t length = 0; length < stored.size(); length++) LoadedFrom(std::string(stored.data(), length));
  for (size_t bit = 0; bit < 8 * stored.size(); bit++) {
    std::string flipped = stored;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    EXPECT_LE(LoadedFrom(flipped).size(), size_t{1} << 30) << bit;
  }
  // Of zstd: magic, a head that tells the size in eight bytes, and that size.
  EXPECT_EQ(LoadedFrom(std::string("\x28\xb5\x2f\xfd\xe0\xff\xff\xff\xff\xff\xff\x00\x00", 13)), "none");
}

// Events are read in place, and hold 8-byte numbers.
TEST(Frame, EveryEventIsAligned) {
  std::vector<std::string> events;
  for (size_t size = 1; size <= 40; size++) events.emplace_back(size, 'x');
  const std::string bytes = EncodeFrame(kHead, events);
  const auto frame = FrameView::Open(bytes);
  ASSERT_TRUE(frame.has_value());
  for (uint32_t i = 0; i < frame->count(); i++) {
    EXPECT_EQ(reinterpret_cast<uintptr_t>(frame->event_bytes(i).data()) % 8, 0U) << i;
  }
}

// Copies of exactly their size, so that a read past the end is seen by the sanitizer.
std::optional<uint64_t> SumOfBytes(std::string_view bytes) {
  const std::vector<char> copy(bytes.begin(), bytes.end());
  const auto frame = FrameView::Open({copy.data(), copy.size()});
  if (!frame.has_value()) return std::nullopt;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < frame->count(); i++) {
    for (const char byte : frame->event_bytes(i)) sum += static_cast<uint8_t>(byte);
  }
  return sum;
}

TEST(Frame, CutOffAnywhereIsNoFrame) {
  std::mt19937 random(3);
  const std::string bytes = EncodeFrame(kHead, RandomEvents(&random, 4));
  ASSERT_TRUE(SumOfBytes(bytes).has_value());
  for (size_t length = 0; length < bytes.size(); length++) {
    EXPECT_FALSE(SumOfBytes(std::string_view(bytes).substr(0, length)).has_value()) << length;
  }
}

TEST(Frame, WithAnyBitFlippedIsNeverReadOutsideOfItsBytes) {
  std::mt19937 random(4);
  const std::string bytes = EncodeFrame(kHead, RandomEvents(&random, 4));
  size_t refused = 0;
  for (size_t bit = 0; bit < 8 * bytes.size(); bit++) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    if (!SumOfBytes(flipped).has_value()) refused++;
  }
  EXPECT_GT(refused, 0U);
  EXPECT_LT(refused, 8 * bytes.size());  // what is flipped in an event is for the Merkle tree to find
}

// Which the check of FlatBuffers does not ask for.
TEST(Frame, WithEventsThatAreNotAlignedIsNoFrame) {
  size_t refused = 0;
  for (size_t size = 16; size < 32; size++) {
    flatbuffers::FlatBufferBuilder builder;
    const auto events = builder.CreateVector(std::vector<uint8_t>(size, 'x'));
    const auto places = builder.CreateVector(std::vector<uint32_t>{0, 16});
    builder.Finish(schema::CreateFrame(builder, 1, 1, 1, 1, places, events));
    const std::string bytes(reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize());
    const auto* data = reinterpret_cast<const char*>(schema::GetFrame(bytes.data())->events()->data());
    const bool aligned = (data - bytes.data()) % 8 == 0;
    EXPECT_EQ(FrameView::Open(bytes).has_value(), aligned) << size;
    refused += aligned ? 0 : 1;
  }
  EXPECT_GT(refused, 0U);
  EXPECT_LT(refused, 16U);
}

TEST(Frame, WithoutEventsIsNoFrame) { EXPECT_FALSE(FrameView::Open(EncodeFrame(kHead, {})).has_value()); }

}  // namespace
}  // namespace duebook
