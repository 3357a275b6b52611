// What the running program is called in tags of answers.

#pragma once

#include <string>

namespace duebook {

// The version, and of the program's bytes a hash, so that another build never takes its answers for this one's.
std::string BuildName();

}  // namespace duebook
