// Every fuzzer on the inputs that are kept: those that it starts from, and those with which it once found something.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/fuzz/fuzzer.h"

namespace duebook {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(DUEBOOK_SOURCE_DIR) / "tests" / "fuzz";

std::vector<fs::path> Inputs() {
  std::vector<fs::path> inputs;
  for (const auto& entry : fs::recursive_directory_iterator(kFolder / "corpus")) {
    if (entry.is_regular_file()) inputs.push_back(entry.path());
  }
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

std::string NameOf(const fs::path& input) { return input.parent_path().filename().string(); }

class Corpus : public testing::TestWithParam<fs::path> {};

// A broken promise aborts the program.
TEST_P(Corpus, BreaksNoPromise) {
  const auto is_it = [](const Fuzzer& fuzzer) { return fuzzer.name == NameOf(GetParam()); };
  const auto fuzzer = std::find_if(Fuzzers().begin(), Fuzzers().end(), is_it);
  ASSERT_NE(fuzzer, Fuzzers().end()) << "no fuzzer for " << GetParam();
  std::stringstream text;
  text << std::ifstream(GetParam(), std::ios::binary).rdbuf();
  fuzzer->run(text.str());
}

std::string TestName(const testing::TestParamInfo<fs::path>& input) {
  std::string name = NameOf(input.param) + "_" + input.param.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Kept, Corpus, testing::ValuesIn(Inputs()), TestName);

TEST(Fuzzers, EachHasItsFileAndInputsToStartFrom) {
  std::set<std::string> with_inputs, names;
  for (const fs::path& input : Inputs()) with_inputs.insert(NameOf(input));
  for (const Fuzzer& fuzzer : Fuzzers()) {
    names.insert(fuzzer.name);
    EXPECT_TRUE(fs::exists(kFolder / (std::string(fuzzer.name) + "_fuzzer.cc"))) << fuzzer.name;
  }
  EXPECT_EQ(with_inputs, names);
}

}  // namespace
}  // namespace duebook
