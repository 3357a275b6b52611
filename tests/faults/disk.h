// What a disk keeps when the power goes.
//
// A file's bytes are safe up to its last sync; that a name was made, changed or removed is safe from the next sync of
// its folder on. The files themselves lie where they seem to lie, so that whoever reads them sees what a process sees:
// the operating system's cache. Loss() makes them what a machine finds after it has started again.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace duebook::faults {

using Random = std::mt19937_64;

inline uint64_t Below(Random& random, uint64_t end) {
  return std::uniform_int_distribution<uint64_t>(0, end - 1)(random);
}
inline bool Chance(Random& random, uint64_t per_cent) { return Below(random, 100) < per_cent; }

class Disk {
 public:
  // What of that which was not synced is there all the same.
  enum class Survivors {
    kNothing,    // none of it
    kPrefixes,   // of each file and folder what came first: the last write is torn
    kAnySubset,  // of files any pages, zeros instead of the others: written in another order; of folders what came
                 // first, since file systems keep their changes in a journal
  };

  struct File;

  // Files that are deleted but may come back are kept in `attic`, a folder on the same file system.
  explicit Disk(std::filesystem::path attic);

  // A file is made (again): to be said before it is.
  std::shared_ptr<File> Create(const std::filesystem::path& path);
  std::shared_ptr<File> Find(const std::filesystem::path& path);
  void Append(File& file, uint64_t bytes);
  void Truncate(File& file, uint64_t length);
  void Sync(File& file);
  // The pages that were to be written count as written from now on, but some or all of them are not.
  void FailSync(File& file, Random& random);
  bool Rename(const std::filesystem::path& from, const std::filesystem::path& to);
  bool Delete(const std::filesystem::path& path);
  void SyncFolder(const std::filesystem::path& path);

  // Somebody takes files away behind the file system's back.
  void ExpectLostFiles() { may_lack_files_ = true; }

  void Loss(Survivors survivors, Random& random);

 private:
  using Names = std::map<std::string, std::shared_ptr<File>>;
  struct Change {
    std::string removed;  // "": none
    std::string added;    // "": none
    std::shared_ptr<File> file;
  };
  struct Folder {
    Names safe, current;
    std::vector<Change> pending;  // from `safe` to `current`
  };

  Folder& FolderOf(const std::filesystem::path& path);
  void ToAttic(File& file);
  static void Apply(const Change& change, Names& names);
  static Names Surviving(const Folder& folder, Survivors survivors, Random& random);
  static std::string SurvivingBytes(const File& file, Survivors survivors, Random& random);
  static void Lose(const std::filesystem::path& path, Folder& folder, Survivors survivors, Random& random);

  std::filesystem::path attic_;
  uint64_t next_in_attic_ = 1;
  bool may_lack_files_ = false;
  std::map<std::filesystem::path, Folder> folders_;
};

}  // namespace duebook::faults
