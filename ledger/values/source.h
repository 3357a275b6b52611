// What the source of an event begins with, by the door that it came through. The source of what a file brings begins
// with the file's name, which is made not to read as one of these.

#pragma once

#include <array>
#include <string_view>

namespace duebook {

inline constexpr std::string_view kTerminalSource = "terminal:";  // then LOGIN@MACHINE
inline constexpr std::array<std::string_view, 3> kDoorSources = {kTerminalSource, "web:", "api:"};

}  // namespace duebook
