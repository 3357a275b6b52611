// What a command is told on its line. Behind it is CLI11, kept out of the commands' files: each that sees it takes
// seconds more to compile.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/values/result.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace duebook {

struct OptionFacts;
class OptionTable;
struct Session;

class Option {
 public:
  Option(CLI::Option* option, OptionFacts* facts) : option_(option), facts_(facts) {}
  Option& Required();
  // What stands for the value in the help.
  Option& Called(const std::string& what);
  // Other values are bad usage.
  Option& OneOf(std::vector<std::string> values);
  // Completions offer these values; the command itself refuses others.
  Option& Offers(std::vector<std::string> values);
  // The man page tells under this heading what these words mean, of which values are made.
  Option& Explained(const std::string& heading, std::vector<std::pair<std::string, std::string>> meanings);
  // The value names a file that the command reads.
  Option& Reads();
  // The value names a file that the command writes: beside what was there, to take its name once it is whole.
  Option& Writes();
  // The value names a file that the command writes where it lies, with others that are called by the value and an
  // ending, "" for the value itself.
  Option& WritesInPlace(std::vector<std::string> endings = {""});
  Option& Between(int least, int most);
  // "" is bad usage: what a shell makes of a variable that is not set.
  Option& NotEmpty();
  // The help tells the target's value of now.
  Option& ShowDefault();
  Option& FromEnvironment(const std::string& variable);
  // Lets a list have one value each time it is given, so that what follows is not taken for another.
  Option& MayRepeat();
  Option& OnlyOnce();
  Option& Needs(const Option& other);
  Option& Excludes(const Option& other);

 private:
  CLI::Option* option_;  // the command's
  OptionFacts* facts_;   // the table's
};

class CommandOptions {
 public:
  CommandOptions(CLI::App* app, OptionTable* table) : app_(app), table_(table) {}
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
  bool IsOnTheLine() const;  // once the line is read
  // What the session runs if this command is on the line.
  void Run(Session& session, std::function<int()> run);

 private:
  Option Added(CLI::Option* option);

  CLI::App* app_;  // the whole command line's
  OptionTable* table_;
};

// Adds --output, which names a file to be written in the place of standard output, "" unless it is given.
void AddOutputOption(CommandOptions command, std::string* file);

// Adds a command with its one line of help and an example. The session has to outlive what is made of it.
CommandOptions AddCommand(CLI::App& app, Session& session, const std::string& name, const std::string& summary,
                          const std::string& example);

}  // namespace duebook
