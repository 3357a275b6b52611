#include "ledger/log/framed/layout.h"

#include <algorithm>

#include "ledger/values/byte_codec.h"

namespace duebook {

namespace {

// The stored forms, as records.
struct StoredIdentity {
  std::string company;
  Currency currency;
  std::string ledger_id;
  int64_t created_at = 0;
  std::string public_key;
  template <class Archive>
  void Describe(Archive& archive) {
    archive(company, currency, ledger_id, created_at, public_key);
  }
};

struct StoredState {
  uint64_t last_seq = 0;
  int64_t first_recorded_at = 0;
  int64_t last_recorded_at = 0;
  Date first_date;
  Date last_date;
  uint64_t customers = 0;
  std::string tree;
  template <class Archive>
  void Describe(Archive& archive) {
    archive(last_seq, first_recorded_at, last_recorded_at, first_date, last_date, customers, tree);
  }
};

template <class Stored>
std::string Encode(const Stored& stored) {
  ByteWriter writer;
  writer(stored);
  return writer.Take();
}

template <class Stored>
std::optional<Stored> Decode(std::string_view bytes) {
  Stored stored;
  ByteReader reader(bytes);
  reader(stored);
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  return stored;
}

}  // namespace

// --- keys ---

std::string SeqKey(uint64_t seq) {
  std::string key(8, '\0');
  for (size_t i = 0; i < 8; i++) key[i] = static_cast<char>(seq >> (56 - 8 * i));
  return key;
}

uint64_t SeqFromKey(std::string_view key) {
  CHECK(key.size() >= 8);
  uint64_t seq = 0;
  for (const char c : key.substr(key.size() - 8)) seq = seq << 8 | static_cast<uint8_t>(c);
  return seq;
}

std::string EncodeSeq(uint64_t seq) {
  ByteWriter writer;
  writer(seq);
  return writer.Take();
}

std::optional<uint64_t> DecodeSeq(std::string_view bytes) {
  uint64_t seq = 0;
  ByteReader reader(bytes);
  reader(seq);
  if (!reader.ok() || !reader.at_end()) return std::nullopt;
  return seq;
}

// --- identity and state ---

std::string EncodeIdentity(const LedgerIdentity& identity) {
  return Encode(StoredIdentity{identity.company, identity.currency, identity.ledger_id,
                               identity.created_at.microseconds, identity.public_key});
}

std::optional<LedgerIdentity> DecodeIdentity(std::string_view bytes) {
  auto stored = Decode<StoredIdentity>(bytes);
  if (!stored.has_value()) return std::nullopt;
  return LedgerIdentity{std::move(stored->company), stored->currency, std::move(stored->ledger_id),
                        Time{stored->created_at}, std::move(stored->public_key)};
}

std::string EncodeState(const LogState& state) {
  return Encode(StoredState{state.last_seq, state.first_recorded_at.microseconds, state.last_recorded_at.microseconds,
                            state.first_date, state.last_date, state.customers, state.tree.Encode()});
}

std::optional<LogState> DecodeState(std::string_view bytes) {
  const auto stored = Decode<StoredState>(bytes);
  if (!stored.has_value()) return std::nullopt;
  auto tree = MerkleFrontier::Decode(stored->tree);
  if (!tree.has_value() || tree->size() != stored->last_seq) return std::nullopt;
  return LogState{stored->last_seq,
                  Time{stored->last_recorded_at},
                  Time{stored->first_recorded_at},
                  stored->first_date,
                  stored->last_date,
                  stored->customers,
                  std::move(*tree)};
}

}  // namespace duebook
