// SHA-256 as the ledger uses it: a thin face over OpenSSL.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace duebook {

using Hash = std::array<uint8_t, 32>;

Hash Sha256(std::string_view bytes);
// RFC 6962: SHA-256(0x00 || bytes), the leaf of an event in the Merkle tree.
Hash LeafHash(std::string_view bytes);
// RFC 6962: SHA-256(0x01 || left || right).
Hash NodeHash(const Hash& left, const Hash& right);

// Its 32 bytes as they are.
inline std::string_view BytesOf(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

std::string ToHex(const Hash& hash);                    // 64 small letters and digits
std::optional<Hash> HashFromHex(std::string_view hex);  // either case

}  // namespace duebook
