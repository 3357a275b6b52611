// Fuzzers: functions that take any bytes at all and abort, by CHECK or a sanitizer, if a promise about them is broken.
//
// Each lies in a file NAME_fuzzer.cc and defines one function with DUEBOOK_FUZZER. With libFuzzer each becomes a
// program of its own (tools/fuzz.sh); in the ordinary test program all are linked together, and run on the files of
// corpus/NAME.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duebook {

struct Fuzzer {
  const char* name;
  void (*run)(std::string_view input);
};

// Those that are linked into this program.
std::vector<Fuzzer>& Fuzzers();

struct FuzzerEntry {
  FuzzerEntry(const char* name, void (*run)(std::string_view)) { Fuzzers().push_back({name, run}); }
};

// The fuzzer NAME, followed by its body: `input` is what to look at.
#define DUEBOOK_FUZZER(name)                                        \
  static void Fuzz_##name(std::string_view input);                  \
  static const FuzzerEntry fuzzer_entry_##name(#name, Fuzz_##name); \
  static void Fuzz_##name(std::string_view input)

}  // namespace duebook
