#include "ledger/log/derived/column_head.h"

#include <fmt/core.h>
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

bool BelongTogether(const ColumnHead& head) {
  return head.page_bytes > 0 && !head.marks.empty() &&
         std::all_of(head.marks.begin(), head.marks.end(),
                     [&](const ColumnMark& mark) { return mark.rows.size() == head.columns.size(); }) &&
         std::is_sorted(head.marks.begin(), head.marks.end(),
                        [](const ColumnMark& a, const ColumnMark& b) { return a.position < b.position; });
}

// The head in one file: nothing if there is no such file. kDamaged: it is no head.
Result<std::optional<ColumnHead>> ReadHead(const fs::path& path) {
  const auto bytes = ReadSmallFile(path, kMostHeadBytes);
  if (!bytes.ok() && bytes.error().code == ErrorCode::kNotFound) return std::optional<ColumnHead>();
  if (!bytes.ok() && bytes.error().code == ErrorCode::kDamaged) return DamagedDerived(bytes.error().sentence);
  RETURN_IF_ERROR(bytes);
  auto head = DecodeColumnHead(*bytes);
  if (!head.has_value()) return DamagedDerived(fmt::format("{} is damaged", path.string()));
  return head;
}

Result<std::optional<ColumnHead>> Missing(const fs::path& head) {
  return DamagedDerived(fmt::format("{} is missing", head.string()));
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
    auto head = ReadColumnHead(path);
    if (head.ok() && head->has_value()) found.push_back({path, **std::move(head)});
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

Result<std::optional<ColumnHead>> ReadColumnHead(const fs::path& folder) {
  auto synced = ReadHead(folder / kSyncedColumnHeadFile);
  RETURN_IF_ERROR(synced);
  auto head = ReadHead(folder / kColumnHeadFile);
  if (!synced->has_value()) {
    RETURN_IF_ERROR(head);
    return head->has_value() ? Missing(folder / kSyncedColumnHeadFile) : head;
  }
  if (head.ok() && head->has_value() && IsOfThisBoot(**head)) return head;
  // A head that was not synced before the machine was started anew may be anything.
  if (!IsOfThisBoot(**synced)) return synced;
  RETURN_IF_ERROR(head);
  return Missing(folder / kColumnHeadFile);
}

std::string BootOfMachine() {
  std::string boot;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
  return boot;
}

std::string FileOfColumn(std::string_view column, size_t width) { return fmt::format("{}.{}", column, width); }

}  // namespace duebook
