#include "ledger/values/hash.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "ledger/values/check.h"

namespace duebook {

namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// OpenSSL marks its plain context functions as deprecated in favour of EVP, which costs three times as much for
// messages as short as events; their behaviour is the same.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
Hash DigestOf(uint8_t prefix, bool with_prefix, std::string_view first, std::string_view second) {
  SHA256_CTX context;
  SHA256_Init(&context);
  if (with_prefix) SHA256_Update(&context, &prefix, 1);
  SHA256_Update(&context, first.data(), first.size());
  SHA256_Update(&context, second.data(), second.size());
  Hash hash;
  SHA256_Final(hash.data(), &context);
  return hash;
}
#pragma GCC diagnostic pop

}  // namespace

Hash Sha256(std::string_view bytes) { return DigestOf(0, false, bytes, {}); }
Hash LeafHash(std::string_view bytes) { return DigestOf(0, true, bytes, {}); }
Hash NodeHash(const Hash& left, const Hash& right) { return DigestOf(1, true, BytesOf(left), BytesOf(right)); }

std::string ToHex(const Hash& hash) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const uint8_t byte : hash) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::optional<Hash> HashFromHex(std::string_view hex) {
  Hash hash;
  if (hex.size() != 2 * hash.size()) return std::nullopt;
  for (size_t i = 0; i < hash.size(); i++) {
    const int high = HexDigit(hex[2 * i]);
    const int low = HexDigit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    hash[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return hash;
}

}  // namespace duebook
