// A folder for files that nobody needs afterwards: it is removed with its owner, and so is what lies in it.

#pragma once

#include <filesystem>
#include <memory>
#include <utility>

#include "ledger/values/result.h"

namespace duebook {

class ScratchFolder {
 public:
  // Makes one, which its owner alone can read, where the system keeps such things: where TMPDIR says, or in /tmp.
  // kUnavailable.
  static Result<std::unique_ptr<const ScratchFolder>> Make();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path path_;
};

}  // namespace duebook
