#include "tools/commands/process_limits.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <filesystem>

#include "ledger/values/open_file.h"
#include "tests/support/temporary_folder.h"

namespace duebook {
namespace {

// Reads a byte of a mapped file that became shorter meanwhile.
void ReadLostPage(const std::filesystem::path& path) {
  const OpenFile file(path, O_RDONLY);
  void* const mapped = ::mmap(nullptr, 1, PROT_READ, MAP_SHARED, file.descriptor(), 0);
  std::filesystem::resize_file(path, 0);
  static_cast<void>(*static_cast<const volatile char*>(mapped));
}

TEST(ProcessLimits, AMappedFileThatBecameShorterEndsTheProcessWithASentence) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.Write("column", "some bytes");
  EXPECT_EXIT((PrepareForLimits(), ReadLostPage(file)), testing::ExitedWithCode(3),
              "a file of the ledger became shorter");
}

}  // namespace
}  // namespace duebook
