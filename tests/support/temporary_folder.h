// A folder that exists as long as the object does.

#pragma once

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>

#include "ledger/values/check.h"

namespace duebook {

// Where tests make their folders: where TMPDIR says; else in memory, if the machine has such a folder with room in it,
// since a new store for each case would spend its time on syncs; else where temporary files go.
inline std::filesystem::path FolderForTests() {
  const std::filesystem::path in_memory = "/dev/shm";
  constexpr uintmax_t kRoom = uintmax_t{1} << 30;
  std::error_code none;
  const bool fits = access(in_memory.c_str(), W_OK) == 0 && std::filesystem::space(in_memory, none).available >= kRoom;
  if (std::getenv("TMPDIR") == nullptr && fits && !none) return in_memory;
  return std::filesystem::temp_directory_path();
}

inline std::string ReadWholeFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// Writes a file, in place of what it held.
inline void Overwrite(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

// Changes one bit of a file.
inline void FlipByte(const std::filesystem::path& file, size_t place) {
  std::string bytes = ReadWholeFile(file);
  CHECK(place < bytes.size());
  bytes[place] = static_cast<char>(bytes[place] ^ 1);
  Overwrite(file, bytes);
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (FolderForTests() / "duebook-test-XXXXXX").string();
    CHECK(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

  // Writes a file in the folder and answers its path.
  std::string Write(std::string_view name, std::string_view text) const {
    const std::filesystem::path file = path_ / name;
    Overwrite(file, text);
    return file.string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace duebook
