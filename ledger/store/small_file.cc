#include "ledger/store/small_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "ledger/file_error.h"

namespace duebook {

namespace fs = std::filesystem;

Status SyncFolder(const fs::path& directory) {
  const char* const path = directory.empty() ? "." : directory.c_str();
  const int folder = ::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return FileError("write", directory);
  const bool synced = ::fsync(folder) == 0;
  const Error error = FileError("write", directory);
  ::close(folder);
  return synced ? Status() : Status(error);
}

Status WriteSmallFile(const fs::path& path, std::string_view text, unsigned mode) {
  const fs::path temporary = path.string() + ".new";
  ::unlink(temporary.c_str());  // what is left of one that was cut off may have another mode
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) return FileError("write", temporary);
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  Error error = FileError("write", temporary);
  ::close(file);
  if (written && ::rename(temporary.c_str(), path.c_str()) == 0) return SyncFolder(path.parent_path());
  if (written) error = FileError("write", path);
  ::unlink(temporary.c_str());
  return error;
}

}  // namespace duebook
