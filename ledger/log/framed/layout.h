// The bytes of a log, whatever engine keeps its rows.
//
//   DIRECTORY/FORMAT   "duebook ledger format 4\n": written last when a ledger is made, so a folder with it is whole
//   DIRECTORY/key      the private key that signs checkpoints (signing_key.h), readable by its owner alone; absent if
//                      it is kept elsewhere
//   DIRECTORY/END      how the last session that wrote left it (end_record.h); missing in those of formats before 3
//   DIRECTORY/checkpoints/SIZE   kept checkpoints, as in the store
//   DIRECTORY/files/SHA256       files that events name by their SHA-256 (kept_files.h)
//   DIRECTORY/store/   what the engine keeps: rows in these tables (row_store.h; in RocksDB the column families
//                      default, log and tree)
//
//   kMeta    "identity" -> company, currency, ledger id, created_at, public key; "state" -> LogState (both as in
//            byte_codec.h); "marks" -> of the newest events' leaves, see tile.h; "checkpoint" and its size (8 bytes,
//            big-endian) -> a kept checkpoint, as signed; "frames" -> number of frames in `log` (varint); absent in a
//            log without events, and in those begun before frames were counted; "copy" -> there in a copy of another
//            ledger, see LedgerIdentity::is_copy; "end" -> of the last session that ended in order, see end_record.h;
//            "schema" -> which parts of the event schema its events use, see ledger/event/schema_use.h; absent as long
//            as these are parts that every program knows that knows format 4
//   kLog     first seq (8 bytes, big-endian) -> frame (frame.h): up to kEventsPerFrame events of one commit
//   kTree    the Merkle tree's hashes, see tile.h
//
// Format 3 is the same without the row "schema"; format 2 also without END, its row, and the line of the identity in
// checkpoints; format 1 also without compressed frames. A ledger of these is read as it is, and becomes one of format 4
// when it is opened for writing.
//
// "identity" and "state" do not grow: what a ledger has to say besides is a row of its own.
//
// Index, books and history follow from the frames; folds of them lie in DIRECTORY/derived (derived/folds.h).

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event/event.h"
#include "ledger/log/event_log.h"
#include "ledger/log/row_store.h"

namespace duebook {

inline constexpr const char* kFormatFile = "FORMAT";
inline constexpr std::string_view kFormatText = "duebook ledger format ";
inline constexpr const char* kKeyFile = "key";
inline constexpr const char* kCheckpointFolder = "checkpoints";

// Keys of RowTable::kMeta; kCheckpointRow is followed by a size.
inline constexpr const char* kIdentityRow = "identity";
inline constexpr const char* kStateRow = "state";
inline constexpr const char* kMarksRow = "marks";
inline constexpr const char* kFramesRow = "frames";
inline constexpr const char* kCopyRow = "copy";
inline constexpr const char* kSchemaRow = "schema";
inline constexpr const char* kCheckpointRow = "checkpoint";

std::string SeqKey(uint64_t seq);                     // 8 bytes, big-endian
uint64_t SeqFromKey(std::string_view key);            // of the last 8 bytes; requires that many
std::string EncodeSeq(uint64_t seq);                  // varint
std::optional<uint64_t> DecodeSeq(std::string_view);  // nothing if the bytes are not one varint

std::string EncodeIdentity(const LedgerIdentity& identity);
std::optional<LedgerIdentity> DecodeIdentity(std::string_view bytes);
std::string EncodeState(const LogState& state);
std::optional<LogState> DecodeState(std::string_view bytes);

}  // namespace duebook
