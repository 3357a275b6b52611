#include "tests/fuzz/fuzzer.h"

#include <cstddef>
#include <cstdint>

#include "ledger/values/check.h"

namespace duebook {

std::vector<Fuzzer>& Fuzzers() {
  static std::vector<Fuzzer> all;
  return all;
}

}  // namespace duebook

// What libFuzzer calls, in a program with one fuzzer.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  CHECK(duebook::Fuzzers().size() == 1);
  duebook::Fuzzers().front().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
