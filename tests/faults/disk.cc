#include "tests/faults/disk.h"

#include <algorithm>
#include <fstream>

#include "ledger/values/check.h"
#include "tests/support/temporary_folder.h"

namespace duebook::faults {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kPage = 4096;

}  // namespace

struct Disk::File {
  fs::path place;  // where its bytes are
  bool in_attic = false;
  uint64_t length = 0;
  uint64_t synced = 0;
  std::vector<std::pair<uint64_t, uint64_t>> lost;  // from, to: never written, whatever is synced later

  ~File() {
    std::error_code ignored;
    if (in_attic) fs::remove(place, ignored);
  }
};

Disk::Disk(fs::path attic) : attic_(std::move(attic)) { fs::create_directories(attic_); }

// What is there when a folder is first looked at is safe.
Disk::Folder& Disk::FolderOf(const fs::path& path) {
  const auto [found, is_new] = folders_.try_emplace(path);
  Folder& folder = found->second;
  std::error_code error;
  if (!is_new) return folder;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    if (!entry.is_regular_file()) continue;
    auto file = std::make_shared<File>();
    file->place = entry.path();
    file->length = file->synced = entry.file_size();
    folder.safe.emplace(entry.path().filename().string(), std::move(file));
  }
  folder.current = folder.safe;
  return folder;
}

void Disk::ToAttic(File& file) {
  const fs::path place = attic_ / std::to_string(next_in_attic_++);
  std::error_code error;
  fs::rename(file.place, place, error);
  CHECK(!error || (may_lack_files_ && error == std::errc::no_such_file_or_directory));
  file.place = place;
  file.in_attic = true;
}

void Disk::Apply(const Change& change, Names& names) {
  if (!change.removed.empty()) names.erase(change.removed);
  if (!change.added.empty()) names[change.added] = change.file;
}

std::shared_ptr<Disk::File> Disk::Create(const fs::path& path) {
  Folder& folder = FolderOf(path.parent_path());
  const std::string name = path.filename().string();
  if (const auto found = folder.current.find(name); found != folder.current.end()) ToAttic(*found->second);
  auto file = std::make_shared<File>();
  file->place = path;
  folder.pending.push_back({"", name, file});
  Apply(folder.pending.back(), folder.current);
  return file;
}

std::shared_ptr<Disk::File> Disk::Find(const fs::path& path) {
  Folder& folder = FolderOf(path.parent_path());
  const auto found = folder.current.find(path.filename().string());
  return found == folder.current.end() ? nullptr : found->second;
}

void Disk::Append(File& file, uint64_t bytes) { file.length += bytes; }

void Disk::Truncate(File& file, uint64_t length) {
  file.length = length;
  file.synced = std::min(file.synced, length);
}

void Disk::Sync(File& file) { file.synced = file.length; }

void Disk::FailSync(File& file, Random& random) {
  const bool all = Chance(random, 50);
  for (uint64_t from = file.synced; from < file.length;) {
    const uint64_t to = std::min(file.length, (from / kPage + 1) * kPage);
    if (all || Chance(random, 50)) file.lost.emplace_back(from, to);
    from = to;
  }
}

bool Disk::Rename(const fs::path& from, const fs::path& to) {
  Folder& folder = FolderOf(from.parent_path());
  CHECK(from.parent_path() == to.parent_path());
  const std::shared_ptr<File> file = Find(from);
  if (file == nullptr) return false;
  if (const std::shared_ptr<File> replaced = Find(to); replaced != nullptr) ToAttic(*replaced);
  fs::rename(file->place, to);
  file->place = to;
  folder.pending.push_back({from.filename().string(), to.filename().string(), file});
  Apply(folder.pending.back(), folder.current);
  return true;
}

bool Disk::Delete(const fs::path& path) {
  const std::shared_ptr<File> file = Find(path);
  if (file == nullptr) return false;
  ToAttic(*file);
  Folder& folder = FolderOf(path.parent_path());
  folder.pending.push_back({path.filename().string(), "", nullptr});
  Apply(folder.pending.back(), folder.current);
  return true;
}

void Disk::SyncFolder(const fs::path& path) {
  Folder& folder = FolderOf(path);
  folder.safe = folder.current;
  folder.pending.clear();
}

// --- the power goes ---

Disk::Names Disk::Surviving(const Folder& folder, Survivors survivors, Random& random) {
  Names names = folder.safe;
  if (survivors == Survivors::kNothing) return names;
  const uint64_t surviving = Below(random, folder.pending.size() + 1);
  for (uint64_t i = 0; i < surviving; i++) Apply(folder.pending[i], names);
  return names;
}

std::string Disk::SurvivingBytes(const File& file, Survivors survivors, Random& random) {
  std::string bytes = ReadWholeFile(file.place);
  const uint64_t synced = std::min<uint64_t>(file.synced, bytes.size());
  const uint64_t unsynced = bytes.size() - synced;
  if (survivors == Survivors::kNothing) bytes.resize(synced);
  if (survivors == Survivors::kPrefixes) bytes.resize(synced + Below(random, unsynced + 1));
  const auto zero = [&bytes](uint64_t from, uint64_t to) {
    for (uint64_t i = from; i < std::min<uint64_t>(to, bytes.size()); i++) bytes[i] = '\0';
  };
  if (survivors == Survivors::kAnySubset) {
    if (Chance(random, 50)) bytes.resize(synced + Below(random, unsynced + 1));
    for (uint64_t from = synced; from < bytes.size(); from = (from / kPage + 1) * kPage) {
      if (Chance(random, 50)) zero(from, (from / kPage + 1) * kPage);
    }
  }
  for (const auto& [from, to] : file.lost) zero(from, to);
  return bytes;
}

void Disk::Lose(const fs::path& path, Folder& folder, Survivors survivors, Random& random) {
  Names names = Surviving(folder, survivors, random);
  std::map<std::string, std::string> contents;
  Names untouched;
  for (const auto& [name, file] : names) {
    const bool safe = file->synced == file->length && file->lost.empty() && file->place == path / name;
    if (safe) untouched.emplace(name, file);
    if (!safe) contents.emplace(name, SurvivingBytes(*file, survivors, random));
  }
  for (const auto& [name, file] : folder.current) {
    if (!untouched.contains(name)) fs::remove(file->place);
  }
  folder = Folder();
  folder.safe = std::move(untouched);
  for (const auto& [name, bytes] : contents) {
    auto file = std::make_shared<File>();
    file->place = path / name;
    file->length = file->synced = bytes.size();
    std::ofstream(file->place, std::ios::binary) << bytes;
    folder.safe.emplace(name, std::move(file));
  }
  folder.current = folder.safe;
}

void Disk::Loss(Survivors survivors, Random& random) {
  for (auto& [path, folder] : folders_) Lose(path, folder, survivors, random);
}

}  // namespace duebook::faults
