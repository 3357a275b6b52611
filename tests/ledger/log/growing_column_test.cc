#include "ledger/log/derived/growing_column.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/files.h"
#include "ledger/values/open_file.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

template <class T>
void ExpectKept(const std::vector<T>& narrow, const std::vector<T>& wide) {
  GrowingColumn<T> column;
  std::vector<T> all;
  for (const T value : narrow) {
    column.Add(value);
    all.push_back(value);
  }
  EXPECT_FALSE(column.is_wide());
  const ColumnView<T> before = column.View();
  for (const T value : wide) {
    column.Add(value);
    all.push_back(value);
    EXPECT_TRUE(column.is_wide());
  }
  ASSERT_EQ(column.size(), all.size());
  for (size_t row = 0; row < all.size(); row++) EXPECT_EQ(column[row], all[row]) << row;
  ASSERT_EQ(before.size(), narrow.size());
  for (size_t row = 0; row < narrow.size(); row++) EXPECT_EQ(before[row], narrow[row]) << row;
}

TEST(GrowingColumn, KeepsValuesThatDoNotFitTheNarrowForm) {
  ExpectKept<uint64_t>({0, 7, UINT32_MAX}, {UINT64_C(1) << 32, UINT64_MAX, 3});
  ExpectKept<uint32_t>({0, UINT16_MAX}, {UINT16_MAX + 1, UINT32_MAX, 1});
  ExpectKept<Minor>({0, INT32_MAX, INT32_MIN}, {INT64_C(1) + INT32_MAX, INT64_MIN, INT64_MAX, -1});
  ExpectKept<Date>({Date::FromDays(0), Date::FromDays(UINT16_MAX)}, {Date::FromDays(UINT16_MAX + 1), Date::Min()});
  ExpectKept<Date>({Date::FromDays(9)}, {Date::FromDays(-1), Date::Max()});
}

TEST(GrowingColumn, KeepsCurrencies) {
  GrowingColumn<Currency> column;
  const char* const codes[] = {"CNY", "JPY", "AED", "ZWL", "EUR"};
  for (const char* code : codes) column.Add(Currency::Parse(code).value_or(Currency()));
  column.Add(Currency());
  for (size_t row = 0; row < std::size(codes); row++) {
    EXPECT_EQ(column[row], Currency::Parse(codes[row]).value_or(Currency())) << codes[row];
  }
  EXPECT_TRUE(column.back().empty());
}

TEST(GrowingColumn, AViewStaysAsItWasWhileTheColumnGrows) {
  GrowingColumn<uint64_t> column;
  std::vector<ColumnView<uint64_t>> views;
  constexpr uint64_t kRows = 100'000;
  for (uint64_t row = 0; row < kRows; row++) {
    if (row % 9'973 == 0) views.push_back(column.View());
    column.Add(row * row);  // wide from row 65,536 on
  }
  for (size_t i = 0; i < views.size(); i++) {
    ASSERT_EQ(views[i].size(), i * 9'973);
    for (uint64_t row = 0; row < views[i].size(); row++) ASSERT_EQ(views[i][row], row * row);
  }
  EXPECT_EQ(RowsBelow(column.View(), UINT64_C(100)), 10U);
  EXPECT_EQ(RowsBelow(column.View(), UINT64_C(101)), 11U);
  EXPECT_EQ(RowsBelow(column.View(), UINT64_MAX), kRows);
  EXPECT_EQ(RowsBelow(ColumnView<uint64_t>(), UINT64_C(1)), 0U);
}

TEST(GrowingColumn, TextsAreFoundByTheirRows) {
  GrowingTextColumn texts;
  std::vector<std::string> added;
  for (size_t i = 0; i < 3'000; i++) {
    added.push_back(std::string(i % 37, static_cast<char>('a' + i % 26)));
    texts.Add(added.back());
  }
  const TextColumn some = texts.First(1'000);
  ASSERT_EQ(some.size(), 1'000U);
  for (size_t i = 0; i < some.size(); i++) EXPECT_EQ(some[i], added[i]);
  for (size_t i = 0; i < added.size(); i++) EXPECT_EQ(texts[i], added[i]);
}

// Whoever forged the ends of texts cannot make them lead out of their heap.
TEST(GrowingColumn, TextsThatCannotBeAreEmpty) {
  GrowingTextColumn texts;
  texts.heap.AddAll("abc");
  for (const uint64_t end : {2, 1, 4}) texts.ends.Add(end);
  EXPECT_EQ(texts[0], "ab");
  EXPECT_EQ(texts[1], "");
  EXPECT_EQ(texts[2], "");
}

// Returns whether the last value of `bytes` is that of the file.
bool IsMapped(const GrowingColumn<uint64_t>& column, int descriptor, size_t bytes) {
  const size_t row = bytes / sizeof(uint64_t) - 1;
  const uint64_t right = column[row];
  const auto write = [&](uint64_t value) {
    return ::pwrite(descriptor, &value, sizeof(value), static_cast<off_t>(row * sizeof(value))) == sizeof(value);
  };
  return write(7) && column[row] == 7 && write(right) && column[row] == right;
}

// What is on disk as well is that of the file from then on, and rows go on behind it.
TEST(GrowingColumn, HasWhatWasWrittenAndWhatComesBehindIt) {
  const TemporaryFolder folder;
  GrowingColumn<uint64_t> column;
  uint64_t rows = 0;
  const auto add = [&](uint64_t count) {
    for (const uint64_t end = rows + count; rows < end; rows++) column.Add(rows + UINT32_MAX);
  };
  for (const size_t written : {size_t{4096}, size_t{256} << 10, size_t{512} << 10}) {
    add(40'000);
    const std::filesystem::path path = folder.path() / std::to_string(written);
    ASSERT_TRUE(WriteNewFile(path, std::string_view(column.bytes(), column.size() * column.width())).ok());
    const OpenFile file(path.c_str(), O_RDWR);
    column.MapWritten(file.descriptor(), written);
    add(7);
    for (uint64_t row = 0; row < rows; row++) ASSERT_EQ(column[row], row + UINT32_MAX);
    EXPECT_TRUE(IsMapped(column, file.descriptor(), written));
  }
}

// Some file systems do not let their files be mapped; what was in memory must stay there then.
TEST(GrowingColumn, KeepsWhatItHasWhereAFileCannotBeMapped) {
  const OpenFile file("/proc/version", O_RDONLY);
  ASSERT_TRUE(file.is_open());
  ASSERT_EQ(::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, file.descriptor(), 0), MAP_FAILED);
  GrowingColumn<uint64_t> column;
  constexpr uint64_t kMoreThanOnHeap = 500'000;
  for (uint64_t value = 0; value < kMoreThanOnHeap; value++) column.Add(value);
  column.MapWritten(file.descriptor(), 4096);
  for (uint64_t value = 0; value < kMoreThanOnHeap; value++) ASSERT_EQ(column[value], value);

  // It is read instead, as far as there is something to read.
  GrowingColumn<char> text;
  EXPECT_FALSE(text.TakeStored(file.descriptor(), 4096, "", 4096, false).ok());
  GrowingColumn<char> beginning;
  ASSERT_TRUE(beginning.TakeStored(file.descriptor(), 5, "...", 8, false).ok());
  EXPECT_EQ(std::string_view(beginning.bytes(), 8), "Linux...");
}

}  // namespace
}  // namespace duebook
