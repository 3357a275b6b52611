// Writing JSON texts.

#pragma once

#include <string>
#include <string_view>

namespace duebook {

// Appends `text` (UTF-8) as a JSON string with its quotes. Escapes what JSON demands (RFC 8259, section 7): quotes,
// backslashes and control characters; anything else stands as it is.
void AppendJsonText(std::string_view text, std::string* json);

}  // namespace duebook
