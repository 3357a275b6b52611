// What a command is told on its line. Behind it is CLI11, kept out of the commands' files: each that sees it takes
// seconds more to compile.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ledger/result.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace duebook {

struct Session;

class Option {
 public:
  explicit Option(CLI::Option* option) : option_(option) {}
  Option& Required();
  // What stands for the value in the help.
  Option& Called(const std::string& what);
  Option& OneOf(std::vector<std::string> values);
  Option& Between(int least, int most);
  // "" is bad usage: what a shell makes of a variable that is not set.
  Option& NotEmpty();
  // The help tells the target's value of now.
  Option& ShowDefault();
  Option& FromEnvironment(const std::string& variable);
  // Of lists: one value each time it is given, so that what follows is not taken for another.
  Option& MayRepeat();
  Option& OnlyOnce();
  Option& Needs(const Option& other);
  Option& Excludes(const Option& other);

 private:
  CLI::Option* option_;  // the command's
};

class CommandOptions {
 public:
  explicit CommandOptions(CLI::App* app) : app_(app) {}
  // A name without dashes is a place on the line. The target has to live until the command has run.
  Option Add(const std::string& name, std::string* target, const std::string& help);
  Option Add(const std::string& name, std::optional<std::string>* target, const std::string& help);
  Option Add(const std::string& name, std::vector<std::string>* target, const std::string& help);
  Option Add(const std::string& name, uint64_t* target, const std::string& help);
  Option Add(const std::string& name, std::optional<uint64_t>* target, const std::string& help);
  Option Add(const std::string& name, int* target, const std::string& help);
  Option AddFlag(const std::string& name, bool* target, const std::string& help);
  // What --help prints, made of the help that is printed otherwise, or why there is none. The target has the place on
  // the line by then.
  void Help(Session& session, std::function<Result<std::string>(std::string usual)> help);
  // What the session runs if this command is on the line.
  void Run(Session& session, std::function<int()> run);

 private:
  CLI::App* app_;  // the whole command line's
};

// Adds a command with its one line of help and an example.
CommandOptions AddCommand(CLI::App& app, const std::string& name, const std::string& summary,
                          const std::string& example);

}  // namespace duebook
