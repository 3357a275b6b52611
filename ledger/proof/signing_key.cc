#include "ledger/proof/signing_key.h"

#include <fmt/core.h>
#include <sodium.h>
#include <utf8proc.h>

#include <charconv>
#include <cstring>
#include <system_error>

#include "ledger/values/base64.h"
#include "ledger/values/files.h"
#include "ledger/values/hash.h"
#include "ledger/values/text.h"
#include "ledger/values/warn_once.h"

namespace duebook {

namespace {

constexpr char kEd25519 = 0x01;
constexpr size_t kMostKeyFileBytes = 4096;

void StartSodium() { CHECK(sodium_init() >= 0); }

bool IsSpace(utf8proc_int32_t character) {
  const utf8proc_category_t category = utf8proc_category(character);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
         category == UTF8PROC_CATEGORY_CC;
}

template <size_t kSize>
std::string_view Bytes(const std::array<uint8_t, kSize>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// NAME+HASH+BASE64(0x01 || 32 bytes).
struct KeyText {
  std::string name;
  uint32_t hash = 0;
  std::array<uint8_t, 32> bytes{};
};

std::optional<KeyText> ParseKeyText(std::string_view text) {
  const size_t first = text.find('+');
  if (first == std::string_view::npos || text.size() < first + 10 || text[first + 9] != '+') return std::nullopt;
  KeyText key;
  key.name = text.substr(0, first);
  const char* hash = text.data() + first + 1;
  const auto [end, error] = std::from_chars(hash, hash + 8, key.hash, 16);
  const auto bytes = FromBase64(text.substr(first + 10));
  if (!IsKeyName(key.name) || error != std::errc() || end != hash + 8 || !bytes.has_value() ||
      bytes->size() != 1 + key.bytes.size() || bytes->front() != kEd25519) {
    return std::nullopt;
  }
  std::memcpy(key.bytes.data(), bytes->data() + 1, key.bytes.size());
  return key;
}

void WarnIfOthersMayRead(const std::filesystem::path& path) {
  using std::filesystem::perms;
  std::error_code error;
  const perms mode = std::filesystem::status(path, error).permissions();
  if (error || (mode & (perms::group_all | perms::others_all)) == perms::none) return;
  WarnOnce(
      "key " + path.string(),
      fmt::format("the key file {} is open to others than its owner (mode {:04o}): whoever reads it can sign as the "
                  "ledger; `chmod 600` closes it, and if somebody may have read it, change the key by `duebook key "
                  "rotate`",
                  path.string(), static_cast<unsigned>(mode)));
}

}  // namespace

bool IsKeyName(std::string_view name) { return !name.empty() && ToKeyName(name) == name; }

std::string ToKeyName(std::string_view text) {
  std::string name;
  while (!text.empty()) {
    utf8proc_int32_t character = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &character);
    const size_t bytes = size > 0 ? static_cast<size_t>(size) : 1;
    if (size <= 0 || character == '+' || IsSpace(character)) {
      name += '-';
    } else {
      name += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return name;
}

// --- public key ---

std::optional<PublicKey> PublicKey::Parse(std::string_view text) {
  auto parsed = ParseKeyText(text);
  if (!parsed.has_value()) return std::nullopt;
  PublicKey key;
  key.name_ = std::move(parsed->name);
  key.bytes_ = parsed->bytes;
  if (key.ToString() != text) return std::nullopt;
  return key;
}

std::string PublicKey::ToString() const {
  return fmt::format("{}+{:08x}+{}", name_, hash(), ToBase64(kEd25519 + std::string(Bytes(bytes_))));
}

uint32_t PublicKey::hash() const {
  const Hash hash = Sha256(fmt::format("{}\n{}{}", name_, kEd25519, Bytes(bytes_)));
  return uint32_t{hash[0]} << 24 | uint32_t{hash[1]} << 16 | uint32_t{hash[2]} << 8 | uint32_t{hash[3]};
}

bool PublicKey::Verify(std::string_view message, std::string_view signature) const {
  StartSodium();
  return signature.size() == kSignatureBytes &&
         crypto_sign_verify_detached(reinterpret_cast<const uint8_t*>(signature.data()),
                                     reinterpret_cast<const uint8_t*>(message.data()), message.size(),
                                     bytes_.data()) == 0;
}

// --- private key ---

SigningKey SigningKey::FromSeed(std::string name, const std::array<uint8_t, 32>& seed) {
  StartSodium();
  SigningKey key;
  key.seed_ = seed;
  key.public_key_.name_ = std::move(name);
  std::array<uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  CHECK(crypto_sign_seed_keypair(key.public_key_.bytes_.data(), secret.data(), seed.data()) == 0);
  sodium_memzero(secret.data(), secret.size());
  return key;
}

SigningKey::~SigningKey() { sodium_memzero(seed_.data(), seed_.size()); }

SigningKey SigningKey::Generate(std::string name) {
  CHECK(IsKeyName(name));
  StartSodium();
  std::array<uint8_t, 32> seed{};
  randombytes_buf(seed.data(), seed.size());
  return FromSeed(std::move(name), seed);
}

std::optional<SigningKey> SigningKey::Parse(std::string_view text) {
  if (!text.starts_with(kPrivateKeyStart)) return std::nullopt;
  auto parsed = ParseKeyText(text.substr(kPrivateKeyStart.size()));
  if (!parsed.has_value()) return std::nullopt;
  SigningKey key = FromSeed(std::move(parsed->name), parsed->bytes);
  if (key.ToString() != text) return std::nullopt;
  return key;
}

std::string SigningKey::ToString() const {
  return fmt::format("{}{}+{:08x}+{}", kPrivateKeyStart, public_key_.name_, public_key_.hash(),
                     ToBase64(kEd25519 + std::string(Bytes(seed_))));
}

Result<SigningKey> SigningKey::ReadFile(const std::filesystem::path& path) {
  const auto text = ReadSmallFile(path, kMostKeyFileBytes, "read the key file");
  if (!text.ok()) {
    Error error = text.error();
    if (error.code == ErrorCode::kDamaged) error.code = ErrorCode::kUnavailable;  // a folder, a pipe, far too long
    return error;
  }
  auto key = Parse(std::string_view(*text).substr(0, text->find('\n')));
  if (!key.has_value()) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} does not hold a private key", path.string()),
                 "its first line has to be PRIVATE+KEY+NAME+HASH+KEY, as `duebook init` writes it"};
  }
  WarnIfOthersMayRead(path);
  return *std::move(key);
}

Status SigningKey::WriteNewFile(const std::filesystem::path& path) const {
  const Status written = duebook::WriteNewFile(path, ToString() + "\n", kReadableByOwner);
  if (written.ok() || written.error().code != ErrorCode::kAlreadyExists) return written;
  return Error{ErrorCode::kAlreadyExists, fmt::format("there is a key file {} already", path.string()), ""};
}

std::string SigningKey::Sign(std::string_view message) const {
  StartSodium();
  std::array<uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  std::array<uint8_t, crypto_sign_PUBLICKEYBYTES> ignored{};
  CHECK(crypto_sign_seed_keypair(ignored.data(), secret.data(), seed_.data()) == 0);
  std::string signature(kSignatureBytes, '\0');
  CHECK(crypto_sign_detached(reinterpret_cast<uint8_t*>(signature.data()), nullptr,
                             reinterpret_cast<const uint8_t*>(message.data()), message.size(), secret.data()) == 0);
  sodium_memzero(secret.data(), secret.size());
  return signature;
}

}  // namespace duebook
