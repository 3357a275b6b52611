// A disk of its own in a folder: small, to be filled, or not to be written to. Only root may mount one, and not
// everywhere: a test that gets none is skipped.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace duebook {

class SmallDisk {
 public:
  // Mounts it on the folder, which is made if need be.
  SmallDisk(const std::filesystem::path& folder, uint64_t kilobytes);
  // Unmounts it; what is on it is gone.
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  // Why it could not be mounted; "" if it was.
  const std::string& why_not() const { return why_not_; }
  void Resize(uint64_t kilobytes);
  // Makes it so small that this much can still be written.
  void LeaveRoom(uint64_t kilobytes);
  void MakeReadOnly();
  void MakeWritable();

 private:
  void Remount(unsigned long flags, const std::string& data);

  std::filesystem::path folder_;
  std::string why_not_;
};

}  // namespace duebook
