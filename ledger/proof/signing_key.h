// Ed25519 keys (libsodium), by which checkpoints and changes of the key are signed, in the text forms that Go's
// sumdb/note and the witness tools read:
//
//   public   NAME+HASH+BASE64(0x01 || public key)             HASH: 8 hexadecimal digits, the first 4 bytes of
//   private  PRIVATE+KEY+NAME+HASH+BASE64(0x01 || seed)       SHA-256(NAME || 0x0A || 0x01 || public key)
//
// Format: https://c2sp.org/signed-note.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/result.h"

namespace duebook {

inline constexpr size_t kSignatureBytes = 64;
inline constexpr std::string_view kPrivateKeyStart = "PRIVATE+KEY+";

// Returns whether a key may have this name: not empty, valid UTF-8, no white space, no control characters, no '+'.
bool IsKeyName(std::string_view name);
// A name that a key may have, from any valid text: what it may not hold becomes '-'.
std::string ToKeyName(std::string_view text);

class PublicKey {
 public:
  // Nothing unless the text is a public key as above, with the hash of its name and key.
  static std::optional<PublicKey> Parse(std::string_view text);
  std::string ToString() const;

  const std::string& name() const { return name_; }
  // The first 4 bytes of SHA-256(NAME || 0x0A || 0x01 || public key), read big-endian.
  uint32_t hash() const;
  // Returns whether `signature` is this key's of exactly these bytes.
  bool Verify(std::string_view message, std::string_view signature) const;

  bool operator==(const PublicKey&) const = default;

 private:
  friend class SigningKey;
  std::string name_;
  std::array<uint8_t, 32> bytes_{};
};

// A private key. Its memory is cleared when it goes.
class SigningKey {
 public:
  // A new key from the system's randomness. Requires IsKeyName(name).
  static SigningKey Generate(std::string name);
  static std::optional<SigningKey> Parse(std::string_view text);
  // The file's first line, as written by WriteNewFile. kNotFound, kUnavailable; kInvalidArgument: it holds no private
  // key. The key itself is in no message. A file that others may read too is read with a warning.
  static Result<SigningKey> ReadFile(const std::filesystem::path& path);
  // Makes the file, readable by its owner alone, synced; whatever happens, it is there whole or not at all.
  // kAlreadyExists: never replaces one.
  Status WriteNewFile(const std::filesystem::path& path) const;

  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  const PublicKey& public_key() const { return public_key_; }
  // kSignatureBytes bytes.
  std::string Sign(std::string_view message) const;

 private:
  SigningKey() = default;
  static SigningKey FromSeed(std::string name, const std::array<uint8_t, 32>& seed);
  std::string ToString() const;

  PublicKey public_key_;
  std::array<uint8_t, 32> seed_{};
};

}  // namespace duebook
