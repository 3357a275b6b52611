// duebook-manual FOLDER: writes FOLDER/man1/*.1, FOLDER/duebook.bash and FOLDER/_duebook.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "tools/commands/command_line.h"
#include "tools/commands/session.h"
#include "tools/packaging/manual.h"

namespace {

namespace fs = std::filesystem;

bool Write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file.good()) std::cerr << "duebook-manual: cannot write " << path.string() << '\n';
  return file.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: duebook-manual FOLDER\n";
    return 2;
  }
  const fs::path folder = argv[1];
  std::error_code error;
  fs::create_directories(folder / "man1", error);
  const std::string version = "duebook " DUEBOOK_VERSION;

  duebook::Session session;
  CLI::App program;
  duebook::DescribeCommandLine(program, session);
  bool written = Write(folder / "man1" / "duebook.1", duebook::ProgramPage(program, session.option_table, version));
  for (const CLI::App* command : program.get_subcommands(nullptr)) {
    const fs::path page = folder / "man1" / ("duebook-" + command->get_name() + ".1");
    written &= Write(page, duebook::CommandPage(program, *command, session.option_table, version));
  }
  written &= Write(folder / "_duebook", duebook::ZshCompletion(program, session.option_table));
  written &= Write(folder / "duebook.bash", duebook::BashCompletion(program, session.option_table));
  return written ? 0 : 1;
}
