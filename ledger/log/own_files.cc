#include "ledger/log/own_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

#include "ledger/log/derived/folds.h"
#include "ledger/log/framed/end_record.h"
#include "ledger/log/framed/layout.h"
#include "ledger/log/kept_files.h"
#include "ledger/log/key_file.h"
#include "ledger/proof/signing_key.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

// Where what is written at the path comes to lie, without links anywhere in it.
fs::path Target(const fs::path& path) {
  std::error_code error;
  const fs::path led_to = WithoutLinks(path);
  fs::path target = fs::weakly_canonical(led_to, error);
  return error ? led_to : target;
}

// Also those that a file has until it is whole, or takes another's place.
bool IsOwnName(const fs::path& name) {
  constexpr std::array kNames = {kFormatFile,       kKeyFile,     kEndFile,      kStoreFolder,
                                 kCheckpointFolder, kFilesFolder, kDerivedFolder};
  return std::any_of(kNames.begin(), kNames.end(), [&](const std::string& own) {
    return name == own || name == own + ".part" || name == NextKeyFileOf(own);
  });
}

bool HoldsPrivateKey(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return false;
  std::string start(kPrivateKeyStart.size(), '\0');
  std::ifstream(path, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
  return start == kPrivateKeyStart;
}

}  // namespace

Status CheckNotOwnFile(const fs::path& path) {
  const fs::path target = Target(fs::absolute(path));
  if (HoldsPrivateKey(target)) {
    return Error{ErrorCode::kInvalidArgument, fmt::format("{} holds a ledger's private key", path.string()),
                 "name another file"};
  }
  std::error_code error;
  fs::path name;
  for (fs::path folder = target; folder.has_relative_path(); folder = folder.parent_path()) {
    if (IsOwnName(name) && fs::exists(folder / kFormatFile, error)) {
      return Error{ErrorCode::kInvalidArgument,
                   fmt::format("{} is a file of the ledger in {}", path.string(), folder.string()),
                   "name another file"};
    }
    name = folder.filename();
  }
  return Status();
}

}  // namespace duebook
