// Policies in TOML: a table for each kind, with the fields of the event that it becomes.

#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/command/command.h"
#include "ledger/values/result.h"

namespace duebook {

// One policy of a file, as a record that has all but the id.
struct FilePolicy {
  std::string table;  // "credit"
  int line = 0;
  std::vector<std::pair<std::string, int>> lines;  // of its fields
  Record record;

  // Returns the line of a field, or of the table where the field has none of its own.
  int LineOf(std::string_view field) const;
};

// What a file says. The records view into it.
struct PolicyFile {
  std::vector<FilePolicy> policies;  // in the order of the file
  bool takes_day = false;            // one of them says no date of its own
  std::deque<std::string> texts;
};

// Reads the text of the file that is called `name`. Policies that say no date are dated `day`. Fails with
// kInvalidArgument where it is no TOML or has another table or field; the error names file, line and field.
Result<PolicyFile> ReadPolicies(const std::string& text, const std::string& name, const std::string& day);

}  // namespace duebook
