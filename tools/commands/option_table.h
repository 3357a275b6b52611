// What the program says of an option beyond what CLI11 keeps: which files its value names, and which values it has.
// The check of the files on a line, completions and man pages go by it.

#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class Option;
}

namespace duebook {

struct OptionFacts {
  // The values name files that the command reads.
  bool is_read = false;
  // Files that the command writes are called by the value and one of these: "" for the value itself. Empty: none.
  std::vector<std::string> written_endings;
  // They are written where they lie, rather than made beside it, to take the name once they are whole.
  bool written_in_place = false;
  // What is offered as a value. Empty: anything may be one.
  std::vector<std::string> values;
  // What words in its values mean, and the heading under which the man page tells it. Empty: nobody tells it.
  std::vector<std::pair<std::string, std::string>> meanings;
  std::string heading;
};

class OptionTable {
 public:
  // What is to be said of it. Stays where it is as long as the table does.
  OptionFacts* Add(const CLI::Option* option) { return &facts_[option]; }
  // Nothing is said of an option that was not added, such as CLI11's own --help.
  const OptionFacts& Of(const CLI::Option& option) const {
    static const OptionFacts nothing;
    const auto found = facts_.find(&option);
    return found == facts_.end() ? nothing : found->second;
  }

 private:
  std::map<const CLI::Option*, OptionFacts> facts_;
};

}  // namespace duebook
