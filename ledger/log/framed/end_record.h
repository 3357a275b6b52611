// The record of the end: how the last session that wrote to a ledger left it.
//
// A session is what happens between opening a ledger for writing and closing it. Before its first commit it leaves a
// record that it has begun; when it has ended in order, so that nothing is in a write-ahead log alone, one of where it
// ended. So a store that lost its newest files is told from one that never had them, and a crash from an end.
//
//   DIRECTORY/END and, without its last line but one, the row "end" of the store (the last one that ended):
//
//   duebook end 1
//   session ended             or "begun": behind these events, and not ended since
//   events 4
//   root BASE64               of the Merkle tree over them
//   identity BASE64           what the ledger is (checkpoint.h)
//   identity_since 0          the number of events when that was first recorded
//   copy no                   or "yes": a backup, or a ledger that is being restored
//   store MANIFEST-000005 371 BASE64      RocksDB's list of its files when the session ended: name, bytes, SHA-256
//   sum BASE64                SHA-256 of the lines above

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/values/hash.h"

namespace duebook {

inline constexpr const char* kEndFile = "END";
inline constexpr std::string_view kEndRow = "end";
inline constexpr size_t kMostEndBytes = 4096;

struct EndRecord {
  bool ended = false;
  uint64_t last_seq = 0;
  Hash root{};
  Hash identity{};
  uint64_t identity_since = 0;
  bool is_copy = false;
  std::string manifest;  // name, bytes and hash with blanks between; "" if that is not said

  bool operator==(const EndRecord&) const = default;
};

std::string EncodeEndRecord(const EndRecord& record);
// Nothing unless the bytes are what EncodeEndRecord makes of a record.
std::optional<EndRecord> DecodeEndRecord(std::string_view bytes);

}  // namespace duebook
