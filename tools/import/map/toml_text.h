// Texts in TOML.

#pragma once

#include <string>
#include <string_view>

namespace duebook {

// The text in quotes, exactly: what cannot be shown on a line is escaped. The text is UTF-8.
std::string TomlText(std::string_view text);

}  // namespace duebook
