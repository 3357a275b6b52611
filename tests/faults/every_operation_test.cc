// What happens seldom, made ledgers, with a power loss at every single operation.

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/faults/machine.h"
#include "tests/support/test_ledger.h"

namespace duebook::faults {
namespace {

constexpr FaultKind kPowerLosses[] = {FaultKind::kPowerLoss, FaultKind::kPowerLossTorn, FaultKind::kPowerLossReordered};
constexpr Disk::Survivors kSurvivors[] = {Disk::Survivors::kNothing, Disk::Survivors::kPrefixes,
                                          Disk::Survivors::kAnySubset};

LedgerOptions On(Machine& machine) {
  LedgerOptions options;
  options.store = machine.store();
  return options;
}

// Runs `body` with each kind of power loss at each operation, and then `check` on what is left; until it gets through.
void AtEveryOperation(const std::function<bool(Machine&, const std::filesystem::path&)>& body,
                      const std::function<void(Machine&, const std::filesystem::path&, bool done)>& check) {
  spdlog::set_level(spdlog::level::off);
  for (int kind = 0; kind < 3; kind++) {
    bool struck = true;
    for (uint64_t after = 0; struck; after++) {
      SCOPED_TRACE(fmt::format("{} at operation {}", NameOf(kPowerLosses[kind]), after));
      const TemporaryFolder folder;
      Machine machine(folder / "attic", after);
      const std::filesystem::path ledger = folder / "ledger";
      machine.disk().Arm({kPowerLosses[kind], after, false, false});
      const bool done = body(machine, ledger);
      struck = machine.disk().struck();
      machine.disk().Stop();
      machine.disk().RestartAfterPowerLoss(kSurvivors[kind]);
      check(machine, ledger, done);
      ASSERT_FALSE(testing::Test::HasFailure());
    }
  }
  spdlog::set_level(spdlog::level::info);
}

TEST(EveryOperation, ALedgerThatWasMadeIsThere) {
  AtEveryOperation(
      [](Machine& machine, const std::filesystem::path& ledger) {
        return EventLog::Create(ledger, {"Acme", *Currency::Parse("CNY"), "", Time{1}}, machine.store()).ok();
      },
      [](Machine& machine, const std::filesystem::path& ledger, bool done) {
        auto opened = Ledger::Open(ledger, On(machine));
        ASSERT_EQ(opened.ok(), done) << (done ? opened.error().ToString() : "");
        if (done) {
          EXPECT_EQ(RecordOne(**opened, OpenCustomer("A")), "recorded 1");
        } else {
          EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
        }
      });
}

}  // namespace
}  // namespace duebook::faults
