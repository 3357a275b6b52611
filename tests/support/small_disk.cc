#include "tests/support/small_disk.h"

#include <fmt/core.h>
#include <sys/mount.h>

#include <cerrno>
#include <system_error>

#include "ledger/values/check.h"

namespace duebook {

namespace {

std::string SizeOption(uint64_t kilobytes) { return fmt::format("size={}k", kilobytes); }

}  // namespace

SmallDisk::SmallDisk(const std::filesystem::path& folder, uint64_t kilobytes) : folder_(folder) {
  std::filesystem::create_directories(folder);
  if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, SizeOption(kilobytes).c_str()) == 0) return;
  why_not_ = "no disk can be mounted here: " + std::generic_category().message(errno);
}

SmallDisk::~SmallDisk() {
  if (why_not_.empty()) ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::Remount(unsigned long flags, const std::string& data) {
  CHECK(::mount("tmpfs", folder_.c_str(), "tmpfs", MS_REMOUNT | flags, data.c_str()) == 0);
}

void SmallDisk::Resize(uint64_t kilobytes) { Remount(0, SizeOption(kilobytes)); }
void SmallDisk::LeaveRoom(uint64_t kilobytes) {
  const std::filesystem::space_info space = std::filesystem::space(folder_);
  Resize((space.capacity - space.free) / 1024 + kilobytes);
}

void SmallDisk::MakeReadOnly() { Remount(MS_RDONLY, ""); }
void SmallDisk::MakeWritable() { Remount(0, ""); }

}  // namespace duebook
