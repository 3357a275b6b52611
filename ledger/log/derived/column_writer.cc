#include "ledger/log/derived/column_writer.h"

#include <fcntl.h>
#include <unistd.h>
#define XXH_STATIC_LINKING_ONLY  // the state of a hash in the making
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <set>
#include <system_error>
#include <utility>

#include "ledger/log/derived/folds.h"
#include "ledger/log/derived/made_of.h"
#include "ledger/values/check.h"
#include "ledger/values/file_error.h"
#include "ledger/values/files.h"
#include "ledger/values/open_file.h"

namespace duebook {

namespace {

namespace fs = std::filesystem;

// Of the last states all have marks.
constexpr size_t kRecentMarks = 8;

// Returns a number without its bits behind the three highest ones.
uint64_t Rounded(uint64_t number) {
  const int low_bits = static_cast<int>(std::bit_width(number)) - 3;
  return low_bits <= 0 ? number : number >> low_bits << low_bits;
}

// Keeps four marks for each doubling of the distance from the newest one, beside the recent ones: whoever opened the
// log before finds a state that is not ahead of it, and not far behind either.
void ThinOut(std::vector<ColumnMark>* marks) {
  if (marks->size() <= kRecentMarks) return;
  const uint64_t newest = marks->back().position;
  const auto recent = marks->end() - kRecentMarks;
  const auto are_as_far = [&](const ColumnMark& mark, const ColumnMark& next) {
    return Rounded(newest - mark.position) == Rounded(newest - next.position);
  };
  marks->erase(std::unique(marks->begin(), recent, are_as_far), recent);
}

// Removes what an earlier version of the program kept in folds, and keeps in columns by now.
Status RemoveFolds(const fs::path& directory, std::string_view kind) {
  const auto folds = FoldFilesIn(directory);
  RETURN_IF_ERROR(folds);
  for (const FoldFile& fold : *folds) {
    std::error_code error;
    if (fold.kind == kind) fs::remove(fold.path, error);
  }
  return Status();
}

}  // namespace

struct ColumnWriter::LastPage {
  XXH3_state_t state;
  uint64_t end = 0;  // bytes of the column that are hashed
};

ColumnWriter::~ColumnWriter() = default;

ColumnWriter::ColumnWriter(const EventLog& log, const ColumnKind& kind, uint64_t page_bytes,
                           const StoredColumns* stored)
    : log_(log), folder_(log.directory() / kDerivedFolder / kind.name), begun_(stored != nullptr) {
  if (stored != nullptr) {
    CHECK(stored->is_newest());
    head_ = stored->head();
  } else {
    head_ = {log.identity().ledger_id, std::string(kind.name), kind.format, "", page_bytes, {}, {}};
  }
  head_.boot = BootOfMachine();
}

Status ColumnWriter::Begin(std::span<const NamedColumn> columns) {
  begun_ = true;
  std::error_code error;
  fs::remove_all(folder_, error);
  if (!error) fs::create_directories(folder_, error);
  if (error) return FileError("make", folder_, error);
  RETURN_IF_ERROR(RemoveFolds(log_.directory(), head_.kind));
  head_.marks = {{0, {}, std::vector<uint64_t>(columns.size())}};
  for (const NamedColumn& column : columns) head_.columns.push_back({column.name, column.memory->is_wide(), {}});
  return WriteSmallFile(folder_ / kSyncedColumnHeadFile, EncodeColumnHead(head_));
}

Status ColumnWriter::Write(std::span<const NamedColumn> columns, uint64_t position) {
  if (!begun_) RETURN_IF_ERROR(Begin(columns));
  CHECK(columns.size() == head_.columns.size() && position > head_.position());
  last_pages_.resize(columns.size());
  const auto leaf = LeafOf(log_, position);
  RETURN_IF_ERROR(leaf);
  ColumnMark mark{position, *leaf, {}};
  for (size_t place = 0; place < columns.size(); place++) {
    RETURN_IF_ERROR(AppendTo(place, columns[place].memory));
    mark.rows.push_back(columns[place].memory->size());
  }
  head_.marks.push_back(std::move(mark));
  ThinOut(&head_.marks);
  return WriteUnsyncedFile(folder_ / kColumnHeadFile, EncodeColumnHead(head_));
}

Status ColumnWriter::AppendTo(size_t place, ColumnMemory* memory) {
  StoredColumn& column = head_.columns[place];
  uint64_t rows = head_.marks.back().rows[place];
  if (column.wide != memory->is_wide()) {  // all rows anew, in a file of their own
    column = {column.name, memory->is_wide(), {}};
    rows = 0;
  }
  if (rows == memory->size()) return Status();
  const uint64_t width = memory->width();
  const fs::path path = folder_ / FileOfColumn(column.name, width);
  const OpenFile file(path, O_RDWR | O_CREAT);
  const std::string_view bytes(memory->bytes(), memory->size() * width);
  if (!file.is_open() || !WriteAllAt(file.descriptor(), bytes.substr(rows * width), rows * width)) {
    return FileError("write", path);
  }
  HashPages(place, bytes, rows * width);
  memory->MapWritten(file.descriptor(), bytes.size() / head_.page_bytes * head_.page_bytes);
  return Status();
}

// A page that grows step by step is hashed as it grows, and not from its beginning each time.
void ColumnWriter::HashPages(size_t place, std::string_view bytes, uint64_t from) {
  const uint64_t page = head_.page_bytes;
  std::vector<uint64_t>& hashes = head_.columns[place].page_hashes;
  std::unique_ptr<LastPage>& last = last_pages_[place];
  uint64_t done = from;
  if (last == nullptr || last->end != from) {
    last = std::make_unique<LastPage>();
    done = from / page * page;
  }
  hashes.resize((done + page - 1) / page);
  while (done < bytes.size()) {
    if (done % page == 0) {
      XXH3_64bits_reset(&last->state);
      hashes.emplace_back();
    }
    const uint64_t end = std::min<uint64_t>(bytes.size(), (done / page + 1) * page);
    XXH3_64bits_update(&last->state, bytes.data() + done, end - done);
    hashes.back() = XXH3_64bits_digest(&last->state);
    done = end;
  }
  last->end = done;
}

Status ColumnWriter::Sync(std::span<const NamedColumn> columns) {
  std::set<fs::path> files{folder_ / kColumnHeadFile, folder_ / kSyncedColumnHeadFile};
  for (size_t place = 0; place < columns.size(); place++) {
    const StoredColumn& column = head_.columns[place];
    if (head_.marks.back().rows[place] == 0) continue;
    const fs::path path = folder_ / FileOfColumn(column.name, columns[place].memory->WidthOf(column.wide));
    const OpenFile file(path, O_RDWR);
    if (!file.is_open() || ::fdatasync(file.descriptor()) != 0) return FileError("write", path);
    files.insert(path);
  }
  RETURN_IF_ERROR(WriteSmallFile(folder_ / kSyncedColumnHeadFile, EncodeColumnHead(head_)));
  // What no head speaks of any longer: columns as they were before a value did not fit them.
  const auto there = FilesIn(folder_);
  RETURN_IF_ERROR(there);
  for (const fs::path& path : *there) {
    std::error_code error;
    if (!files.contains(path)) fs::remove(path, error);
  }
  return Status();
}

}  // namespace duebook
