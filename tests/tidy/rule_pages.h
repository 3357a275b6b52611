// The pages of rules, ledger/RULES.md and tools/INTERFACE.md: numbered rules, each of which names the tests that hold
// it, in backquotes.

#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/tidy/source_file.h"

namespace duebook {

// Returns the names of all tests that are run: "Suite.Name", and of a scenario its path below tests/,
// "scenarios/refusals/bad_json.test". A test with parameters counts if something instantiates it.
std::set<std::string> TestNamesIn(const std::vector<SourceFile>& files);

// Returns "ledger/RULES.md:12: why" for each test that the page names and that is not among `tests`, for each rule that
// names none, and for each number that does not follow the one before.
std::vector<std::string> BreachesOfRulePage(const SourceFile& page, const std::set<std::string>& tests);

}  // namespace duebook
