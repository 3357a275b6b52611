// The codec of stored records: every value reads back, and no bytes, whatever they are, are read past their end.

#include "ledger/values/byte_codec.h"

#include <gtest/gtest.h>

#include <limits>

namespace duebook {
namespace {

template <class T>
std::string Written(const T& value) {
  ByteWriter writer;
  writer(value);
  return writer.Take();
}

template <class T>
std::optional<T> Read(std::string_view bytes) {
  T value{};
  ByteReader reader(bytes);
  reader(value);
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  return value;
}

template <class T>
class ByteCodecOfIntegers : public testing::Test {};
using Integers = testing::Types<int64_t, uint64_t, int32_t, uint32_t, uint8_t>;
TYPED_TEST_SUITE(ByteCodecOfIntegers, Integers);

TYPED_TEST(ByteCodecOfIntegers, ReadBackAtTheirBounds) {
  using Limits = std::numeric_limits<TypeParam>;
  const TypeParam values[] = {0, 1, 63, 64, 127, Limits::max() / 2, Limits::max() - 1, Limits::max(), Limits::min()};
  for (const TypeParam value : values) EXPECT_EQ(Read<TypeParam>(Written(value)), value);
}

// The layout is stored: a change of it needs a new kFormatVersion.
TEST(ByteCodec, BytesAreAsDescribed) {
  using namespace std::string_literals;
  EXPECT_EQ(Written(uint64_t{300}), "\xac\x02"s);
  EXPECT_EQ(Written(int64_t{-1}), "\x01"s);
  EXPECT_EQ(Written(int64_t{1}), "\x02"s);
  EXPECT_EQ(Written("ab"s), "\x02"s + "ab");
  EXPECT_EQ(Written(std::vector<std::string>{"a", ""}), "\x02\x01"s + "a" + "\0"s);
  EXPECT_EQ(Written(std::optional<int64_t>()), "\0"s);
  EXPECT_EQ(Written(std::optional<int64_t>(1)), "\x01\x02"s);
  EXPECT_EQ(Written(true), "\x01"s);
}

TEST(ByteCodec, ValuesOfTheDomainReadBack) {
  EXPECT_EQ(Read<Date>(Written(Date::FromDays(-1))), Date::FromDays(-1));
  EXPECT_EQ(Read<Currency>(Written(*Currency::Parse("KWD"))), *Currency::Parse("KWD"));
  EXPECT_EQ(Read<Hash>(Written(Sha256("x"))), Sha256("x"));
  const std::vector<std::string> names{"陈氏贸易", "", std::string(200, 'x')};
  EXPECT_EQ(Read<std::vector<std::string>>(Written(names)), names);
}

TEST(ByteCodec, CutOffAnywhereIsRefused) {
  const std::string texts = Written(std::vector<std::string>{"abc", std::string(200, 'x')});
  for (size_t length = 0; length < texts.size(); length++) {
    EXPECT_FALSE(Read<std::vector<std::string>>(std::string_view(texts).substr(0, length)).has_value()) << length;
  }
  const std::string hash = Written(Sha256("x"));
  EXPECT_FALSE(Read<Hash>(std::string_view(hash).substr(0, 31)).has_value());
}

// A count or length that promises more than is there costs no memory.
TEST(ByteCodec, ImpossibleLengthsAreRefused) {
  const std::string huge = Written(std::numeric_limits<uint64_t>::max());
  EXPECT_FALSE(Read<std::string>(huge).has_value());
  EXPECT_FALSE(Read<std::vector<std::string>>(huge).has_value());
  EXPECT_FALSE(Read<std::string>(Written(uint64_t{2}) + "a").has_value());
}

TEST(ByteCodec, WhatIsNoCurrencyIsRefused) { EXPECT_FALSE(Read<Currency>(Written(uint32_t{0xffffff})).has_value()); }

}  // namespace
}  // namespace duebook
