// The bytes of the store.
//
//   DIRECTORY/FORMAT   "duebook ledger format 1\n": written last when a ledger is made, so a folder with it is whole
//   DIRECTORY/key      the private key that signs checkpoints (signing_key.h), readable by its owner alone; absent if
//                      it is kept elsewhere
//   DIRECTORY/checkpoints/SIZE   kept checkpoints, as in the store
//   DIRECTORY/store/   a RocksDB database with these column families:
//
//   default  "identity" -> company, currency, ledger id, created_at, public key; "state" -> LogState (both as in
//            byte_codec.h); "marks" -> of the newest events' leaves, see tile.h; "checkpoint" and its size (8 bytes,
//            big-endian) -> a kept checkpoint, as signed; "frames" -> number of frames in `log` (varint); absent in a
//            log without events, and in those begun before frames were counted; "rebuilding" -> there while index and
//            books are being made anew; "copy" -> there in a copy of another ledger, see LedgerIdentity::is_copy
//   log      first seq (8 bytes, big-endian) -> frame (frame.fbs): up to kEventsPerFrame events of one commit
//   ids      event id -> seq (varint)
//   index    0x01 customer's id                 -> seq of its CustomerOpened (varint)
//            0x02 kind (1 byte) number          -> seq of the event that introduced the document (varint)
//            0x03 seq a, seq b (big-endian)     -> events that refer to what event a introduced; of one commit, b the
//                                                  first of them: the differences from one to the next (varints)
//            0x04 type (1 byte), seq b          -> events of a type; of one commit, likewise
//   books    see books.cc
//   tree     the Merkle tree's hashes, see tile.h
//
// Index, books and tree follow from the frames and can be made again from them.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event.h"
#include "ledger/event_log.h"

namespace duebook {

inline constexpr const char* kStoreFolder = "store";
inline constexpr const char* kFormatFile = "FORMAT";
inline constexpr std::string_view kFormatText = "duebook ledger format ";
inline constexpr const char* kKeyFile = "key";
inline constexpr const char* kCheckpointFolder = "checkpoints";

inline constexpr char kCustomerNamePrefix = 0x01;
inline constexpr char kDocumentNamePrefix = 0x02;
inline constexpr char kReferencePrefix = 0x03;
inline constexpr char kTypePrefix = 0x04;

std::string SeqKey(uint64_t seq);                      // 8 bytes, big-endian
uint64_t SeqFromKey(std::string_view key);             // of the last 8 bytes; requires that many
std::string EncodeSeq(uint64_t seq);                   // varint
std::optional<uint64_t> DecodeSeq(std::string_view);   // nothing if the bytes are not one varint
std::string ReferenceKeyPrefix(uint64_t introducing);  // 0x03 and the seq
std::string EncodePosting(std::span<const uint64_t> seqs);
// Appends to `seqs`. False if the bytes are not a posting that starts at `first`.
bool DecodePosting(uint64_t first, std::string_view bytes, std::vector<uint64_t>* seqs);

std::string EncodeIdentity(const LedgerIdentity& identity);
std::optional<LedgerIdentity> DecodeIdentity(std::string_view bytes);
std::string EncodeState(const LogState& state);
std::optional<LogState> DecodeState(std::string_view bytes);

// One row of column family `index` or `ids`.
struct IndexRow {
  bool is_id = false;  // in `ids`
  std::string key;
  std::string value;
};
// The rows that the events of one commit make, sorted: RocksDB takes neighbours in faster.
std::vector<IndexRow> IndexRowsOf(std::span<const EventView> events);

}  // namespace duebook
