// The safety theorem, and with it every rule and figure, on random commands: the real ledger against the reference
// model. DUEBOOK_SEED starts with another case, DUEBOOK_ROUNDS runs more of them; a failure prints the seed that
// replays it, and the fewest steps that still show it.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <map>

#include "ledger/event/event.h"
#include "tests/model/simulation.h"

// Of the sanitizers' runtime, where there is one.
extern "C" void __sanitizer_set_death_callback(void (*)()) __attribute__((weak));

namespace duebook::model {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// A broken invariant or a sanitizer's finding ends the program without coming back here.
uint64_t running_seed = 0;
void PrintSeed() { fmt::print(stderr, "\nreplay with DUEBOOK_SEED={} DUEBOOK_ROUNDS=1\n", running_seed); }

void PrintSeedOnDeath() {
  std::signal(SIGABRT, [](int) { PrintSeed(); });
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(PrintSeed);
}

constexpr int kStepsPerRound = 90;

std::vector<Step> StepsOf(uint64_t seed) { return Generator(seed).Steps(kStepsPerRound); }

constexpr uint64_t kFirstSeed = 1;
constexpr uint64_t kRounds = 40;
constexpr uint64_t kOutcomesForEachRound = 5;  // seeds of which no figures are compared
constexpr int kFewest = 3;                     // times that there is met what must be

bool IsTheGate() { return std::getenv("DUEBOOK_SEED") == nullptr && std::getenv("DUEBOOK_ROUNDS") == nullptr; }

// Simulates so many seeds.
void Simulate(uint64_t seeds, Comparing what, Compared* compared) {
  const uint64_t first = FromEnvironment("DUEBOOK_SEED", kFirstSeed);
  PrintSeedOnDeath();
  spdlog::set_level(spdlog::level::off);  // ledgers are opened by the thousand
  for (uint64_t seed = first; seed < first + seeds; seed++) {
    running_seed = seed;
    const std::vector<Step> steps = StepsOf(seed);
    if (!Simulate(steps, seed, what, compared).has_value()) continue;
    const std::vector<Step> fewest = Shrink(steps, seed, what);
    std::string text;
    for (const Step& step : fewest) text += ToLine(step) + "\n";
    FAIL() << text << Simulate(fewest, seed, what).value_or("it does not fail always")
           << "\nreplay with DUEBOOK_SEED=" << seed << " DUEBOOK_ROUNDS=1";
  }
}

template <class Key>
auto CountOf(const std::map<Key, int>& counts, const Key& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

// Reports of which nothing is compared with the model: customers has figures of balance, aging and credit.
const std::set<std::string> kNotCompared{"customers"};

// What the rows of reports say, beside what is in them.
const std::vector<std::string> kRowsToMeet{"apply exact",
                                           "apply near",
                                           "apply net",
                                           "apply none",
                                           "apply oldest",
                                           "apply reference",
                                           "apply subset",
                                           "score bounced",
                                           "score broken",
                                           "score days_late",
                                           "score disputes",
                                           "score holds",
                                           "score overdue_days",
                                           "score promise_rate",
                                           "score relation",
                                           "score utilisation",
                                           "worklist apply",
                                           "worklist approve",
                                           "worklist bill",
                                           "worklist credit_note",
                                           "worklist dispute",
                                           "worklist escalation",
                                           "worklist follow_up",
                                           "worklist hold",
                                           "worklist promise_broken",
                                           "worklist promise_due",
                                           "worklist release",
                                           "worklist reminder"};

TEST(SafetyTheorem, LedgerAndReportsAgreeWithTheModelAtEveryCut) {
  Compared compared;
  Simulate(FromEnvironment("DUEBOOK_ROUNDS", kRounds), Comparing::kFigures, &compared);
  if (HasFatalFailure() || !IsTheGate()) return;
  for (const EventTypeInfo& info : AllEventTypes()) {
    EXPECT_GE(CountOf(compared.recorded, std::string(info.name)), kFewest)
        << info.name << ": the model and its generator have to know it";
  }
  for (const ReportInfo& report : AllReports()) {
    const std::string name(report.name);
    if (!kNotCompared.contains(name)) EXPECT_GE(CountOf(compared.report_rows, name), kFewest) << name;
  }
  for (const std::string& row : kRowsToMeet) EXPECT_GE(CountOf(compared.report_rows, row), kFewest) << row;
}

// The ledger refuses for the first of the reasons that the model tells.
TEST(SafetyTheorem, RandomCommandsMeetEveryRule) {
  Compared compared;
  Simulate(FromEnvironment("DUEBOOK_ROUNDS", kRounds) * kOutcomesForEachRound, Comparing::kOutcomes, &compared);
  if (HasFatalFailure() || !IsTheGate()) return;
  for (const RejectionCode code : AllRejectionCodes()) {
    // What a line shows that cannot be read, or is of no type, is tried at the doors.
    const bool of_the_line = code < RejectionCode::kMissingField && code != RejectionCode::kIdConflict;
    if (of_the_line || code == RejectionCode::kUnknownCurrency) continue;
    EXPECT_GE(CountOf(compared.refused, code), kFewest) << CodeName(code);
  }
}

}  // namespace
}  // namespace duebook::model
