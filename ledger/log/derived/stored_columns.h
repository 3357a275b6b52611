// Columns that are kept beside the log, to be read: they are mapped, so that all processes which read them share their
// memory, and nobody waits until they are loaded (column_head.h says how they lie on disk).
//
// What is read was not looked at before: whoever relies on a column has its pages checked first. A file that somebody
// makes shorter while it is mapped ends the process with SIGBUS.

#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/log/derived/column_head.h"
#include "ledger/log/derived/growing_column.h"
#include "ledger/log/event_log.h"
#include "ledger/values/open_file.h"
#include "ledger/values/result.h"

namespace duebook {

// What the columns are of, and how: columns of another format are as good as none.
struct ColumnKind {
  std::string_view name;
  uint32_t format;
};

// A column by its name on disk.
struct NamedColumn {
  std::string name;
  ColumnMemory* memory;
};

class StoredColumns {
 public:
  // Those that are there and were made of the log's events: the last one of them is held against the log, which reads a
  // frame. Null if there are none of use: of another format, or only of events that this state of the log does not
  // have. kDamaged, kUnavailable.
  static Result<std::unique_ptr<const StoredColumns>> Open(const EventLog& log, const ColumnKind& kind);
  StoredColumns(const StoredColumns&) = delete;
  StoredColumns& operator=(const StoredColumns&) = delete;

  // Where columns of a kind lie, if there are any.
  static std::filesystem::path FolderOf(const EventLog& log, const ColumnKind& kind);

  // The last event of which they were made.
  uint64_t position() const { return mark().position; }
  // The last event of which they would be there even after a power loss; it may be behind position(), or ahead of it.
  uint64_t synced_position() const { return synced_position_; }
  // Returns whether there is no later state, which the log does not have the events of: then it was set back since.
  bool is_newest() const { return position() == head_.position(); }
  const ColumnHead& head() const { return head_; }

  // Puts their rows into the columns, which are empty. kDamaged: they are not those that are stored, or a file is
  // shorter than it should be. kUnavailable.
  Status Load(std::span<const NamedColumn> columns) const;

  // Checks all pages of the columns with these places among the loaded ones, in as many threads as the machine has
  // cores. `is_right` is asked about the rows [first, last) of a column whose bytes are as they were written, from many
  // threads. kDamaged.
  Status Check(std::span<const NamedColumn> columns, std::span<const size_t> places,
               const std::function<bool(size_t place, size_t first, size_t last)>& is_right) const;

 private:
  StoredColumns(std::filesystem::path folder, OpenFile opened, ColumnHeads heads, size_t mark)
      : folder_(std::move(folder)),
        opened_(std::move(opened)),
        head_(std::move(heads.head)),
        synced_position_(heads.synced_position),
        mark_(mark) {}
  const ColumnMark& mark() const { return head_.marks[mark_]; }
  Status LoadColumn(size_t place, ColumnMemory* memory) const;
  Status TakeRows(int file, size_t place, ColumnMemory* memory) const;
  Error Damaged(size_t place) const;

  std::filesystem::path folder_;
  OpenFile opened_;  // the folder: all files are of the one that was opened, whatever has its name by then
  ColumnHead head_;
  uint64_t synced_position_;
  size_t mark_;  // the newest that is not ahead of the log
};

}  // namespace duebook
