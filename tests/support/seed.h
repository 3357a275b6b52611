// Seeds of random tests: DUEBOOK_SEED replays one; otherwise the seed is a fixed one, so that a run can be repeated.

#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace duebook {

inline uint32_t TestSeed(uint32_t otherwise) {
  const char* given = std::getenv("DUEBOOK_SEED");
  return given == nullptr ? otherwise : static_cast<uint32_t>(std::stoul(given));
}

}  // namespace duebook

// Says the seed with every failure in this scope.
#define TRACE_SEED(seed) SCOPED_TRACE("replay with DUEBOOK_SEED=" + std::to_string(seed))
