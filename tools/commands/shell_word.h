// Words of command lines that the program prints, to be typed or copied.

#pragma once

#include <string>
#include <string_view>

namespace duebook {

// The text as one word on a shell's line, in quotes if it needs them.
std::string ShellWord(std::string_view text);
// The text as it stands between single quotes on a shell's line.
std::string WithinQuotes(std::string_view text);

}  // namespace duebook
