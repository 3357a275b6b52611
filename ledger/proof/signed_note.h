// Signed notes: a text, an empty line, and below it a line for each signature:
//
//   — NAME BASE64(HASH || SIGNATURE)
//
// HASH are the 4 bytes that tell keys of one name apart, SIGNATURE is Ed25519 over the text, its last newline included.
// Format: https://c2sp.org/signed-note.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/proof/signing_key.h"

namespace duebook {

// Longest note that is read, in bytes.
inline constexpr size_t kMaxNoteBytes = 1'000'000;

struct NoteSignature {
  std::string name;
  uint32_t key_hash = 0;
  std::string signature;  // of any length: other kinds of keys sign otherwise
};

struct SignedNote {
  std::string text;  // ends with a newline
  std::vector<NoteSignature> signatures;
};

// kInvalidArgument, saying in which line, if the bytes are no signed note. No signature is checked.
Result<SignedNote> ParseSignedNote(std::string_view bytes);
// Returns whether a signature of this key is on the note and right, and none of this key is wrong.
bool IsSignedBy(const SignedNote& note, const PublicKey& key);
// The note with this key's signature. Requires a text that ends with a newline.
std::string SignNote(std::string_view text, const SigningKey& key);

}  // namespace duebook
