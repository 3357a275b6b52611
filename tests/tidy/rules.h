// The rules that every file of this repository keeps.

#pragma once

#include <string>
#include <vector>

#include "tests/tidy/source_file.h"

namespace duebook {

// "ledger/values/date.cc:12: why" for each place where `file` breaks a rule. `setup` is the text of tools/setup.sh,
// which has to name the package of every library.
std::vector<std::string> BreachesOf(const SourceFile& file, const std::string& setup);

}  // namespace duebook
