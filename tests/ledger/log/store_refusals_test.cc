// Folders that are no ledger, or not one that can be used: each is said plainly.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/child_process.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr auto kRead = EventLog::Mode::kRead;
constexpr auto kWrite = EventLog::Mode::kWrite;

std::string SaidOn(const fs::path& folder, EventLog::Mode mode, ErrorCode code) {
  const auto log = EventLog::Open(folder, mode);
  if (log.ok()) return "opened";
  EXPECT_EQ(log.error().code, code) << log.error().ToString();
  return log.error().ToString();
}

TEST(StoreRefusals, NoLedgerThere) {
  const TemporaryFolder folder;
  for (const auto mode : {kRead, kWrite}) {
    EXPECT_THAT(SaidOn(folder / "absent", mode, ErrorCode::kNotFound), HasSubstr("there is no ledger in"));
    EXPECT_THAT(SaidOn(folder.path(), mode, ErrorCode::kNotFound), HasSubstr("duebook init"));
  }
  folder.Write("file", "text");
  EXPECT_THAT(SaidOn(folder / "file", kRead, ErrorCode::kNotFound), HasSubstr("there is no ledger in"));
}

TEST(StoreRefusals, ANewLedgerNeedsAnEmptyFolder) {
  const TemporaryFolder folder;
  folder.Write("letter.txt", "kept");
  const LedgerIdentity identity{"Acme", *Currency::Parse("CNY"), "", Time{1}};
  for (const fs::path& path : {folder.path(), folder / "letter.txt"}) {
    const Status status = EventLog::Create(path, identity);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, ErrorCode::kAlreadyExists);
  }
  EXPECT_EQ(ReadWholeFile(folder / "letter.txt"), "kept");
  EXPECT_TRUE(EventLog::Create(folder / "new" / "ledger", identity).ok());
}

TEST(StoreRefusals, ANewerFormat) {
  const LedgerFolder folder;
  Overwrite(folder.path() / "FORMAT", "duebook ledger format 5\n");
  EXPECT_THAT(SaidOn(folder.path(), kRead, ErrorCode::kNewerFormat), HasSubstr("has format 5"));
}

TEST(StoreRefusals, AFormatNobodyKnows) {
  const LedgerFolder folder;
  for (const char* text : {"", "duebook ledger format \n", "duebook ledger format x\n", "other\n", "\xff\xfe"}) {
    Overwrite(folder.path() / "FORMAT", text);
    EXPECT_THAT(SaidOn(folder.path(), kRead, ErrorCode::kDamaged), HasSubstr("FORMAT does not say"));
  }
}

TEST(StoreRefusals, AStoreWithoutItsManifest) {
  const LedgerFolder folder;
  fs::remove(folder.path() / "store" / "CURRENT");
  EXPECT_NE(SaidOn(folder.path(), kRead, ErrorCode::kDamaged), "opened");
  EXPECT_FALSE(fs::exists(folder.path() / "store" / "CURRENT"))
      << "a new store in place of the old would hide its loss";
}

TEST(StoreRefusals, ADamagedManifest) {
  const LedgerFolder folder;
  for (const auto& entry : fs::directory_iterator(folder.path() / "store")) {
    if (entry.path().filename().string().starts_with("MANIFEST")) Overwrite(entry.path(), "not a manifest at all");
  }
  EXPECT_NE(SaidOn(folder.path(), kRead, ErrorCode::kDamaged), "opened");
}

// Any damaged byte in a table of the log is found by verify, or by reading the block it is in.
TEST(StoreRefusals, ADamagedTable) {
  const LedgerFolder folder;
  {
    const auto ledger = folder.Open();
    std::vector<MadeCommand> commands;
    commands.push_back(OpenCustomer("A"));
    for (uint64_t number = 1; number < 20'000; number++) commands.push_back(ReceivePayment("A", number));
    ASSERT_TRUE(ledger->Record(commands).ok());
  }
  fs::path largest;
  for (const auto& entry : fs::directory_iterator(folder.path() / "store")) {
    if (entry.path().extension() != ".sst") continue;
    if (largest.empty() || entry.file_size() > fs::file_size(largest)) largest = entry.path();
  }
  ASSERT_FALSE(largest.empty());
  std::string bytes = ReadWholeFile(largest);
  bytes[bytes.size() / 2] ^= 1;
  Overwrite(largest, bytes);
  const auto log = EventLog::Open(folder.path(), kRead);
  if (!log.ok()) {
    EXPECT_EQ(log.error().code, ErrorCode::kDamaged);
    return;
  }
  const auto fault = (*log)->Verify(1, [](uint64_t, uint64_t) {});
  EXPECT_TRUE(!fault.ok() || fault->has_value());
}

TEST(StoreRefusals, ASecondWriterInThisAndInAnotherProcess) {
  const LedgerFolder folder;
  std::unique_ptr<Ledger> ledger = folder.Open();
  EXPECT_THAT(SaidOn(folder.path(), kWrite, ErrorCode::kLocked), HasSubstr("another process is writing"));
  ChildProcess child([&](const ChildProcess::Tell& tell) {
    const auto second = Ledger::Open(folder.path());
    tell(second.ok() ? 0 : static_cast<uint64_t>(second.error().code));
  });
  EXPECT_EQ(child.Hear(), static_cast<uint64_t>(ErrorCode::kLocked));
  ledger.reset();
  EXPECT_EQ(RecordOne(*folder.Open(), OpenCustomer("A")), "recorded 1");
}

TEST(StoreRefusals, ReadersStayWhereTheyOpenedWhileTheWriterGoesOn) {
  const LedgerFolder folder;
  const auto writer = folder.Open();
  EXPECT_EQ(RecordOne(*writer, OpenCustomer("A")), "recorded 1");
  uint64_t number = 1;
  const auto record = [&] {
    const std::string answer = RecordOne(*writer, ReceivePayment("A", number++));
    EXPECT_EQ(answer, fmt::format("recorded {}", number));
  };
  for (int i = 0; i < 10; i++) {
    record();
    const auto reader = folder.OpenForReading();
    const uint64_t seen = reader->last_seq();
    EXPECT_EQ(seen, number);
    for (int j = 0; j < 5; j++) record();
    EXPECT_EQ(reader->last_seq(), seen);
    ExpectSound(*reader);
  }
}

}  // namespace
}  // namespace duebook
