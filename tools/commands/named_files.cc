#include "tools/commands/named_files.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "ledger/log/own_files.h"
#include "tools/commands/option_table.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

struct NamedFile {
  std::string option;  // as it stands on the line, with its value
  fs::path path;
};

// Devices and pipes may serve several at a time.
bool IsSame(const fs::path& one, const fs::path& other) {
  std::error_code error;
  if (fs::exists(one, error) != fs::exists(other, error)) return false;
  if (fs::exists(one, error)) return fs::is_regular_file(one, error) && fs::equivalent(one, other, error);
  return fs::weakly_canonical(fs::absolute(one, error), error) ==
         fs::weakly_canonical(fs::absolute(other, error), error);
}

Status CheckWritten(const NamedFile& file, bool in_place, const std::vector<NamedFile>& read,
                    const std::vector<NamedFile>& written) {
  const auto is_same = [&](const NamedFile& other) { return IsSame(file.path, other.path); };
  if (std::any_of(read.begin(), read.end(), is_same)) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} would overwrite what is read", file.option),
                 "name another file"};
  }
  const auto other = std::find_if(written.begin(), written.end(), is_same);
  if (other != written.end()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} would overwrite {}", file.option, other->option),
                 "name another file"};
  }
  std::error_code error;
  if (in_place && fs::is_regular_file(file.path, error) && fs::hard_link_count(file.path, error) > 1) {
    return Error{
        ErrorCode::kInvalidArgument,
        fmt::format("{}: the file has further names (hard links), and would change under those, too", file.option),
        "name another file"};
  }
  return CheckNotOwnFile(file.path);
}

// The options that were given, of the program and of the command.
std::vector<const CLI::Option*> GivenOptions(const CLI::App& program) {
  std::vector<const CLI::Option*> given;
  const auto add = [&](const CLI::App& app) {
    for (const CLI::Option* option : app.get_options()) {
      if (option->count() > 0) given.push_back(option);
    }
  };
  add(program);
  for (const CLI::App* command : program.get_subcommands()) add(*command);
  return given;
}

}  // namespace

Status CheckNamedFiles(const CLI::App& program, const OptionTable& options) {
  const std::vector<const CLI::Option*> given = GivenOptions(program);
  std::vector<NamedFile> read;
  for (const CLI::Option* option : given) {
    if (!options.Of(*option).is_read) continue;
    for (const std::string& name : option->results()) read.push_back({"", name == "-" ? "/dev/stdin" : name});
  }
  std::vector<NamedFile> written;
  for (const CLI::Option* option : given) {
    const OptionFacts& facts = options.Of(*option);
    for (const std::string& ending : facts.written_endings) {
      const std::string name = option->results().back();
      const NamedFile file{fmt::format("{} {}", option->get_name(), name), name + ending};
      if (!name.empty()) RETURN_IF_ERROR(CheckWritten(file, facts.written_in_place, read, written));
      written.push_back(file);
    }
  }
  return Status();
}

}  // namespace duebook
