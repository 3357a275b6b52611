#include "ledger/values/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "ledger/values/file_error.h"
#include "ledger/values/open_file.h"

namespace duebook {

namespace fs = std::filesystem;

namespace {

// A file that is to get its name when it is whole.
Status WriteTemporary(const fs::path& path, std::string_view text, unsigned mode, bool sync = true) {
  ::unlink(path.c_str());  // what is left of one that was cut off may have another mode
  const OpenFile file(path, O_WRONLY | O_CREAT | O_EXCL, mode);
  if (!file.is_open()) return FileError("write", path);
  if (WriteAll(file.descriptor(), text) && (!sync || ::fsync(file.descriptor()) == 0)) return Status();
  const Error error = FileError("write", path);
  ::unlink(path.c_str());
  return error;
}

// Gives the file its name, in the place of what has that. Leaves nothing of it if that fails.
Status RenameOver(const fs::path& temporary, const fs::path& path) {
  if (::rename(temporary.c_str(), path.c_str()) == 0) return Status();
  const Error error = FileError("write", path);
  ::unlink(temporary.c_str());
  return error;
}

// Gives the file its other name unless something has that already. Some file systems know the one way, some the other.
bool RenameNew(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

Error NoFile(const fs::path& path, std::string_view why) {
  return {ErrorCode::kDamaged, fmt::format("{} is {}", path.string(), why), ""};
}

}  // namespace

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

bool WriteAllAt(int descriptor, std::string_view bytes, uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
    offset += static_cast<uint64_t>(written);
  }
  return true;
}

std::optional<size_t> ReadUpTo(int descriptor, uint64_t offset, size_t bytes, char* into) {
  size_t done = 0;
  while (done < bytes) {
    const ssize_t got = ::pread(descriptor, into + done, bytes - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

Status SyncFolder(const fs::path& directory) {
  const OpenFile folder(directory.empty() ? "." : directory, O_RDONLY | O_DIRECTORY);
  const bool synced = folder.is_open() && ::fsync(folder.descriptor()) == 0;
  return synced ? Status() : Status(FileError("write", directory));
}

Status WriteSmallFile(const fs::path& path, std::string_view text, unsigned mode) {
  const fs::path temporary = path.string() + ".part";
  RETURN_IF_ERROR(WriteTemporary(temporary, text, mode));
  RETURN_IF_ERROR(RenameOver(temporary, path));
  return SyncFolder(path.parent_path());
}

Status WriteUnsyncedFile(const fs::path& path, std::string_view text) {
  const fs::path temporary = path.string() + ".part";
  RETURN_IF_ERROR(WriteTemporary(temporary, text, kReadableByAll, false));
  return RenameOver(temporary, path);
}

Status WriteNewFile(const fs::path& path, std::string_view text, unsigned mode) {
  const fs::path temporary = path.string() + ".part";
  RETURN_IF_ERROR(WriteTemporary(temporary, text, mode));
  if (RenameNew(temporary, path)) return SyncFolder(path.parent_path());
  const bool taken = errno == EEXIST;
  Error error = FileError("make", path);
  if (taken) error.code = ErrorCode::kAlreadyExists;
  ::unlink(temporary.c_str());
  return error;
}

fs::path WithoutLinks(fs::path path) {
  constexpr int kMostLinks = 40;  // as Linux follows
  std::error_code error;
  for (int i = 0; i < kMostLinks && fs::is_symlink(fs::symlink_status(path, error)); i++) {
    path = path.parent_path() / fs::read_symlink(path, error);
  }
  return path;
}

Result<std::vector<fs::path>> FilesIn(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  fs::directory_iterator files(folder, error);
  for (; !error && files != fs::directory_iterator(); files.increment(error)) paths.push_back(files->path());
  if (!error || error == std::errc::no_such_file_or_directory) return paths;
  return FileError("list", folder, error);
}

Result<std::string> ReadSmallFile(const fs::path& path, size_t most_bytes, std::string_view doing) {
  const OpenFile file(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file.is_open()) {
    const int code = errno;
    if (code == ENXIO) return NoFile(path, "no file");  // a socket
    Error error = FileError(doing, path, {code, std::generic_category()});
    if (code == ENOENT || code == ENOTDIR) error.code = ErrorCode::kNotFound;
    return error;
  }
  struct stat status {};
  const bool known = ::fstat(file.descriptor(), &status) == 0;
  const bool is_file = known && S_ISREG(status.st_mode);
  std::string bytes(std::min(most_bytes, is_file ? static_cast<size_t>(status.st_size) : 0) + 1, '\0');
  const auto length = is_file ? ReadUpTo(file.descriptor(), 0, bytes.size(), bytes.data()) : std::nullopt;
  if (known && !is_file) return NoFile(path, "no file");
  if (!length.has_value()) return FileError(doing, path);
  if (*length > most_bytes) return NoFile(path, "too long to be what it should be");
  bytes.resize(*length);
  return bytes;
}

}  // namespace duebook
