// Puts columns on disk as they grow (column_head.h): what was added since the last time, then the head that says so.
//
// Whoever reads beside it sees the one state or the other. After a power loss the columns are as of the last time that
// they were synced. One process writes: the one that writes to the log.
//
// Not thread-safe: one thread at a time.

#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ledger/log/derived/column_head.h"
#include "ledger/log/derived/stored_columns.h"
#include "ledger/log/event_log.h"
#include "ledger/values/result.h"

namespace duebook {

class ColumnWriter {
 public:
  // Goes on behind what is stored, which is the newest state and was loaded into the columns; null: writes everything
  // anew, in the place of what is there. The log must outlive it.
  ColumnWriter(const EventLog& log, const ColumnKind& kind, uint64_t page_bytes, const StoredColumns* stored);

  ~ColumnWriter();

  // Writes what was added to the columns, which are those of the event with this seq by now; it is durable in the log.
  // What is on disk in whole pages is mapped from there, so that it takes no memory of this process. kUnavailable: what
  // was there before is still of use.
  Status Write(std::span<const NamedColumn> columns, uint64_t position);
  // Syncs what was written. kUnavailable.
  Status Sync(std::span<const NamedColumn> columns);

 private:
  Status Begin(std::span<const NamedColumn> columns);
  Status AppendTo(size_t place, ColumnMemory* memory);
  // Brings the hashes of a column's pages up to these bytes, of which those before `from` are in them already.
  void HashPages(size_t place, std::string_view bytes, uint64_t from);

  // The hash of a column's last page, as far as there is something of it.
  struct LastPage;

  const EventLog& log_;
  const std::filesystem::path folder_;
  ColumnHead head_;
  bool begun_;
  std::vector<std::unique_ptr<LastPage>> last_pages_;  // by column; null: not known here
};

}  // namespace duebook
