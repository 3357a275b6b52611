// Base64 of RFC 4648 with padding: a thin face over libsodium.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/hash.h"

namespace duebook {

std::string ToBase64(std::string_view bytes);
// Nothing unless the text is exactly what ToBase64 writes for some bytes.
std::optional<std::string> FromBase64(std::string_view text);

std::string ToBase64(const Hash& hash);
// Nothing unless the text is what ToBase64 writes for some hash.
std::optional<Hash> HashFromBase64(std::string_view text);

}  // namespace duebook
