// What RocksDB takes for a torn end is told apart from damage, for every bit of a log.

#include "ledger/log/rocksdb/record_file.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

// A write-ahead log as RocksDB writes it, with values of these lengths, each in a record of its own.
std::string LogWith(std::initializer_list<size_t> lengths) {
  const TemporaryFolder folder;
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  EXPECT_TRUE(rocksdb::DB::Open(options, folder.path().string(), &opened).ok());
  const std::unique_ptr<rocksdb::DB> database(opened);
  for (const size_t length : lengths) EXPECT_TRUE(database->Put({}, "key", std::string(length, 'x')).ok());
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    if (entry.path().extension() == ".log") bytes += ReadWholeFile(entry.path());
  }
  return bytes;
}

std::string Flipped(std::string bytes, size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
  return bytes;
}

TEST(RecordFile, WhatWasWrittenAsAWholeIsWhole) {
  EXPECT_EQ(CheckRecordFile(""), RecordFileState::kWhole);
  EXPECT_EQ(CheckRecordFile(LogWith({1})), RecordFileState::kWhole);
  EXPECT_EQ(CheckRecordFile(LogWith({1, 300, 100'000, 5})), RecordFileState::kWhole);
  // Blocks that end with no, and with every small number of bytes left.
  const size_t to_fill_a_block = 32768 - LogWith({32000}).size() + 32000;
  for (size_t left = 0; left < 20; left++) {
    EXPECT_EQ(CheckRecordFile(LogWith({to_fill_a_block - left, 5})), RecordFileState::kWhole) << left;
  }
}

TEST(RecordFile, EveryFlippedBitIsDamage) {
  const std::string bytes = LogWith({1, 40, 300});
  for (size_t bit = 0; bit < 8 * bytes.size(); bit++) {
    EXPECT_EQ(CheckRecordFile(Flipped(bytes, bit)), RecordFileState::kDamaged) << "bit " << bit;
  }
  const std::string blocks = LogWith({5, 70'000});
  for (size_t bit = 0; bit < 8 * blocks.size(); bit += 7919) {
    EXPECT_EQ(CheckRecordFile(Flipped(blocks, bit)), RecordFileState::kDamaged) << "bit " << bit;
  }
}

TEST(RecordFile, AnEndThatIsMissingIsTorn) {
  const std::string before = LogWith({1, 40});
  const std::string bytes = LogWith({1, 40, 300});
  for (size_t size = before.size() + 1; size < bytes.size(); size++) {
    EXPECT_EQ(CheckRecordFile(bytes.substr(0, size)), RecordFileState::kTorn) << size;
  }
}

TEST(RecordFile, PagesMissingFromTheLastRecordAreATear) {
  const size_t before = LogWith({1, 40}).size();
  const std::string bytes = LogWith({1, 40, 100'000});
  for (size_t page = 0; page < bytes.size(); page += 4096) {
    std::string torn = bytes;
    for (size_t i = std::max(page, before); i < std::min(page + 4096, bytes.size()); i++) torn[i] = '\0';
    EXPECT_EQ(CheckRecordFile(torn), RecordFileState::kTorn) << page;
  }
}

// Once another record follows, what is before it was safe, however much of it is gone.
TEST(RecordFile, PagesMissingBeforeAnotherRecordAreDamage) {
  const std::string bytes = LogWith({1, 20'000, 40});
  for (size_t page = 0; page + 4096 < 20'000; page += 4096) {
    std::string damaged = bytes;
    for (size_t i = page; i < page + 4096; i++) damaged[i] = '\0';
    EXPECT_EQ(CheckRecordFile(damaged), RecordFileState::kDamaged) << page;
  }
}

}  // namespace
}  // namespace duebook
