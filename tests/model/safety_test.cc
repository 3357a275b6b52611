// The safety theorem, and with it every rule and figure, on random commands: the real ledger against the reference
// model. DUEBOOK_SEED starts with another case, DUEBOOK_ROUNDS runs more of them; a failure prints the seed that
// replays it, and the fewest steps that still show it.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <map>

#include "ledger/events/event_kind.h"
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

TEST(SafetyTheorem, LedgerAndReportsAgreeWithTheModelAtEveryCut) {
  const uint64_t first = FromEnvironment("DUEBOOK_SEED", 1);
  const uint64_t rounds = FromEnvironment("DUEBOOK_ROUNDS", 40);
  PrintSeedOnDeath();
  spdlog::set_level(spdlog::level::off);  // ledgers are opened by the thousand
  for (uint64_t seed = first; seed < first + rounds; seed++) {
    running_seed = seed;
    const std::vector<Step> steps = StepsOf(seed);
    if (!Simulate(steps, seed).has_value()) continue;
    const std::vector<Step> fewest = Shrink(steps, seed);
    std::string text;
    for (const Step& step : fewest) text += ToLine(step) + "\n";
    FAIL() << text << Simulate(fewest, seed).value_or("it does not fail always")
           << "\nreplay with DUEBOOK_SEED=" << seed << " DUEBOOK_ROUNDS=1";
  }
}

// The test above is worth something only if its commands meet all there is.
TEST(SafetyTheorem, RandomCommandsMeetEveryRule) {
  std::map<std::string, int> accepted;
  std::map<RejectionCode, int> refused;
  for (uint64_t seed = 1; seed <= 300; seed++) {
    Model model("CNY");
    for (const Step& step : StepsOf(seed)) {
      if (step.kind != Step::Kind::kCommand) continue;
      const Verdict verdict = model.Submit(step.command);
      for (const RejectionCode code : verdict.refused_for) refused[code]++;
      if (verdict.refused_for.empty() && !verdict.duplicate_of.has_value()) accepted[step.command.type]++;
    }
  }
  for (const auto& info : AllEventTypes()) {
    // What changes nothing that is decided by needs no model.
    if (KindOf(info.type).evolve == nullptr && accepted[info.name] == 0) continue;
    EXPECT_GE(accepted[info.name], 5) << info.name << ": the model and its generator have to know it";
  }
  for (const RejectionCode code : AllRejectionCodes()) {
    const bool of_books = code >= RejectionCode::kUnknownReference || code == RejectionCode::kIdConflict;
    if (!of_books) continue;
    EXPECT_GE(refused[code], 3) << CodeName(code);
  }
}

}  // namespace
}  // namespace duebook::model
