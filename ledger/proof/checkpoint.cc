#include "ledger/proof/checkpoint.h"

#include <fmt/core.h>

#include "ledger/proof/signed_note.h"
#include "ledger/values/base64.h"
#include "ledger/values/parse_number.h"

namespace duebook {

namespace {

constexpr std::string_view kIdentityLine = "identity ";

Error NoCheckpoint(std::string_view why) {
  return {ErrorCode::kInvalidArgument, fmt::format("it is no checkpoint: {}", why), ""};
}

// Takes the first line off, without its newline. Nothing if no whole line is left.
std::optional<std::string_view> TakeLine(std::string_view* text) {
  const size_t end = text->find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text->substr(0, end);
  text->remove_prefix(end + 1);
  return line;
}

// Decimal without leading zeros.
std::optional<uint64_t> ParseSize(std::string_view text) {
  const auto size = ParseNumber(text);
  return size.has_value() && std::to_string(*size) == text ? size : std::nullopt;
}

}  // namespace

std::string OriginOf(const LedgerIdentity& identity) { return ToKeyName(identity.company) + "/" + identity.ledger_id; }

Hash IdentityHash(const LedgerIdentity& identity) {
  return Sha256(fmt::format("duebook identity 1\n{}\n{}\n{}\n{}\n{}\n", identity.company, identity.currency.ToString(),
                            identity.ledger_id, identity.public_key, identity.created_at.ToString()));
}

std::string SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  std::string text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, ToBase64(checkpoint.root));
  if (checkpoint.identity.has_value()) {
    text += fmt::format("{}{}\n", kIdentityLine, ToBase64(*checkpoint.identity));
  }
  return SignNote(text, key);
}

Result<Checkpoint> ParseCheckpointText(std::string_view text) {
  const auto origin = TakeLine(&text);
  if (!origin.has_value() || origin->empty()) return NoCheckpoint("its first line, the origin, is empty");
  const auto size_line = TakeLine(&text);
  const auto size = size_line.has_value() ? ParseSize(*size_line) : std::nullopt;
  if (!size.has_value()) return NoCheckpoint("its second line is no number of events");
  const auto root_line = TakeLine(&text);
  const auto root = root_line.has_value() ? HashFromBase64(*root_line) : std::nullopt;
  if (!root.has_value()) return NoCheckpoint("its third line is no hash of 32 bytes");
  Checkpoint checkpoint{std::string(*origin), *size, *root};
  while (const auto line = TakeLine(&text)) {
    if (!line->starts_with(kIdentityLine)) continue;
    checkpoint.identity = HashFromBase64(line->substr(kIdentityLine.size()));
    if (!checkpoint.identity.has_value()) return NoCheckpoint("its line of the identity is no hash of 32 bytes");
  }
  return checkpoint;
}

Result<Checkpoint> ReadUncheckedCheckpoint(std::string_view bytes) {
  const auto note = ParseSignedNote(bytes);
  RETURN_IF_ERROR(note);
  return ParseCheckpointText(note->text);
}

Result<SignedCheckpoint> ReadCheckpoint(std::string_view bytes, const KeyChain& keys) {
  const auto note = ParseSignedNote(bytes);
  RETURN_IF_ERROR(note);
  auto checkpoint = ParseCheckpointText(note->text);
  RETURN_IF_ERROR(checkpoint);
  const auto signer = keys.SignerOf(*note, checkpoint->size);
  RETURN_IF_ERROR(signer);
  return SignedCheckpoint{*std::move(checkpoint), *signer};
}

}  // namespace duebook
