#include "ledger/values/scratch_folder.h"

#include <fmt/core.h>

#include <cstdlib>
#include <string>
#include <system_error>

#include "ledger/values/file_error.h"

namespace duebook {

namespace fs = std::filesystem;

Result<std::unique_ptr<const ScratchFolder>> ScratchFolder::Make() {
  std::error_code error;
  const fs::path place = fs::temp_directory_path(error);
  if (error) {
    return Error{ErrorCode::kUnavailable, fmt::format("there is no folder for temporary files: {}", error.message()),
                 "see what TMPDIR says"};
  }
  constexpr size_t kPlaces = 6;  // for which mkdtemp chooses letters
  std::string path = (place / "duebook-").string() + std::string(kPlaces, 'X');
  if (::mkdtemp(path.data()) == nullptr) return FileError("make a temporary folder in", place);
  return std::unique_ptr<const ScratchFolder>(new ScratchFolder(path));
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

}  // namespace duebook
