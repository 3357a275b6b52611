// The example in the reference of maps is run as it stands there.

#include <fmt/core.h>

#include <regex>
#include <sstream>

#include "tests/tools/program_fixture.h"

namespace duebook {
namespace {

std::vector<std::string> BlocksOf(const std::string& text, const std::string& language) {
  std::vector<std::string> blocks;
  std::istringstream in(text);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "```" + language) {
      inside = true;
      blocks.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

std::string WithoutDuration(const std::string& text) {
  return std::regex_replace(text, std::regex(R"(\d+\.\d{3} s\n)"), "DURATION\n");
}

class MapsReadme : public ProgramTest {};

TEST_F(MapsReadme, ExampleDoesWhatItSays) {
  const std::string readme = ReadWholeFile(std::string(DUEBOOK_SOURCE_DIR) + "/tools/maps/README.md");
  const auto files = BlocksOf(readme, "csv");
  const auto maps = BlocksOf(readme, "toml");
  const auto sessions = BlocksOf(readme, "console");
  ASSERT_TRUE(files.size() == 1 && maps.size() == 1 && sessions.size() == 1);
  Write("export.csv", files[0]);
  Write("opos.toml", maps[0]);
  std::string printed;
  std::istringstream in(sessions[0]);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("$ ")) printed += line + "\n" + Run("{ " + line.substr(2) + "; } 2>&1").out;
  }
  EXPECT_EQ(WithoutDuration(printed), WithoutDuration(sessions[0]));
}

}  // namespace
}  // namespace duebook
