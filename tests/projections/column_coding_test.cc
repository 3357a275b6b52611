#include "projections/column_coding.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace duebook {
namespace {

// Rows from `begin` on, through the file and back, appended to what `column` had before them.
template <class T>
void ExpectRoundTrip(const std::vector<T>& column, size_t begin, size_t expected_bytes) {
  std::string bytes;
  PutColumn(column, begin, &bytes);
  EXPECT_EQ(bytes.size(), 13 + expected_bytes);
  bytes += "rest";
  std::string_view in = bytes;
  std::vector<T> read(column.begin(), column.begin() + static_cast<ptrdiff_t>(begin));
  ASSERT_TRUE(TakeColumn(&in, &read));
  EXPECT_EQ(read, column);
  EXPECT_EQ(in, "rest");
}

TEST(ColumnCoding, NumbersTakeTheWidthOfTheirRange) {
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  const struct {
    std::vector<int64_t> column;
    size_t begin, bytes;
  } cases[] = {
      {{}, 0, 0},
      {{7}, 0, 0},
      {{7, 7, 7}, 0, 0},
      {{kLeast, kLeast}, 0, 0},
      {{-3, 252}, 0, 2},
      {{-3, 253}, 0, 4},
      {{0, 65535}, 0, 4},
      {{0, 65536}, 0, 8},
      {{5, 5 + int64_t{UINT32_MAX}}, 0, 8},
      {{5, 6 + int64_t{UINT32_MAX}}, 0, 16},
      {{kLeast, kMost, 0}, 0, 24},
      {{kLeast, 1, 2}, 1, 2},
      {{kLeast, 1, 2}, 3, 0},
  };
  for (const auto& one : cases) ExpectRoundTrip(one.column, one.begin, one.bytes);
  ExpectRoundTrip(std::vector<uint64_t>{UINT64_MAX, UINT64_MAX - 255}, 0, 2);
  ExpectRoundTrip(std::vector<uint32_t>{UINT32_MAX, 0}, 0, 8);
}

TEST(ColumnCoding, DatesCurrenciesAndKinds) {
  ExpectRoundTrip(std::vector<Date>{Date::Min(), Date::Max()}, 0, 8);
  ExpectRoundTrip(std::vector<Currency>{*Currency::Parse("CNY"), *Currency::Parse("USD"), *Currency::Parse("CNY")}, 0,
                  12);
  ExpectRoundTrip(std::vector<ItemKind>{ItemKind::kInvoice, ItemKind::kCreditNote}, 0, 2);
}

TEST(ColumnCoding, TextsKeepTheirBoundsAndBytes) {
  TextColumn column;
  for (const char* text : {"before", "", "a", "账款", ""}) column.Add(text);
  column.Add(std::string_view("\0x", 2));
  std::string bytes;
  PutColumn(column, 1, &bytes);
  std::string_view in = bytes;
  TextColumn read;
  read.Add("before");
  ASSERT_TRUE(TakeColumn(&in, &read));
  EXPECT_EQ(read, column);
  EXPECT_TRUE(in.empty());
}

TEST(ColumnCoding, RefusesWhatIsCutOffOrNoWidth) {
  TextColumn texts;
  texts.Add("abc");
  texts.Add("de");
  std::string bytes;
  PutColumn(texts, 0, &bytes);
  for (size_t size = 0; size < bytes.size(); ++size) {
    std::string_view in = std::string_view(bytes).substr(0, size);
    TextColumn read;
    EXPECT_FALSE(TakeColumn(&in, &read)) << size;
  }
  bytes[4] = 3;  // a width that no column has
  std::string_view in = bytes;
  std::vector<uint32_t> read;
  EXPECT_FALSE(TakeColumn(&in, &read));
}

}  // namespace
}  // namespace duebook
