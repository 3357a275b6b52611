// The head of stored columns: what there is of them, and of which events of which ledger they were made.
//
//   DIRECTORY/derived/KIND/head       what there is, as long as the machine runs
//   DIRECTORY/derived/KIND/synced     what there is even after a power loss; an older state of the same
//   DIRECTORY/derived/KIND/NAME.WIDTH the values of one column as they lie in memory (column_view.h), WIDTH bytes each
//
// Both heads are what ByteWriter makes of a ColumnHead, then the XXH3 of that (8 bytes, little-endian). Files of
// columns only grow. What stands behind the rows of the head is not yet, or no longer, a part of them.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/values/hash.h"
#include "ledger/values/result.h"

namespace duebook {

inline constexpr const char* kColumnHeadFile = "head";
inline constexpr const char* kSyncedColumnHeadFile = "synced";

// One file of values.
struct StoredColumn {
  std::string name;
  bool wide = false;
  std::vector<uint64_t> page_hashes;  // the XXH3 of each page; the last page may have fewer bytes than the others
  template <class Archive>
  void Describe(Archive& archive) {
    archive(name, wide, page_hashes);
  }
};

// A state of the columns: what the events up to one of them made.
struct ColumnMark {
  uint64_t position = 0;       // the seq of the last event
  Hash last_leaf{};            // its hash in the log's tree
  std::vector<uint64_t> rows;  // of each column
  template <class Archive>
  void Describe(Archive& archive) {
    archive(position, last_leaf, rows);
  }
};

struct ColumnHead {
  std::string ledger_id;
  std::string kind;
  uint32_t format = 0;
  std::string boot;  // of the machine that wrote it: files that were not synced are as they were until the next one
  uint64_t page_bytes = 0;  // of values of which one hash is kept
  std::vector<StoredColumn> columns;
  // The last states, in order of position, at least one: who looks at an older state of the log finds one that is not
  // ahead of it. Page hashes are those of the last one.
  std::vector<ColumnMark> marks;
  template <class Archive>
  void Describe(Archive& archive) {
    archive(ledger_id, kind, format, boot, page_bytes, columns, marks);
  }

  uint64_t position() const { return marks.back().position; }
};

std::string EncodeColumnHead(const ColumnHead& head);
// Returns nothing if the bytes are not those of a head whose lists belong together.
std::optional<ColumnHead> DecodeColumnHead(std::string_view bytes);

// The heads of the columns in a folder, as far as they can be relied on.
struct ColumnHeads {
  ColumnHead head;               // by which the columns are to be read
  uint64_t synced_position = 0;  // the last event of the state that is there even after a power loss
};
// Returns the newer head, unless it is not there, or the machine was started anew since it was written: then the synced
// one. Nothing if there are no columns. kDamaged, kUnavailable.
Result<std::optional<ColumnHeads>> ReadColumnHeads(const std::filesystem::path& folder);
// Returns the bytes of both heads as they are now, to tell whether somebody writes columns; "" where none can be read.
std::string ColumnHeadBytes(const std::filesystem::path& folder);

// The columns of one kind in a ledger's folder.
struct FoundColumns {
  std::filesystem::path folder;
  ColumnHead head;
};
// Returns those of all kinds, without any that cannot be read.
std::vector<FoundColumns> ColumnsIn(const std::filesystem::path& directory);

// Returns by what this start of the machine is told from others; "" if the system does not say.
std::string BootOfMachine();

// Returns the name of a column's file.
std::string FileOfColumn(std::string_view column, size_t width);

}  // namespace duebook
