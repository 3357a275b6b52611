#include "ledger/log/key_file.h"

#include <fmt/core.h>

#include "ledger/values/file_error.h"
#include "ledger/values/files.h"

namespace duebook {

namespace fs = std::filesystem;

namespace {

bool IsCurrent(const KeyChain& keys, const Result<SigningKey>& key) {
  return key.ok() && key->public_key() == keys.current();
}

}  // namespace

fs::path NextKeyFileOf(const fs::path& file) { return file.string() + ".new"; }

Result<SigningKey> ReadLedgerKey(const KeyChain& keys, const fs::path& file) {
  // At last once more the first, in case that a change of the key ended meanwhile.
  auto key = SigningKey::ReadFile(file);
  for (const fs::path& other : {NextKeyFileOf(file), file}) {
    if (IsCurrent(keys, key)) return key;
    std::error_code error;
    if (!fs::exists(other, error)) continue;
    auto read = SigningKey::ReadFile(other);
    if (IsCurrent(keys, read)) return read;
  }
  if (!key.ok() && key.error().code != ErrorCode::kInvalidArgument) return key;
  const auto earlier = key.ok() ? keys.Find(key->public_key()) : std::nullopt;
  if (earlier.has_value()) {
    return Error{ErrorCode::kNotFound,
                 fmt::format("the key in {} was the ledger's until event {}; its present one, {}, is not there",
                             file.string(), keys.links()[*earlier + 1].since, keys.current().ToString()),
                 ""};
  }
  return Error{ErrorCode::kDamaged,
               key.ok() ? fmt::format("the key in {} is not that of this ledger", file.string()) : key.error().sentence,
               fmt::format("put the one there whose public half is {}, or move it away: without it events are "
                           "recorded, but no checkpoints are kept",
                           keys.current().ToString())};
}

Status StageNextKey(const SigningKey& key, const fs::path& file) {
  std::error_code error;
  fs::remove(NextKeyFileOf(file), error);
  return key.WriteNewFile(NextKeyFileOf(file));
}

Status PutNextKeyInPlace(const fs::path& file) {
  std::error_code error;
  fs::rename(NextKeyFileOf(file), file, error);
  if (error) return FileError("replace the key file", file, error);
  return SyncFolder(file.parent_path());
}

Status FinishKeyChange(const KeyChain& keys, const fs::path& file) {
  std::error_code error;
  if (!fs::exists(NextKeyFileOf(file), error)) return Status();
  return IsCurrent(keys, SigningKey::ReadFile(NextKeyFileOf(file))) ? PutNextKeyInPlace(file) : Status();
}

}  // namespace duebook
