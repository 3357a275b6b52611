// The ledger's key, and the checkpoints that it keeps of itself.

#include <fmt/core.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "ledger/log/framed/framed_event_log.h"
#include "ledger/log/framed/layout.h"
#include "ledger/log/keys_of_log.h"
#include "ledger/proof/checkpoint.h"
#include "ledger/proof/signed_note.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

std::filesystem::path CheckpointFile(const std::filesystem::path& directory, uint64_t size) {
  return directory / kCheckpointFolder / std::to_string(size);
}

// Reads a file of the checkpoints folder. Returns nothing if its name is no size. A file that cannot be a note gives an
// empty one; kUnavailable if it cannot be read.
Result<std::optional<KeptCheckpoint>> ReadCheckpointFile(const std::filesystem::path& path) {
  const auto size = CheckpointSizeOf(path);
  if (!size.has_value()) return std::optional<KeptCheckpoint>();
  const auto note = ReadSmallFile(path, kMaxNoteBytes);
  if (!note.ok() && note.error().code == ErrorCode::kUnavailable) return note.error();
  return std::optional(KeptCheckpoint{*size, note.ok() ? *note : "", path.string()});
}

// Returns whether the note says of the first `size` events what this one says, whoever signed it and in what form.
bool SaysTheSame(std::string_view note, std::string_view other) {
  const auto first = ReadUncheckedCheckpoint(note);
  const auto second = ReadUncheckedCheckpoint(other);
  return first.ok() && second.ok() && first->size == second->size && first->root == second->root;
}

// Requires of what is kept under the size already that it says the same, and is signed by one of the keys.
Status CheckKept(const KeptCheckpoint& there, std::string_view note, const KeyChain& keys) {
  if (!SaysTheSame(there.note, note)) {
    return Error{
        ErrorCode::kDamaged,
        fmt::format("another checkpoint of {} events is kept in {}: it is left as it is", there.size, there.file),
        "`duebook verify` tells which of them is right"};
  }
  const auto read = ReadCheckpoint(there.note, keys);
  if (read.ok()) return Status();
  return Error{ErrorCode::kDamaged,
               fmt::format("the checkpoint of {} events that is kept in {} is not right: {}", there.size, there.file,
                           read.error().sentence),
               "it is left as it is; move it away to have another in its place"};
}

}  // namespace

Status FramedEventLog::LoadKey(const KeyChain& keys) {
  CHECK(mode_ == Mode::kWrite);
  return signer_->LoadKey(keys);
}

// The files are for people and for the day when the store is put back to an earlier state. They can be written again
// from the store, so a failure costs nothing that was recorded.
void FramedEventLog::WriteCheckpointFiles(const std::vector<KeptCheckpoint>& checkpoints) const {
  for (const KeptCheckpoint& kept : checkpoints) {
    std::error_code error;
    std::filesystem::create_directory(directory_ / kCheckpointFolder, error);
    const std::filesystem::path path = CheckpointFile(directory_, kept.size);
    const Status status = WriteNewFile(path, kept.note);
    if (status.ok()) continue;
    const auto there = ReadSmallFile(path, kMaxNoteBytes);
    if (there.ok() && SaysTheSame(*there, kept.note)) continue;
    if (status.error().code == ErrorCode::kAlreadyExists) {
      spdlog::error(
          "a checkpoint of {} events is kept in the store only: {} holds another one; `duebook verify` tells more",
          kept.size, path.string());
    } else {
      spdlog::error("a checkpoint of {} events is kept in the store only: {}", kept.size, status.error().sentence);
    }
  }
}

Result<std::vector<KeptCheckpoint>> FramedEventLog::CheckpointRows() const {
  std::vector<KeptCheckpoint> kept;
  const auto cursor = rows_->Scan(RowTable::kMeta, /*whole_scan=*/false);
  const std::string first = std::string(kCheckpointRow) + SeqKey(0);
  for (cursor->Seek(first); cursor->valid() && cursor->key().starts_with(kCheckpointRow); cursor->Next()) {
    if (cursor->key().size() != first.size()) return Damaged("a checkpoint in the store has no size");
    kept.push_back({SeqFromKey(cursor->key()), std::string(cursor->value()), (directory_ / kStoreFolder).string()});
  }
  RETURN_IF_ERROR(cursor->status());
  return kept;
}

Status FramedEventLog::RestoreCheckpointFiles() {
  auto rows = CheckpointRows();
  RETURN_IF_ERROR(rows);
  std::erase_if(*rows, [this](const KeptCheckpoint& kept) {
    std::error_code error;
    return std::filesystem::exists(CheckpointFile(directory_, kept.size), error);
  });
  WriteCheckpointFiles(*rows);
  return Status();
}

Result<std::vector<KeptCheckpoint>> FramedEventLog::KeptCheckpoints() const {
  auto kept = CheckpointRows();
  RETURN_IF_ERROR(kept);
  const auto files = FilesIn(directory_ / kCheckpointFolder);
  RETURN_IF_ERROR(files);
  for (const std::filesystem::path& path : *files) {
    auto file = ReadCheckpointFile(path);
    RETURN_IF_ERROR(file);
    if (file->has_value()) kept->push_back(std::move(**file));
  }
  std::stable_sort(kept->begin(), kept->end(),
                   [](const KeptCheckpoint& a, const KeptCheckpoint& b) { return a.size < b.size; });
  return kept;
}

Status FramedEventLog::KeepCheckpoint(uint64_t size, std::string_view note) {
  const auto keys = KeysOf(*this);
  RETURN_IF_ERROR(keys);
  return KeepCheckpoints({{size, std::string(note), ""}}, *keys);
}

Status FramedEventLog::KeepCheckpoints(std::vector<KeptCheckpoint> checkpoints, const KeyChain& keys) {
  CHECK(mode_ == Mode::kWrite);
  RowBatch batch;
  std::vector<KeptCheckpoint> without_file;
  for (KeptCheckpoint& one : checkpoints) {
    const std::string key = std::string(kCheckpointRow) + SeqKey(one.size);
    auto row = ReadMetaRow(key);
    RETURN_IF_ERROR(row);
    if (row->has_value()) {
      RETURN_IF_ERROR(CheckKept({one.size, **row, (directory_ / kStoreFolder).string()}, one.note, keys));
    } else {
      batch.Put(RowTable::kMeta, key, one.note);
    }
    const std::filesystem::path path = CheckpointFile(directory_, one.size);
    auto file = ReadSmallFile(path, kMaxNoteBytes);
    if (!file.ok() && file.error().code == ErrorCode::kUnavailable) return file.error();
    if (!file.ok() && file.error().code == ErrorCode::kNotFound) {
      without_file.push_back(std::move(one));
    } else {
      RETURN_IF_ERROR(CheckKept({one.size, file.ok() ? *std::move(file) : "", path.string()}, one.note, keys));
    }
  }
  if (!batch.changes().empty()) RETURN_IF_ERROR(Write(batch));
  WriteCheckpointFiles(without_file);
  return Status();
}

}  // namespace duebook
