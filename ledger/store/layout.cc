#include "ledger/store/layout.h"

#include <algorithm>

#include "ledger/byte_codec.h"

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
  uint64_t books_seq = 0;
  template <class Archive>
  void Describe(Archive& archive) {
    archive(last_seq, first_recorded_at, last_recorded_at, first_date, last_date, customers, tree, books_seq);
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

std::string ReferenceKeyPrefix(uint64_t introducing) { return kReferencePrefix + SeqKey(introducing); }

std::string CustomerKey(std::string_view customer) {
  std::string key(1, kCustomerNamePrefix);
  return key.append(customer);
}

std::string DocumentKey(DocumentKind kind, std::string_view number) {
  std::string key{kDocumentNamePrefix, static_cast<char>(kind)};
  return key.append(number);
}

std::string TypeKey(EventType type) { return {kTypePrefix, static_cast<char>(type)}; }

// --- postings ---

std::string EncodePosting(std::span<const uint64_t> seqs) {
  ByteWriter writer;
  for (size_t i = 1; i < seqs.size(); i++) writer(seqs[i] - seqs[i - 1]);
  return writer.Take();
}

bool DecodePosting(uint64_t first, std::string_view bytes, std::vector<uint64_t>* seqs) {
  seqs->push_back(first);
  ByteReader reader(bytes);
  while (reader.ok() && !reader.at_end()) {
    uint64_t difference = 0;
    reader(difference);
    seqs->push_back(seqs->back() + difference);
  }
  return reader.ok();
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
                            state.first_date, state.last_date, state.customers, state.tree.Encode(), state.books_seq});
}

std::optional<LogState> DecodeState(std::string_view bytes) {
  const auto stored = Decode<StoredState>(bytes);
  if (!stored.has_value()) return std::nullopt;
  auto tree = MerkleFrontier::Decode(stored->tree);
  if (!tree.has_value() || tree->size() != stored->last_seq || stored->books_seq > stored->last_seq)
    return std::nullopt;
  return LogState{stored->last_seq,
                  Time{stored->last_recorded_at},
                  Time{stored->first_recorded_at},
                  stored->first_date,
                  stored->last_date,
                  stored->customers,
                  std::move(*tree),
                  stored->books_seq};
}

// --- index ---

std::vector<IndexRow> IndexRowsOf(std::span<const EventView> events) {
  std::vector<IndexRow> rows;
  std::vector<std::pair<uint64_t, uint64_t>> references;  // what is referred to, by whom
  std::vector<std::pair<EventType, uint64_t>> types;
  for (const EventView event : events) {
    const uint64_t seq = event.seq();
    const std::string value = EncodeSeq(seq);
    rows.push_back({true, std::string(event.id()), value});
    if (event.type() == EventType::CustomerOpened) rows.push_back({false, CustomerKey(event.customer()), value});
    ForEachIntroduced(event, [&](DocumentKind kind, std::string_view number) {
      rows.push_back({false, DocumentKey(kind, number), value});
    });
    types.emplace_back(event.type(), seq);
    for (size_t i = 0; i < event.reference_count(); i++) {
      if (event.reference(i) != 0) references.emplace_back(event.reference(i), seq);
    }
  }
  const auto add_postings = [&rows](auto& pairs, const auto& prefix) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    std::vector<uint64_t> seqs;
    for (size_t i = 0; i < pairs.size(); i++) {
      seqs.push_back(pairs[i].second);
      if (i + 1 < pairs.size() && pairs[i + 1].first == pairs[i].first) continue;
      rows.push_back({false, prefix(pairs[i].first) + SeqKey(seqs.front()), EncodePosting(seqs)});
      seqs.clear();
    }
  };
  add_postings(types, TypeKey);
  add_postings(references, ReferenceKeyPrefix);
  std::sort(rows.begin(), rows.end(),
            [](const IndexRow& a, const IndexRow& b) { return a.is_id != b.is_id ? b.is_id : a.key < b.key; });
  return rows;
}

}  // namespace duebook
