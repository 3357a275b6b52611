#include "ledger/log/framed/witnesses.h"

#include <fmt/core.h>

#include "ledger/log/derived/folds.h"
#include "ledger/log/framed/layout.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/signed_note.h"
#include "ledger/values/files.h"
#include "ledger/values/parse_number.h"

namespace duebook {

namespace fs = std::filesystem;

namespace {

// Returns whether the file is a checkpoint of this ledger and size. Its signature is not looked at: the key may have
// been changed by an event that is lost, and whoever can put a file here can also damage the ledger.
Result<bool> IsCheckpointOf(const fs::path& path, const LedgerIdentity& identity, uint64_t size) {
  const auto bytes = ReadSmallFile(path, kMaxNoteBytes);
  if (!bytes.ok()) {
    if (bytes.error().code == ErrorCode::kUnavailable) return bytes.error();
    return false;
  }
  const auto checkpoint = ReadUncheckedCheckpoint(*bytes);
  return checkpoint.ok() && checkpoint->origin == OriginOf(identity) && checkpoint->size == size;
}

// What is derived can be made anew, so it may be removed where it came from elsewhere.
LostEvents LostByDerived(const fs::path& path, uint64_t last) {
  return {last, fmt::format("{} was made of the events up to {} (if it did not come about here, remove it)",
                            path.string(), last)};
}

}  // namespace

std::optional<uint64_t> CheckpointSizeOf(const fs::path& path) { return ParseNumber(path.filename().string()); }

Result<Witnesses> FindWitnesses(const fs::path& directory) {
  Witnesses witnesses;
  auto bytes = ReadSmallFile(directory / kEndFile, kMostEndBytes);
  if (!bytes.ok() && bytes.error().code == ErrorCode::kUnavailable) return bytes.error();
  if (bytes.ok()) {
    witnesses.end = DecodeEndRecord(*bytes);
    witnesses.end_bytes = *std::move(bytes);
  }
  const auto kept = FilesIn(directory / kCheckpointFolder);
  RETURN_IF_ERROR(kept);
  for (const fs::path& path : *kept) {
    if (const auto size = CheckpointSizeOf(path)) witnesses.checkpoints.emplace_back(*size, path);
  }
  // Anybody may delete folds, so none is missed here; whoever needs them tells that they cannot be listed.
  const auto folds = FoldFilesIn(directory);
  if (!folds.ok()) return witnesses;
  for (const FoldFile& fold : *folds) witnesses.folds.emplace_back(fold.last_seq, fold.path);
  witnesses.columns = ColumnsIn(directory);
  return witnesses;
}

Result<std::optional<LostEvents>> FindLostEvents(const Witnesses& witnesses, const LedgerIdentity& identity,
                                                 uint64_t last_seq) {
  for (const auto& [size, path] : witnesses.checkpoints) {
    if (size <= last_seq) continue;
    const auto kept = IsCheckpointOf(path, identity, size);
    RETURN_IF_ERROR(kept);
    if (*kept) return std::optional(LostEvents{size, fmt::format("{} was signed over {} events", path.string(), size)});
  }
  for (const auto& [last, path] : witnesses.folds) {
    if (last <= last_seq || !IsFoldOf(path, identity.ledger_id, last)) continue;
    return std::optional(LostByDerived(path, last));
  }
  for (const auto& [path, head] : witnesses.columns) {
    const uint64_t last = head.position();
    if (last <= last_seq || head.ledger_id != identity.ledger_id) continue;
    return std::optional(LostByDerived(path, last));
  }
  return std::optional<LostEvents>();
}

}  // namespace duebook
