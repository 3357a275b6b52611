// What is derived from the log lies beside it, and can be deleted, damaged or made anew at any time: no answer changes.

#include <filesystem>

#include "ledger/log/derived/folds.h"
#include "tests/tools/history_fixture.h"

namespace duebook {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint64_t kEvents = 20'000;
constexpr const char* kQuestions[] = {
    "balance --format csv",
    "aging --format csv --effective 2025-06-30 --known 15000",
    "open-items --format csv --effective 2024-06-30",
    "statement C3 --format csv",
    "trail invoice:INV-500 --format csv",
    "trail C7 --format csv",
    "promises --format csv",
    "events --customer C5 --format jsonl",
};

class DerivedTest : public HistoryTest {
 protected:
  DerivedTest() {
    MakeHistory(kEvents);
    Print("mv undisturbed ledger");
    for (const char* question : kQuestions) answers_.push_back(Print(Asking(question)));
  }

  static std::string Asking(const char* question) { return fmt::format("duebook --ledger ledger {}", question); }
  std::filesystem::path derived() const { return folder_ / "ledger" / kDerivedFolder; }

  std::vector<std::filesystem::path> Files() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(derived())) {
      if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path());
    }
    return files;
  }

  // Every answer is what it was; `warning` is told if it is not empty.
  void ExpectSameAnswers(const std::string& warning) {
    size_t expected = 0;
    bool told = false;
    for (const char* question : kQuestions) {
      const ShellResult result = Run(Asking(question));
      EXPECT_EQ(result.status, 0);
      EXPECT_TRUE(result.out == answers_[expected++]) << question;
      if (warning.empty()) {
        EXPECT_THAT(result.err, IsEmpty()) << question;
      }
      told = told || (!warning.empty() && result.err.find(warning) != std::string::npos);
    }
    EXPECT_TRUE(told || warning.empty());
  }

  std::vector<std::string> answers_;
};

TEST_F(DerivedTest, CanBeDeletedAndMadeAnew) {
  ASSERT_FALSE(std::filesystem::is_empty(derived()));
  ExpectSameAnswers("");
  std::filesystem::remove_all(derived());
  ExpectSameAnswers("it ends at event 0 of 20000");
  EXPECT_EQ(Print("duebook --ledger ledger rebuild"), "made anew what is derived from 20000 events\n");
  ExpectSameAnswers("");
  EXPECT_EQ(Run("duebook --ledger ledger verify").status, 0);
}

TEST_F(DerivedTest, IsNotBelievedWhenItIsDamaged) {
  for (const auto& file : Files()) FlipByte(file, std::filesystem::file_size(file) / 3);
  ExpectSameAnswers("`duebook rebuild`");
  const ShellResult verified = Run("duebook --ledger ledger verify");
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.err, HasSubstr("the events are as they were"));
  Print("duebook --ledger ledger rebuild");
  ExpectSameAnswers("");
  EXPECT_EQ(Run("duebook --ledger ledger verify").status, 0);
}

TEST_F(DerivedTest, IsMadeAgainWhereRebuildingWasCutOff) {
  for (const auto& file : Files()) std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  Write("ledger/derived/index-1-20000.part", "half of it");
  ExpectSameAnswers("`duebook rebuild`");
  Print("duebook --ledger ledger rebuild");
  ExpectSameAnswers("");
}

TEST_F(DerivedTest, FollowsWhatIsRecordedLater) {
  Print("duebook --ledger ledger record NoteAdded date=2026-01-01 customer=C3 text=Hello");
  EXPECT_THAT(Print("duebook --ledger ledger trail C3"), HasSubstr("Hello"));
  std::filesystem::remove_all(derived());
  Print("duebook --ledger ledger record NoteAdded date=2026-01-01 customer=C3 text=Again");
  EXPECT_FALSE(std::filesystem::is_empty(derived()));
  EXPECT_THAT(Print("duebook --ledger ledger trail C3"), HasSubstr("Again"));
}

}  // namespace
}  // namespace duebook
