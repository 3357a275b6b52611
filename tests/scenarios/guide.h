// Guides: pages of Markdown with examples that readers type line by line (README.md, tools/maps/README.md). They are
// played in one folder, in one shell, from top to bottom:
//
//   ```console             "$ " begins a command, as in a scenario; below it stands what it prints, be it a refusal
//   ```sh                  each line that begins with "duebook " has to succeed; what it prints is not shown. What sets
//                          the machine up or builds has tests of its own
//   ```csv export.csv      any other language with a name behind it: a file that the commands find
//
// What a reader has at hand is there: the program in build/, and the files of tools/.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace duebook {

// What the commands printed, and what did not go as the guide says.
struct PlayedGuide {
  // The guide, with what its console blocks print now; what differs only in what scenario.h masks is left as it was.
  std::string text;
  std::vector<std::string> failures;  // commands of sh blocks that did not succeed, with what they printed
};

// `work_folder` must be empty; `source` is the repository.
PlayedGuide PlayGuide(const std::string& text, const std::filesystem::path& source,
                      const std::filesystem::path& program, const std::filesystem::path& work_folder);

// Commands of one shell, in order: what each prints, standard error included, and its exit status.
struct Printed {
  std::string text;
  int status = 0;
};
std::vector<Printed> RunInOneShell(const std::vector<std::string>& commands, const std::filesystem::path& program,
                                   const std::filesystem::path& work_folder);

}  // namespace duebook
