#include "ledger/values/base64.h"

#include <sodium.h>

#include <cstring>

#include "ledger/values/check.h"

namespace duebook {

std::string ToBase64(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // libsodium ends it with a zero byte
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(size);
  if (ToBase64(bytes) != text) return std::nullopt;  // libsodium reads some characters that it does not write
  return bytes;
}

std::string ToBase64(const Hash& hash) { return ToBase64(BytesOf(hash)); }

std::optional<Hash> HashFromBase64(std::string_view text) {
  Hash hash{};
  const auto bytes = FromBase64(text);
  if (!bytes.has_value() || bytes->size() != hash.size()) return std::nullopt;
  std::memcpy(hash.data(), bytes->data(), hash.size());
  return hash;
}

}  // namespace duebook
