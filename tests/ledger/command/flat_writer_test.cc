#include "ledger/command/encode/flat_writer.h"

#include <gtest/gtest.h>

#include <array>

#include "flatbuffers/flatbuffers.h"
#include "ledger/event/event.h"

namespace duebook {
namespace {

// The entries of a vtable follow its two sizes.
constexpr uint16_t Entry(int field) { return static_cast<uint16_t>(4 + 2 * field); }

TEST(TableShape, PlacesFieldsWidestFirstWithoutGaps) {
  const TableShape shape(std::array{TableField{Entry(0), 1, 1}, TableField{Entry(1), 8, 8}, TableField{Entry(2), 4, 4},
                                    TableField{Entry(3), 8, 8}});
  EXPECT_EQ(shape.place(1), 4U);  // behind the distance to the vtable
  EXPECT_EQ(shape.place(3), 12U);
  EXPECT_EQ(shape.place(2), 20U);
  EXPECT_EQ(shape.place(0), 24U);
  EXPECT_EQ(shape.size(), 28U);
}

TEST(FlatWriter, WritesTablesThatFlatBuffersReads) {
  const TableShape shape(std::array{TableField{Entry(0), 2, 2}, TableField{Entry(3), 8, 8}});
  FlatWriter writer;
  writer.Begin(std::string_view("\0\0\0\0", 4));
  const uint32_t vtable = writer.AddVtable(shape);
  const uint32_t first = writer.AddTable(shape, vtable);
  const uint32_t second = writer.AddTable(shape, vtable);
  writer.Set(second + shape.place(0), uint16_t{7});
  writer.Set(second + shape.place(1), int64_t{-1});
  writer.Point(0, second);

  const std::string bytes(writer.bytes());
  const auto* table = flatbuffers::GetRoot<flatbuffers::Table>(bytes.data());
  EXPECT_EQ(table->GetField<uint16_t>(Entry(0), 9), 7);
  EXPECT_EQ(table->GetField<uint16_t>(Entry(1), 9), 9);  // absent
  EXPECT_EQ(table->GetField<int64_t>(Entry(3), 9), -1);
  for (const uint32_t each : {first, second}) EXPECT_EQ((each + shape.place(1)) % 8, 0U);
}

TEST(FlatWriter, WritesTextsAndVectorsAsFlatBuffersKeepsThem) {
  for (const std::string_view text : {"", "a", "abc", "abcd", "abcdefgh"}) {
    FlatWriter writer;
    writer.Begin(std::string_view("\0\0\0\0", 4));
    writer.Point(0, writer.AddText(text));
    EXPECT_EQ(writer.size() % 4, 0U) << text;
    const uint32_t numbers = writer.AddVector(2, 8);
    writer.Set(numbers + 12, uint64_t{5});
    writer.Align();
    const std::string bytes(writer.bytes());
    EXPECT_EQ(EventView::Text(flatbuffers::GetRoot<flatbuffers::String>(bytes.data())), text);
    EXPECT_EQ(bytes[4 + 4 + text.size()], '\0') << text;
    const auto* vector = reinterpret_cast<const flatbuffers::Vector<uint64_t>*>(bytes.data() + numbers);
    EXPECT_EQ(vector->size(), 2U);
    EXPECT_EQ(vector->Get(1), 5U);
    EXPECT_EQ((numbers + 4) % 8, 0U);
    EXPECT_EQ(bytes.size() % 8, 0U);
  }
}

TEST(FlatWriter, ForgetsWhatItHadWhenItBeginsAgain) {
  FlatWriter writer;
  writer.Begin(std::string(100, 'x'));
  writer.Begin("ab");
  writer.Align();
  EXPECT_EQ(writer.bytes(), std::string_view("ab\0\0\0\0\0\0", 8));
}

}  // namespace
}  // namespace duebook
