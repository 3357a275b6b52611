#include "ledger/log/derived/stored_columns.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <utility>

#include "ledger/log/derived/damaged.h"
#include "ledger/log/derived/folds.h"
#include "ledger/log/derived/made_of.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"
#include "ledger/values/in_parallel.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

// The newest state that this state of the log has the events of; nothing if there is none.
std::optional<size_t> MarkFor(const ColumnHead& head, uint64_t last_seq) {
  for (size_t mark = head.marks.size(); mark-- > 0;) {
    if (head.marks[mark].position <= last_seq) return mark;
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<const StoredColumns>> StoredColumns::Open(const EventLog& log, const ColumnKind& kind) {
  std::unique_ptr<const StoredColumns> none;
  const fs::path folder = FolderOf(log, kind);
  OpenFile opened(folder, O_RDONLY | O_DIRECTORY);
  if (!opened.is_open()) {
    const std::error_code why(errno, std::generic_category());
    if (why == std::errc::no_such_file_or_directory) return none;
    if (why != std::errc::not_a_directory) return FileError("list", folder, why);
    std::error_code error;
    const bool is_there = fs::exists(fs::symlink_status(folder, error));
    return is_there ? UnusableDerived(folder, "it is no folder") : FileError("list", folder.parent_path(), why);
  }
  auto heads = ReadColumnHeads(folder);
  RETURN_IF_ERROR(heads);
  if (!heads->has_value() || (*heads)->head.format != kind.format) return none;
  const ColumnHead& head = (*heads)->head;
  const auto mark = MarkFor(head, log.last_seq());
  if (!mark.has_value()) return none;
  const auto& [position, last_leaf, rows] = head.marks[*mark];
  RETURN_IF_ERROR(HoldAgainst(log, kind.name, {head.ledger_id, head.kind, position, last_leaf}, folder));
  return std::unique_ptr<const StoredColumns>(new StoredColumns(folder, std::move(opened), **std::move(heads), *mark));
}

fs::path StoredColumns::FolderOf(const EventLog& log, const ColumnKind& kind) {
  return log.directory() / kDerivedFolder / kind.name;
}

Error StoredColumns::Damaged(size_t place) const {
  return UnusableDerived(folder_, fmt::format("the column {} is not what was written", head_.columns[place].name));
}

Status StoredColumns::Load(std::span<const NamedColumn> columns) const {
  const bool are_same = std::equal(columns.begin(), columns.end(), head_.columns.begin(), head_.columns.end(),
                                   [](const NamedColumn& a, const StoredColumn& b) { return a.name == b.name; });
  if (!are_same) return UnusableDerived(folder_, "its columns are others than they should be");
  for (size_t place = 0; place < columns.size(); place++) RETURN_IF_ERROR(LoadColumn(place, columns[place].memory));
  return Status();
}

Status StoredColumns::LoadColumn(size_t place, ColumnMemory* memory) const {
  const StoredColumn& column = head_.columns[place];
  if (head_.marks.back().rows[place] == 0) return Status();
  const std::string name = FileOfColumn(column.name, memory->WidthOf(column.wide));
  const OpenFile file(::openat(opened_.descriptor(), name.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.is_open()) return errno == ENOENT ? Status(Damaged(place)) : Status(FileError("read", folder_ / name));
  return TakeRows(file.descriptor(), place, memory);
}

// Whole pages are mapped, and the last one, of which the file may have more by now, is read and checked.
Status StoredColumns::TakeRows(int file, size_t place, ColumnMemory* memory) const {
  const StoredColumn& column = head_.columns[place];
  const uint64_t width = memory->WidthOf(column.wide);
  const uint64_t page = head_.page_bytes;
  const uint64_t all_rows = head_.marks.back().rows[place];
  const uint64_t rows = mark().rows[place];
  struct stat status {};
  const bool is_whole = page % width == 0 && all_rows <= UINT64_MAX / 2 / width && rows <= all_rows &&
                        column.page_hashes.size() == (all_rows * width + page - 1) / page &&
                        ::fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
                        static_cast<uint64_t>(status.st_size) >= all_rows * width;
  if (!is_whole) return Damaged(place);
  const uint64_t mapped = rows * width / page * page;
  std::string rest(std::min(page, all_rows * width - mapped), '\0');
  if (mapped == rows * width) rest.clear();
  const auto got = ReadUpTo(file, mapped, rest.size(), rest.data());
  if (!got.has_value()) return FileError("read", folder_ / column.name);
  const bool as_written = *got == rest.size() &&
                          (rest.empty() || XXH3_64bits(rest.data(), rest.size()) == column.page_hashes[mapped / page]);
  if (!as_written) return Damaged(place);
  rest.resize(rows * width - mapped);
  return memory->TakeStored(file, mapped, rest, rows, column.wide);
}

Status StoredColumns::Check(std::span<const NamedColumn> columns, std::span<const size_t> places,
                            const std::function<bool(size_t, size_t, size_t)>& is_right) const {
  struct Page {
    size_t place, number;
  };
  std::vector<Page> pages;
  for (const size_t place : places) {
    const uint64_t bytes = mark().rows[place] * columns[place].memory->width();
    for (size_t number = 0; number * head_.page_bytes < bytes; number++) pages.push_back({place, number});
  }
  return InParallel(pages.size(), [&](size_t i) {
    const auto [place, number] = pages[i];
    const ColumnMemory& memory = *columns[place].memory;
    const size_t bytes = mark().rows[place] * memory.width();
    const size_t begin = number * head_.page_bytes;
    const size_t end = std::min<size_t>(bytes, begin + head_.page_bytes);
    // That of a page in part was checked when it was read.
    const bool as_written = end - begin < head_.page_bytes || XXH3_64bits(memory.bytes() + begin, end - begin) ==
                                                                  head_.columns[place].page_hashes[number];
    const bool right = as_written && is_right(place, begin / memory.width(), end / memory.width());
    return right ? Status() : Status(Damaged(place));
  });
}

}  // namespace duebook
