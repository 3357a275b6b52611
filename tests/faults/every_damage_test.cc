// Small ledgers, with every file that holds rows damaged at every place.

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "tests/support/child_process.h"
#include "tests/support/damaged_ledger.h"
#include "tests/support/test_ledger.h"

namespace duebook {
namespace {

void Fill(const LedgerFolder& folder) {
  RecordOne(*folder.Open(), OpenCustomer("A"));
  RecordAll(*folder.Open(), ListOf(ReceivePayment("A", 2), ReceivePayment("A", 3)));
  RecordOne(*folder.Open(), IssueInvoice("A", 4, "100"));
}

// How many damages of each judgement there were.
std::map<Judgement, uint64_t> DamageAll(const LedgerFolder& folder) {
  spdlog::set_level(spdlog::level::off);
  const Answers before = AnswersOf(folder.path());
  std::map<Judgement, uint64_t> judged;
  for (const std::filesystem::path& file : FilesWithRows(folder.path())) {
    ForEachDamage(file, 1, [&](const FileDamage& damage) {
      const Damaged damaged(damage);
      const Judgement judgement = JudgeReading(folder.path(), before);
      judged[judgement]++;
      EXPECT_NE(judgement, Judgement::kUnnoticed) << file.filename() << ": " << damage.what;
    });
  }
  spdlog::set_level(spdlog::level::info);
  return judged;
}

TEST(EveryDamage, AfterAnOrderlyEndIsToldOrHarmless) {
  const LedgerFolder folder;
  Fill(folder);
  auto judged = DamageAll(folder);
  EXPECT_EQ(judged[Judgement::kSaidTorn], 0U);
  EXPECT_GT(judged[Judgement::kTold], 8000U);
}

TEST(EveryDamage, AfterACrashIsToldOrTheEndIsSaidToBeUnknown) {
  const LedgerFolder folder;
  Fill(folder);
  ChildProcess child([&](const ChildProcess::Tell&) {
    const auto ledger = folder.Open();
    RecordOne(*ledger, ReceivePayment("A", 5));
    RecordOne(*ledger, ReceivePayment("A", 6));
    ::_exit(0);
  });
  EXPECT_TRUE(child.Wait());
  EXPECT_GT(DamageAll(folder)[Judgement::kTold], 8000U);
}

}  // namespace
}  // namespace duebook
