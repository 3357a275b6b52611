// Whether a schema may follow a released one: schemas/README.md, checked.

#pragma once

#include <filesystem>
#include <string>

namespace duebook {

// The first reason why what was stored under schema `released` (a .fbs file) could not be read as it was meant under
// schema `current`; "" if there is none. `scratch` is a folder for intermediate files.
std::string BreakOfEvolution(const std::filesystem::path& released, const std::filesystem::path& current,
                             const std::filesystem::path& scratch);

}  // namespace duebook
