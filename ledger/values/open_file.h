// An open file or folder, which is closed with its owner.

#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "ledger/values/files.h"

namespace duebook {

class OpenFile {
 public:
  // Owns a descriptor that open() or one of its kin returned. Below 0: nothing was opened, and errno says why.
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  // Opens a file, with the flags of open(). `mode` is that of a file that is made.
  OpenFile(const std::filesystem::path& path, int flags, unsigned mode = kReadableByAll)
      : OpenFile(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~OpenFile() {
    if (is_open()) ::close(descriptor_);
  }
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  bool is_open() const { return descriptor_ >= 0; }
  // Requires is_open().
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace duebook
