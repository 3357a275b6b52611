// Numbers by their hashes against a plain list, with hashes that agree in few bits or in many.

#include "ledger/values/numbers_by_hash.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <random>
#include <utility>
#include <vector>

#include "tests/support/sanitized.h"
#include "tests/support/seed.h"

namespace duebook {
namespace {

using Entries = std::vector<std::pair<uint64_t, uint64_t>>;  // hash, number

// The entry itself, confirmed as a caller would.
uint64_t FoundIn(const NumbersByHash& numbers, const Entries& entries, uint64_t hash, uint64_t number) {
  return numbers.Find(hash, [&](uint64_t candidate) {
    return candidate == number && std::count(entries.begin(), entries.end(), std::pair(hash, candidate)) > 0;
  });
}

TEST(NumbersByHash, FindsNothingInAnEmptyOne) {
  const NumbersByHash numbers;
  for (const uint64_t hash : {uint64_t{0}, ~uint64_t{0}}) {
    EXPECT_EQ(numbers.Find(hash, [](uint64_t) { return true; }), 0U);
  }
}

TEST(NumbersByHash, FindsWhatWasInsertedAndNotErased) {
  const uint32_t seed = TestSeed(41);
  TRACE_SEED(seed);
  std::mt19937_64 random(seed);
  const uint64_t spreads[] = {~uint64_t{0}, 0xFF, uint64_t{0xFF} << 56, 0, uint64_t{0xF00000000000000F}};
  for (const uint64_t spread : spreads) {
    NumbersByHash numbers;
    Entries entries;
    uint64_t last = 0;
    for (int step = 0; step < 600; step++) {
      if (!entries.empty() && random() % 4 == 0) {
        const auto at = entries.begin() + static_cast<std::ptrdiff_t>(random() % entries.size());
        numbers.Erase(at->first, at->second);
        const auto erased = *at;
        entries.erase(at);
        ASSERT_EQ(FoundIn(numbers, entries, erased.first, erased.second), 0U);
      } else {
        entries.emplace_back(random() & spread, last += 1 + random() % 3);
        numbers.Insert(entries.back().first, last);
      }
      ASSERT_EQ(numbers.size(), entries.size());
    }
    for (const auto& [hash, number] : entries) ASSERT_EQ(FoundIn(numbers, entries, hash, number), number) << spread;
  }
}

TEST(NumbersByHash, AsksOnlyForWhatMayBeIt) {
  std::mt19937_64 random(7);
  NumbersByHash numbers;
  for (uint64_t number = 1; number <= 10'000; number++) numbers.Insert(random(), number);
  int asked = 0;
  for (int i = 0; i < 10'000; i++) {
    numbers.Find(random(), [&](uint64_t) {
      asked++;
      return false;
    });
  }
  EXPECT_EQ(asked, 0);
}

TEST(NumbersByHash, HoldsNumbersThatAreFarApart) {
  NumbersByHash numbers;
  numbers.Insert(1, 1);
  numbers.Insert(2, 1'000'000);
  numbers.Reserve(10);
  for (const uint64_t number : {uint64_t{1}, uint64_t{1'000'000}}) {
    EXPECT_EQ(numbers.Find(number == 1 ? 1 : 2, [&](uint64_t candidate) { return candidate == number; }), number);
  }
}

// Not as a broken invariant: who asked for so much is told that there is no more memory.
TEST(NumbersByHashDeathTest, EndsLikeEveryLackOfMemory) {
  if (kSanitized) GTEST_SKIP() << "sanitizers take more address space than any limit";
  constexpr int kNoMemory = 7;
  const auto fill = [] {
    std::set_new_handler([] { std::_Exit(kNoMemory); });
    const rlimit limit{rlim_t{256} << 20, rlim_t{256} << 20};
    ::setrlimit(RLIMIT_AS, &limit);
    NumbersByHash numbers;
    for (uint64_t number = 1;; number++) numbers.Insert(number * 0x9E37'79B9'7F4A'7C15, number);
  };
  EXPECT_EXIT(fill(), testing::ExitedWithCode(kNoMemory), "");
}

}  // namespace
}  // namespace duebook
