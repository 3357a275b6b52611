// Nothing acknowledged is lost and nothing is half there, whatever the disk does: thousands of lives of small ledgers,
// each with a fault at a random operation. DUEBOOK_SEED starts with another case, DUEBOOK_ROUNDS runs more of them; a
// failure prints the seed that replays it.

#include "tests/faults/simulator.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

// Of the sanitizers' runtime, where there is one.
extern "C" void __sanitizer_set_death_callback(void (*)()) __attribute__((weak));

namespace duebook::faults {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// A broken invariant or a sanitizer's finding ends the program without coming back here.
uint64_t running_seed = 0;
void PrintSeed() { fmt::print(stderr, "\nreplay with DUEBOOK_SEED={} DUEBOOK_ROUNDS=1\n", running_seed); }

// Ends by itself what would wait forever.
constexpr unsigned kSecondsForOneSeed = 100;

void PrintSeedOnDeath() {
  std::signal(SIGALRM, [](int) { std::abort(); });
  std::signal(SIGABRT, [](int) { PrintSeed(); });
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(PrintSeed);
}

Problem RunOne(uint64_t seed, Summary* summary) {
  try {
    return Simulator(seed, summary).Run();
  } catch (const std::exception& exception) {  // of std::filesystem
    return exception.what();
  }
}

TEST(Simulator, NothingAcknowledgedIsLostAndNothingIsHalfThere) {
  const bool sanitized = __sanitizer_set_death_callback != nullptr;
  const uint64_t first = FromEnvironment("DUEBOOK_SEED", 1);
  const uint64_t rounds = FromEnvironment("DUEBOOK_ROUNDS", sanitized ? 100 : 2000);
  PrintSeedOnDeath();
  spdlog::set_level(spdlog::level::off);  // ledgers are opened by the thousand
  Summary summary;
  uint64_t failures = 0;
  for (uint64_t seed = first; seed < first + rounds && failures < 10; seed++) {
    running_seed = seed;
    alarm(kSecondsForOneSeed);
    const Problem problem = RunOne(seed, &summary);
    if (!problem.has_value()) continue;
    failures++;
    ADD_FAILURE() << *problem << "\nreplay with DUEBOOK_SEED=" << seed << " DUEBOOK_ROUNDS=1";
  }
  alarm(0);
  fmt::print("{}", summary.Show());
  if (rounds < 2000) return;
  EXPECT_GT(summary.cut_off, 500U);
  EXPECT_GT(summary.reported, 300U);
  EXPECT_GT(summary.said_torn, 0U);
}

}  // namespace
}  // namespace duebook::faults
