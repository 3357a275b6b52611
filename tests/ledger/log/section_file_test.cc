#include "ledger/log/derived/section_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

class SectionFileTest : public testing::Test {
 protected:
  std::string Bytes(size_t count, char first) {
    std::string bytes;
    for (size_t i = 0; i < count; i++) bytes += static_cast<char>(first + static_cast<char>(i % 101));
    return bytes;
  }
  const std::vector<std::string> sections_{Bytes(3 * SectionFile::kPageBytes + 5, 'a'), "",
                                           Bytes(SectionFile::kPageBytes, 'b'), "short"};
  TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "file";
};

TEST_F(SectionFileTest, GivesBackWhatWasWritten) {
  ASSERT_TRUE(SectionFile::Write(path_, "the head", sections_).ok());
  const auto file = SectionFile::Open(path_);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ((*file)->head(), "the head");
  ASSERT_EQ((*file)->section_count(), sections_.size());
  for (size_t i = 0; i < sections_.size(); i++) {
    EXPECT_EQ(*(*file)->Read(i), sections_[i]);
    std::string pages;
    for (uint64_t page = 0; page < (*file)->pages(i); page++) pages += *(*file)->ReadPage(i, page);
    EXPECT_EQ(pages, sections_[i]);
  }
  EXPECT_FALSE(std::filesystem::exists(path_.string() + ".part"));
}

TEST_F(SectionFileTest, TellsEveryChangedByte) {
  ASSERT_TRUE(SectionFile::Write(path_, "the head", {Bytes(200, 'a'), "short"}).ok());
  std::string whole;
  {
    std::ifstream file(path_, std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(file), {});
  }
  for (size_t i = 0; i < whole.size(); i++) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    std::ofstream(path_, std::ios::binary) << changed;
    const auto file = SectionFile::Open(path_);
    const bool found = !file.ok() || !(*file)->Read(0).ok() || !(*file)->Read(1).ok();
    EXPECT_TRUE(found) << "byte " << i;
  }
}

TEST_F(SectionFileTest, TellsThatItsEndIsMissing) {
  ASSERT_TRUE(SectionFile::Write(path_, "the head", sections_).ok());
  for (const uintmax_t size : {uintmax_t{0}, uintmax_t{10}, uintmax_t{100}, std::filesystem::file_size(path_) - 1}) {
    std::filesystem::resize_file(path_, size);
    const auto file = SectionFile::Open(path_);
    ASSERT_FALSE(file.ok()) << size;
    EXPECT_EQ(file.error().code, ErrorCode::kDamaged);
    ASSERT_TRUE(SectionFile::Write(path_, "the head", sections_).ok());
  }
}

TEST_F(SectionFileTest, SaysThatThereIsNone) {
  const auto file = SectionFile::Open(path_);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace duebook
