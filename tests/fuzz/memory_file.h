// A file that is in memory and has a path, so that a door which opens files can be tried many thousand times a second.

#pragma once

#include <string>
#include <string_view>

namespace duebook {

class MemoryFile {
 public:
  MemoryFile();
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  void Write(std::string_view text);
  const std::string& path() const { return path_; }

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace duebook
