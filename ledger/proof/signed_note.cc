#include "ledger/proof/signed_note.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/values/base64.h"
#include "ledger/values/text.h"

namespace duebook {

namespace {

constexpr std::string_view kDash = "\u2014 ";

Error NoNote(std::string_view why) {
  return {ErrorCode::kInvalidArgument, fmt::format("it is no signed note: {}", why), ""};
}

std::string BytesOf(uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
  return bytes;
}

std::optional<NoteSignature> ParseSignature(std::string_view line) {
  if (!line.starts_with(kDash)) return std::nullopt;
  line.remove_prefix(kDash.size());
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || !IsKeyName(line.substr(0, space))) return std::nullopt;
  const auto bytes = FromBase64(line.substr(space + 1));
  if (!bytes.has_value() || bytes->size() < 5) return std::nullopt;
  uint32_t hash = 0;
  for (size_t i = 0; i < 4; i++) hash = hash << 8 | static_cast<uint8_t>((*bytes)[i]);
  return NoteSignature{std::string(line.substr(0, space)), hash, bytes->substr(4)};
}

}  // namespace

Result<SignedNote> ParseSignedNote(std::string_view bytes) {
  if (bytes.size() > kMaxNoteBytes) return NoNote(fmt::format("it is longer than {} bytes", kMaxNoteBytes));
  if (!IsValidUtf8(bytes)) return NoNote("it is not UTF-8");
  if (std::any_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<uint8_t>(c) < 0x20 && c != '\n'; })) {
    return NoNote("it has control characters");
  }
  const size_t empty_line = bytes.rfind("\n\n");
  if (empty_line == std::string_view::npos || !bytes.ends_with('\n')) {
    return NoNote("there is no empty line with signatures below it");
  }
  SignedNote note;
  note.text = bytes.substr(0, empty_line + 1);
  auto line_number = 2 + std::count(note.text.begin(), note.text.end(), '\n');
  for (std::string_view rest = bytes.substr(empty_line + 2); !rest.empty(); line_number++) {
    const size_t end = rest.find('\n');
    auto signature = ParseSignature(rest.substr(0, end));
    if (!signature.has_value()) return NoNote(fmt::format("line {} is no signature", line_number));
    note.signatures.push_back(*std::move(signature));
    rest.remove_prefix(end + 1);
  }
  if (note.signatures.empty()) return NoNote("it has no signature");
  return note;
}

bool IsSignedBy(const SignedNote& note, const PublicKey& key) {
  bool is_signed = false;
  for (const NoteSignature& signature : note.signatures) {
    if (signature.name != key.name() || signature.key_hash != key.hash()) continue;
    if (!key.Verify(note.text, signature.signature)) return false;
    is_signed = true;
  }
  return is_signed;
}

std::string SignNote(std::string_view text, const SigningKey& key) {
  CHECK(text.ends_with('\n'));
  const PublicKey& public_key = key.public_key();
  return fmt::format("{}\n{}{} {}\n", text, kDash, public_key.name(),
                     ToBase64(BytesOf(public_key.hash()) + key.Sign(text)));
}

}  // namespace duebook
