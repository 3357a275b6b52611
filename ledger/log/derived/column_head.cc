#include "ledger/log/derived/column_head.h"

#include <fmt/core.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <fstream>

#include "ledger/log/derived/damaged.h"
#include "ledger/log/derived/folds.h"
#include "ledger/values/byte_codec.h"
#include "ledger/values/files.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

constexpr size_t kHashBytes = sizeof(uint64_t);
constexpr size_t kMostHeadBytes = size_t{256} << 20;
constexpr uint64_t kMostPageBytes = uint64_t{1} << 30;

// Returns whether a later mark is ahead of this one, and no column has fewer rows at it.
bool Follows(const ColumnMark& later, const ColumnMark& mark) {
  return later.position > mark.position && std::equal(later.rows.begin(), later.rows.end(), mark.rows.begin(),
                                                      [](uint64_t rows, uint64_t before) { return rows >= before; });
}

// Pages are mapped from files, so they are made up of pages of the system.
bool BelongTogether(const ColumnHead& head) {
  const auto system_page = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  const auto& marks = head.marks;
  return head.page_bytes > 0 && head.page_bytes <= kMostPageBytes && head.page_bytes % system_page == 0 &&
         !marks.empty() &&
         std::all_of(marks.begin(), marks.end(),
                     [&](const ColumnMark& mark) { return mark.rows.size() == head.columns.size(); }) &&
         std::adjacent_find(marks.begin(), marks.end(), [](const ColumnMark& mark, const ColumnMark& next) {
           return !Follows(next, mark);
         }) == marks.end();
}

// Returns the head in one file: nothing if there is no such file. kDamaged: it is no head.
Result<std::optional<ColumnHead>> ReadHead(const fs::path& path) {
  const auto bytes = ReadSmallFile(path, kMostHeadBytes);
  if (!bytes.ok() && bytes.error().code == ErrorCode::kNotFound) return std::optional<ColumnHead>();
  if (!bytes.ok() && bytes.error().code == ErrorCode::kDamaged) return DamagedDerived(bytes.error().sentence);
  RETURN_IF_ERROR(bytes);
  auto head = DecodeColumnHead(*bytes);
  if (!head.has_value()) return DamagedDerived(fmt::format("{} is damaged", path.string()));
  return head;
}

bool IsOfThisBoot(const ColumnHead& head) {
  const std::string boot = BootOfMachine();
  return !boot.empty() && head.boot == boot;
}

}  // namespace

std::vector<FoundColumns> ColumnsIn(const fs::path& directory) {
  std::vector<FoundColumns> found;
  const auto there = FilesIn(directory / kDerivedFolder);
  if (!there.ok()) return found;
  for (const fs::path& path : *there) {
    std::error_code error;
    if (!fs::is_directory(path, error)) continue;
    auto heads = ReadColumnHeads(path);
    if (heads.ok() && heads->has_value()) found.push_back({path, std::move((*heads)->head)});
  }
  return found;
}

std::string EncodeColumnHead(const ColumnHead& head) {
  ByteWriter writer;
  writer(head);
  std::string bytes = writer.Take();
  const uint64_t hash = XXH3_64bits(bytes.data(), bytes.size());
  bytes.append(reinterpret_cast<const char*>(&hash), sizeof(hash));
  return bytes;
}

std::optional<ColumnHead> DecodeColumnHead(std::string_view bytes) {
  if (bytes.size() < kHashBytes) return std::nullopt;
  const std::string_view described = bytes.substr(0, bytes.size() - kHashBytes);
  uint64_t hash = 0;
  std::memcpy(&hash, bytes.data() + described.size(), sizeof(hash));
  if (hash != XXH3_64bits(described.data(), described.size())) return std::nullopt;
  ColumnHead head;
  ByteReader reader(described);
  reader(head);
  if (!reader.ok() || !reader.at_end() || !BelongTogether(head)) return std::nullopt;
  return head;
}

// A head that was not synced before the machine was started anew may be anything, also one that cannot be read.
Result<std::optional<ColumnHeads>> ReadColumnHeads(const fs::path& folder) {
  auto synced = ReadHead(folder / kSyncedColumnHeadFile);
  RETURN_IF_ERROR(synced);
  auto head = ReadHead(folder / kColumnHeadFile);
  if (!synced->has_value()) {
    RETURN_IF_ERROR(head);
    if (!head->has_value()) return std::optional<ColumnHeads>();
    return DamagedDerived(fmt::format("{} is missing", (folder / kSyncedColumnHeadFile).string()));
  }
  if (IsOfThisBoot(**synced)) RETURN_IF_ERROR(head);
  const uint64_t synced_position = (*synced)->position();
  const bool is_newer = head.ok() && head->has_value() && IsOfThisBoot(**head);
  return std::optional(ColumnHeads{**std::move(is_newer ? head : synced), synced_position});
}

std::string ColumnHeadBytes(const fs::path& folder) {
  std::string bytes;
  for (const char* const file : {kColumnHeadFile, kSyncedColumnHeadFile}) {
    const auto head = ReadSmallFile(folder / file, kMostHeadBytes);
    if (head.ok()) bytes += *head;
  }
  return bytes;
}

std::string BootOfMachine() {
  std::string boot;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
  return boot;
}

std::string FileOfColumn(std::string_view column, size_t width) { return fmt::format("{}.{}", column, width); }

}  // namespace duebook
