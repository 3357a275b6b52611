#include "ledger/checkpoint.h"

#include <fmt/core.h>

#include <charconv>
#include <cstring>

#include "ledger/base64.h"
#include "ledger/signed_note.h"

namespace duebook {

namespace {

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
  uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size() || std::to_string(size) != text) return std::nullopt;
  return size;
}

}  // namespace

std::string OriginOf(const LedgerIdentity& identity) { return ToKeyName(identity.company) + "/" + identity.ledger_id; }

Result<SigningKey> ReadLedgerKey(const LedgerIdentity& identity, const std::filesystem::path& file) {
  auto key = SigningKey::ReadFile(file);
  if (!key.ok() && key.error().code != ErrorCode::kInvalidArgument) return key;
  if (key.ok() && key->public_key().ToString() == identity.public_key) return key;
  return Error{
      ErrorCode::kDamaged,
      key.ok() ? fmt::format("the key in {} is not that of this ledger", file.string()) : key.error().sentence,
      fmt::format("put the one there whose public half is {}, or move it away: without it events are recorded, "
                  "but no checkpoints are kept",
                  identity.public_key)};
}

std::string SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  return SignNote(fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size, ToBase64(BytesOf(checkpoint.root))),
                  key);
}

Result<Checkpoint> ParseCheckpointText(std::string_view text) {
  const auto origin = TakeLine(&text);
  if (!origin.has_value() || origin->empty()) return NoCheckpoint("its first line, the origin, is empty");
  const auto size_line = TakeLine(&text);
  const auto size = size_line.has_value() ? ParseSize(*size_line) : std::nullopt;
  if (!size.has_value()) return NoCheckpoint("its second line is no number of events");
  const auto root_line = TakeLine(&text);
  const auto root = root_line.has_value() ? FromBase64(*root_line) : std::nullopt;
  if (!root.has_value() || root->size() != sizeof(Hash)) return NoCheckpoint("its third line is no hash of 32 bytes");
  Checkpoint checkpoint{std::string(*origin), *size, {}};
  std::memcpy(checkpoint.root.data(), root->data(), root->size());
  return checkpoint;
}

Result<Checkpoint> ReadCheckpoint(std::string_view bytes, const PublicKey& key) {
  const auto note = ParseSignedNote(bytes);
  RETURN_IF_ERROR(note);
  auto checkpoint = ParseCheckpointText(note->text);
  RETURN_IF_ERROR(checkpoint);
  if (!IsSignedBy(*note, key)) {
    return Error{ErrorCode::kDamaged,
                 fmt::format("the checkpoint of {} events is not signed by {}", checkpoint->size, key.ToString()),
                 "it was changed, or signed with another key"};
  }
  return checkpoint;
}

}  // namespace duebook
