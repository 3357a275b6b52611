#include "ledger/checkpoint_check.h"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/merkle_proof.h"

namespace duebook {

namespace {

using Fault = EventLog::Fault;

// A note whose checkpoint is yet to be read.
struct Candidate {
  std::string name;
  std::string note;
  std::optional<uint64_t> size;  // that it is kept under
};

struct ReadCandidate {
  std::string name;
  Checkpoint checkpoint;
};

// The first that cannot be read or trusted is a fault.
Result<std::optional<Fault>> ReadAll(const std::vector<Candidate>& candidates, const PublicKey& key,
                                     std::vector<ReadCandidate>* read) {
  for (const Candidate& candidate : candidates) {
    auto checkpoint = ReadCheckpoint(candidate.note, key);
    std::string why;
    if (!checkpoint.ok()) {
      why = checkpoint.error().sentence;
    } else if (candidate.size.has_value() && *candidate.size != checkpoint->size) {
      why = fmt::format("it is kept as one of {} events and speaks of {}", *candidate.size, checkpoint->size);
    }
    if (!why.empty()) return std::optional(Fault{0, candidate.name, fmt::format("a checkpoint is not right: {}", why)});
    read->push_back({candidate.name, *std::move(checkpoint)});
  }
  std::stable_sort(read->begin(), read->end(), [](const ReadCandidate& a, const ReadCandidate& b) {
    return a.checkpoint.size < b.checkpoint.size;
  });
  return std::optional<Fault>();
}

Result<Hash> RootOfLog(const EventLog& log, uint64_t size) {
  return RootAtSize(size, [&log](int level, uint64_t index) { return log.TreeNode(level, index); });
}

}  // namespace

Result<Checkpoint> CheckpointAt(const EventLog& log, uint64_t size) {
  const auto root = RootOfLog(log, size);
  RETURN_IF_ERROR(root);
  return Checkpoint{OriginOf(log.identity()), size, *root};
}

Result<std::optional<Fault>> HoldAgainst(const EventLog& log, const Checkpoint& checkpoint, const std::string& name,
                                         uint64_t trusted_size) {
  const uint64_t last = log.last_seq();
  if (checkpoint.origin != OriginOf(log.identity())) {
    return std::optional(Fault{0, name,
                               fmt::format("the checkpoint is of another ledger, {}; this one is {}", checkpoint.origin,
                                           OriginOf(log.identity()))});
  }
  if (checkpoint.size > last) {
    return std::optional(
        Fault{last + 1, name,
              fmt::format("event {}: it is missing; a checkpoint was signed when there were {} events, "
                          "so the ledger was cut back",
                          last + 1, checkpoint.size)});
  }
  const auto root = RootOfLog(log, checkpoint.size);
  RETURN_IF_ERROR(root);
  if (*root == checkpoint.root) return std::optional<Fault>();
  return std::optional(
      Fault{trusted_size + 1, name,
            fmt::format("events {} to {}: they are not those of the checkpoint that was signed over the first {}; one "
                        "was changed, removed or put in since",
                        trusted_size + 1, checkpoint.size, checkpoint.size)});
}

Result<std::vector<uint64_t>> MissingCheckpoints(const EventLog& log) {
  const auto kept = log.KeptCheckpoints();
  RETURN_IF_ERROR(kept);
  auto missing = log.Find(TypeKey(EventType::PeriodClosed));
  RETURN_IF_ERROR(missing);
  std::erase_if(*missing, [&kept](uint64_t seq) {
    return std::any_of(kept->begin(), kept->end(), [seq](const KeptCheckpoint& one) { return one.size == seq; });
  });
  return missing;
}

Result<std::optional<Fault>> VerifyCheckpoints(const EventLog& log, std::span<const ForeignCheckpoint> foreign) {
  // Whoever may not read the private key, or keeps it elsewhere, can verify all the same.
  const auto private_key = ReadLedgerKey(log.identity(), KeyFileOf(log.directory(), {}));
  if (!private_key.ok() && private_key.error().code == ErrorCode::kDamaged) {
    return std::optional(Fault{0, "", private_key.error().sentence});
  }
  const auto key = PublicKey::Parse(log.identity().public_key);
  if (!key.has_value()) return std::optional(Fault{0, "", "the ledger's public key cannot be read"});
  const auto kept = log.KeptCheckpoints();
  RETURN_IF_ERROR(kept);
  std::vector<Candidate> candidates;
  for (const KeptCheckpoint& one : *kept) candidates.push_back({one.file, one.note, one.size});
  for (const ForeignCheckpoint& one : foreign) candidates.push_back({one.name, one.note, std::nullopt});
  std::vector<ReadCandidate> read;
  auto fault = ReadAll(candidates, *key, &read);
  if (!fault.ok() || fault->has_value()) return fault;
  uint64_t trusted_size = 0;
  for (const ReadCandidate& one : read) {
    fault = HoldAgainst(log, one.checkpoint, one.name, trusted_size);
    if (!fault.ok() || fault->has_value()) return fault;
    trusted_size = one.checkpoint.size;
  }
  const auto missing = MissingCheckpoints(log);
  RETURN_IF_ERROR(missing);
  if (missing->empty()) return std::optional<Fault>();
  return std::optional(
      Fault{missing->front(), "",
            fmt::format("event {}: it closes a period, but its checkpoint is not kept: the ledger's key was not at "
                        "hand, or it was removed; `duebook checkpoint --keep` makes it again",
                        missing->front())});
}

}  // namespace duebook
